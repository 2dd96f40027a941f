package org.showroomlab.ingest.experiment;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;

/**
 * What an analysis counts whatever metrics its owner wrote. Their ids start with an asterisk, which the id of a metric in
 * a file cannot.
 */
public final class BuiltInMetrics {
    /** p75 of the largest contentful paint. */
    public static final String LCP = "*ttl.lcp_p75";
    /** Share of views with a largest contentful paint of at most 2500 ms. */
    public static final String GOOD = "*ttl.good_share";
    /** Views answered from the cache among those with a status. */
    public static final String HIT = "*ttl.hit_share";
    /** Views answered with an outdated object among those with a status. */
    public static final String STALE = "*ttl.stale_share";
    /** p75 of the time to first byte. */
    public static final String TTFB = "*ttl.ttfb_p75";
    /** Negative control: p75 of the interaction to next paint. */
    public static final String INP = "*ttl.inp_p75";
    /** Negative control: p75 of the cumulative layout shift. */
    public static final String CLS = "*ttl.cls_p75";
    /** Views that another cache than the assigned one served, among all. */
    public static final String FAILOVER = "*ttl.failover_share";

    /** Whether a visitor subscribed. */
    public static final String CONVERSION = "*price.conversion";
    /** Days after exposure over which revenue is added up. */
    public static final List<Integer> HORIZON_DAYS = List.of(30, 60, 90);
    /** What a visitor paid in the experiment's own currency, over the longest horizon. */
    public static final String OWN_CURRENCY = "*price.own_currency";

    /** Pieces that a visitor of a drop preordered or bought online. */
    public static final String ONLINE = "*drop.online";
    /** The same in a showroom. */
    public static final String WALK_IN = "*drop.walk_in";
    /** The same in any way. */
    public static final String ALL_CHANNELS = "*drop.all_channels";
    /** Pieces that a visitor of a drop gave back for their money. */
    public static final String RETURNED = "*drop.returned";

    private static final BigDecimal P75 = new BigDecimal("0.75");
    private static final BigDecimal GOOD_LCP_MILLIS = BigDecimal.valueOf(2500);
    private static final Filter.Condition SERVED_ELSEWHERE =
            new Filter.Condition(EventField.SERVED_ELSEWHERE, Set.of("true"), Set.of());
    private static final String[] STATUSES = {"hit", "miss", "stale", "bypass"};
    private static final String[] PAYMENTS = {"subscription", "renewal", "sale"};

    private BuiltInMetrics() {}

    /** The id of what a visitor paid within so many days, refunds taken off. */
    public static String revenue(int days) {
        return "*price.revenue_" + days + "d";
    }

    static List<Metric> of(Experiment experiment) {
        boolean visitors = experiment.unit() == Experiment.UnitKind.VISITOR;
        return switch (experiment.analysis()) {
            case TTL_SPEED -> visitors ? List.of() : speed();
            case PRICE_ELASTICITY -> visitors ? price(experiment.currency()) : List.of();
            case PREORDER_WALK_IN -> visitors ? drop() : List.of();
            case COMPARISON -> List.of();
        };
    }

    private static List<Metric> speed() {
        Measure withStatus = timings(condition("status", STATUSES));
        return List.of(
                quantile(LCP, "lcp_ms"),
                metric(GOOD, Metric.Type.SHARE, timing("lcp_ms"), null, null, GOOD_LCP_MILLIS),
                ratio(HIT, timings(condition("status", "hit")), withStatus),
                ratio(STALE, timings(condition("status", "stale")), withStatus),
                quantile(TTFB, "ttfb_ms"),
                quantile(INP, "inp_ms"),
                quantile(CLS, "cls"),
                ratio(FAILOVER, timings(SERVED_ELSEWHERE), timings()));
    }

    private static List<Metric> price(@Nullable String currency) {
        Stream<Metric> conversion =
                Stream.of(metric(CONVERSION, Metric.Type.PROPORTION, purchases("subscription"), null, null, null));
        Stream<Metric> revenue = HORIZON_DAYS.stream().map(days -> payments(revenue(days), days));
        Stream<Metric> own = currency == null
                ? Stream.of()
                : Stream.of(payments(
                        OWN_CURRENCY, HORIZON_DAYS.get(HORIZON_DAYS.size() - 1), condition("currency", currency)));
        return Stream.of(conversion, revenue, own).flatMap(s -> s).toList();
    }

    private static List<Metric> drop() {
        String[] acquisitions = {"preorder", "sale"};
        return List.of(
                pieces(ONLINE, condition("kind", acquisitions), condition("channel", "online")),
                pieces(WALK_IN, condition("kind", acquisitions), condition("channel", "walk_in")),
                pieces(ALL_CHANNELS, condition("kind", acquisitions)),
                pieces(RETURNED, condition("kind", "refund")));
    }

    private static Metric pieces(String id, Filter.Condition first, Filter.Condition... more) {
        Measure measure = new Measure(EnumSet.of(EventType.PURCHASE), filter(first, more), null, field("quantity"));
        return metric(id, Metric.Type.MEAN, measure, null, null, null);
    }

    private static Metric payments(String id, int days, Filter.Condition... more) {
        Measure measure = new Measure(
                EnumSet.of(EventType.PURCHASE),
                filter(condition("kind", PAYMENTS), more),
                filter(condition("kind", "refund"), more),
                field("amount_minor"));
        return new Metric(
                id,
                Metric.Type.MEAN,
                measure,
                null,
                OptionalInt.of(24 * days),
                null,
                null,
                null,
                null,
                Metric.Goal.INCREASE,
                Metric.Role.SECONDARY);
    }

    private static Filter filter(Filter.Condition first, Filter.Condition... more) {
        return new Filter(Stream.concat(Stream.of(first), Arrays.stream(more)).toList());
    }

    private static Measure purchases(String... kinds) {
        return new Measure(EnumSet.of(EventType.PURCHASE), filter(condition("kind", kinds)), null, null);
    }

    private static Metric quantile(String id, String value) {
        return metric(id, Metric.Type.QUANTILE, timing(value), null, P75, null);
    }

    private static Metric ratio(String id, Measure of, Measure per) {
        return metric(id, Metric.Type.RATIO, of, per, null, null);
    }

    private static Metric metric(
            String id,
            Metric.Type type,
            Measure measure,
            @Nullable Measure per,
            @Nullable BigDecimal quantile,
            @Nullable BigDecimal atMost) {
        return new Metric(
                id,
                type,
                measure,
                per,
                OptionalInt.empty(),
                null,
                quantile,
                atMost,
                null,
                Metric.Goal.DECREASE,
                Metric.Role.SECONDARY);
    }

    private static Measure timing(String value) {
        return new Measure(EnumSet.of(EventType.CACHE_TIMING), Filter.ALL, null, field(value));
    }

    private static Measure timings(Filter.Condition... conditions) {
        return new Measure(EnumSet.of(EventType.CACHE_TIMING), new Filter(List.of(conditions)), null, null);
    }

    private static Filter.Condition condition(String field, String... values) {
        return new Filter.Condition(field(field), new HashSet<>(List.of(values)), Set.of());
    }

    private static EventField field(String name) {
        Optional<EventField> field = EventField.named(name);
        return field.orElseThrow();
    }
}
