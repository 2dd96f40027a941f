package org.showroomlab.reports.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.BuiltInMetrics;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.reports.special.Estimated;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.reports.special.TtlDose;
import org.showroomlab.reports.special.TtlSpeedReading;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.clusters.ClusterTrend;
import org.showroomlab.stats.clusters.DosedCluster;
import org.showroomlab.stats.dose.TtlRecommendation;
import org.showroomlab.stats.verdict.Contaminated;
import org.showroomlab.stats.verdict.Reason;

/** Reads how the TTL changes perceived speed, from what the analysis counts on its own account. */
final class TtlSpeedAssembler {
    private static final String TOO_FEW_CLUSTERS = "too_few_clusters";

    /** How alike the views of a cache are, where they do not say it themselves: a usual value for web traffic. */
    private static final double ASSUMED_ICC = 0.01;

    /** Their names in the reading. */
    private static final Map<String, String> COMPARED = ordered(
            BuiltInMetrics.LCP, "p75_lcp_ms",
            BuiltInMetrics.GOOD, "good_share",
            BuiltInMetrics.HIT, "hit_share",
            BuiltInMetrics.TTFB, "p75_ttfb_ms");

    private static final Map<String, String> CONTROLS =
            ordered(BuiltInMetrics.INP, "inp_p75", BuiltInMetrics.CLS, "cls_p75");

    private final Experiment experiment;
    private final ExperimentSums sums;
    private final boolean randomized;
    private final Significance significance;
    private final Variant control;

    TtlSpeedAssembler(Experiment experiment, ExperimentSums sums, ReportAssembler.Detail detail) {
        this.experiment = experiment;
        this.sums = sums;
        this.randomized = detail == ReportAssembler.Detail.EVERYTHING;
        this.significance = new Significance(experiment.alpha(), Alternative.TWO_SIDED);
        this.control = experiment.variants().get(experiment.controlIndex());
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    Computable<SpecialReading> assemble() {
        if (experiment.unit() == Experiment.UnitKind.VISITOR) {
            return Computable.notComputable(
                    "wrong_unit",
                    "A TTL is set at a cache and changes every view there; this experiment assigns it per visitor.");
        }
        List<TtlSpeedReading.Compared> comparisons = comparisons();
        Reason refusal = refusal(comparisons);
        List<TtlSpeedReading.Arm> arms =
                experiment.variants().stream().map(this::arm).toList();
        Computable<TtlDose> dose = refusal == null ? dose(arms) : refused(refusal);
        List<TtlSpeedReading.NegativeControl> controls = CONTROLS.entrySet().stream()
                .map(e -> new TtlSpeedReading.NegativeControl(e.getValue(), smallestPValue(e.getKey())))
                .toList();
        return Computable.of(new TtlSpeedReading(
                arms,
                comparisons,
                dose,
                refusal == null ? recommendation(arms, controls) : refused(refusal),
                compliance(),
                controls,
                refusal));
    }

    private static <T> Computable<T> refused(Reason reason) {
        return Computable.notComputable(reason.code(), reason.text());
    }

    /** No treatment can be compared with the control, and for lack of clusters. */
    private static @Nullable Reason refusal(List<TtlSpeedReading.Compared> comparisons) {
        List<Computable<Effect>> speed = comparisons.stream()
                .filter(c -> c.number().equals("p75_lcp_ms"))
                .map(TtlSpeedReading.Compared::difference)
                .toList();
        if (speed.stream().anyMatch(d -> d.value().isPresent())) {
            return null;
        }
        return speed.stream()
                .filter(d -> d.code().filter(TOO_FEW_CLUSTERS::equals).isPresent())
                .findFirst()
                .map(d -> new Reason(TOO_FEW_CLUSTERS, d.reason().orElseThrow()))
                .orElse(null);
    }

    private Metric metric(String id) {
        return experiment.countedMetric(id).orElseThrow();
    }

    private MetricMethod method(String id) {
        return MetricMethod.of(experiment, metric(id), sums);
    }

    private Stream<Variant> treatments() {
        return experiment.variants().stream().filter(v -> !v.control());
    }

    private List<TtlSpeedReading.Compared> comparisons() {
        List<TtlSpeedReading.Compared> list = new ArrayList<>();
        COMPARED.forEach((id, number) -> {
            MetricMethod method = method(id);
            boolean primary = randomized && (id.equals(BuiltInMetrics.LCP) || id.equals(BuiltInMetrics.GOOD));
            ArmSums base = sums.total(id, control.id());
            treatments().forEach(v -> {
                ArmSums arm = sums.total(id, v.id());
                list.add(new TtlSpeedReading.Compared(
                        number,
                        v.id(),
                        control.id(),
                        method.name(base, arm),
                        method.difference(base, arm),
                        primary ? method.randomization(base, arm) : null));
            });
        });
        return list;
    }

    private TtlSpeedReading.Arm arm(Variant variant) {
        ArmSums speed = sums.total(BuiltInMetrics.LCP, variant.id());
        return new TtlSpeedReading.Arm(
                variant.id(),
                variant.control(),
                variant.ttlSeconds().orElse(0),
                (int) speed.histograms().keySet().stream()
                        .map(ClusterCell::cluster)
                        .distinct()
                        .count(),
                speed.histograms().size(),
                level(BuiltInMetrics.LCP, variant),
                share(BuiltInMetrics.GOOD, variant),
                share(BuiltInMetrics.HIT, variant),
                share(BuiltInMetrics.STALE, variant),
                level(BuiltInMetrics.TTFB, variant));
    }

    private Computable<Estimated> level(String id, Variant variant) {
        MetricMethod method = method(id);
        ArmSums arm = sums.total(id, variant.id());
        return method.arm(arm)
                .flatMap(a -> method.armInterval(arm).map(ci -> new Estimated(a.estimate(), a.stdError(), ci)));
    }

    /**
     * Where no view or every view counts there is no spread between clusters; the interval is then the binomial one of as
     * many independent views as these are worth.
     */
    private Computable<Estimated> share(String id, Variant variant) {
        Computable<Estimated> level = level(id, variant).map(Estimated::asShare);
        ArmSums arm = sums.total(id, variant.id());
        double views = views(arm, id);
        double counted = total(arm, c -> c.sum().doubleValue());
        if (!(views > 0)) {
            return Computable.notComputable("not_enough_data", "No view of the arm says what this share is of.");
        }
        boolean constant = counted == 0 || counted == views;
        if (level.value().isPresent() && !constant) {
            return level;
        }
        double worth = views / (1 + (views / observations(arm) - 1) * ASSUMED_ICC);
        double reach = 1 - Math.pow(significance.alphaPerEnd(), 1 / worth);
        return constant
                ? Computable.of(new Estimated(
                        counted / views, 0, counted == 0 ? new Interval(0, reach) : new Interval(1 - reach, 1)))
                : level;
    }

    private long observations(ArmSums arm) {
        Stream<ClusterCell> cells = arm.cells().keySet().stream();
        return sums.switched()
                ? cells.count()
                : cells.map(ClusterCell::cluster).distinct().count();
    }

    private double views(ArmSums arm, String id) {
        return metric(id).type() == Metric.Type.SHARE
                ? total(arm, CellSums::events)
                : total(arm, c -> c.denSum().doubleValue());
    }

    private static double total(ArmSums arm, ToDoubleFunction<CellSums> part) {
        return arm.cells().values().stream().mapToDouble(part).sum();
    }

    private Computable<Double> compliance() {
        double failovers = 0;
        double views = 0;
        for (Variant variant : experiment.variants()) {
            ArmSums arm = sums.total(BuiltInMetrics.FAILOVER, variant.id());
            failovers += total(arm, c -> c.sum().doubleValue());
            views += total(arm, c -> c.denSum().doubleValue());
        }
        return views > 0
                ? Computable.of(1 - failovers / views)
                : Computable.notComputable("not_enough_data", "No view has been counted yet.");
    }

    /** Over the treatments by Bonferroni: one answer per control. */
    private Computable<Double> smallestPValue(String id) {
        MetricMethod method = method(id);
        ArmSums base = sums.total(id, control.id());
        List<Computable<Effect>> differences = treatments()
                .map(v -> method.difference(base, sums.total(id, v.id())))
                .toList();
        List<Double> found = differences.stream()
                .flatMap(d -> d.value().stream())
                .map(Effect::pValue)
                .sorted()
                .toList();
        return found.isEmpty()
                ? differences.get(0).map(Effect::pValue)
                : Computable.of(Math.min(1, found.size() * found.get(0)));
    }

    /** Where the arms differ in more than their TTL, their speeds and stale shares do not say which TTL to take. */
    private Computable<TtlRecommendation> recommendation(
            List<TtlSpeedReading.Arm> arms, List<TtlSpeedReading.NegativeControl> controls) {
        List<Contaminated> contaminations = TtlSpeedReading.contaminations(controls);
        return contaminations.isEmpty()
                ? recommendation(arms)
                : Computable.notComputable(
                        contaminations.get(0).code(), contaminations.get(0).text());
    }

    private Computable<TtlRecommendation> recommendation(List<TtlSpeedReading.Arm> arms) {
        Computable<List<TtlRecommendation.Arm>> ready = Computable.of(List.of());
        for (TtlSpeedReading.Arm arm : arms) {
            ready = ready.flatMap(before -> named(arm, arm.p75())
                    .flatMap(speed -> named(arm, arm.stale())
                            .map(stale -> Stream.concat(before.stream(), Stream.of(recommendable(arm, speed, stale)))
                                    .toList())));
        }
        return ready.flatMap(list ->
                TtlRecommendation.of(list, TtlSpeedReading.MARGIN, TtlSpeedReading.STALE_BUDGET, experiment.alpha()));
    }

    /** A refusal that says of which arm it is: it is given for all of them. */
    private static <T> Computable<T> named(TtlSpeedReading.Arm arm, Computable<T> known) {
        return known.value().isPresent()
                ? known
                : Computable.notComputable(
                        known.code().orElseThrow(),
                        arm.variant() + ": " + known.reason().orElseThrow());
    }

    private TtlRecommendation.Arm recommendable(TtlSpeedReading.Arm arm, Estimated speed, Estimated stale) {
        return new TtlRecommendation.Arm(
                arm.ttlSeconds(),
                new ArmEstimate(Math.max(1, observations(arm)), speed.estimate(), speed.stdError()),
                df(arm),
                speed.ci(),
                stale.estimate(),
                stale.ci().high());
    }

    /** Of the arm's standard error. */
    private double df(TtlSpeedReading.Arm arm) {
        return method(BuiltInMetrics.LCP)
                .df(sums.total(BuiltInMetrics.LCP, arm.variant()))
                .orElse(Math.max(1, observations(arm) - 1));
    }

    /** What is one observation: a cache, or where they are switched a cache in a period. */
    private int observations(TtlSpeedReading.Arm arm) {
        return sums.switched() ? arm.periods() : arm.clusters();
    }

    private Computable<TtlDose> dose(List<TtlSpeedReading.Arm> arms) {
        List<TtlSpeedReading.Arm> known = arms.stream()
                .filter(a -> a.p75().value().isPresent())
                .sorted(Comparator.comparingLong(TtlSpeedReading.Arm::ttlSeconds))
                .toList();
        if (known.stream().map(TtlSpeedReading.Arm::ttlSeconds).distinct().count() < 2) {
            return Computable.notComputable("not_enough_data", "A dose–response needs two TTLs with a p75 LCP.");
        }
        Map<Long, List<Weighted>> byTtl = new TreeMap<>();
        for (TtlSpeedReading.Arm arm : known) {
            double views = sums.total(BuiltInMetrics.LCP, arm.variant())
                    .wholeHistogram()
                    .total();
            byTtl.computeIfAbsent(arm.ttlSeconds(), t -> new ArrayList<>())
                    .add(new Weighted(arm, arm.p75().orElseThrow(), views, df(arm)));
        }
        List<TtlDose.Point> points = byTtl.entrySet().stream()
                .map(e -> new TtlDose.Point(
                        e.getKey(),
                        e.getValue().stream()
                                        .mapToDouble(w -> w.views() * w.speed().estimate())
                                        .sum()
                                / e.getValue().stream()
                                        .mapToDouble(Weighted::views)
                                        .sum(),
                        e.getValue().stream().mapToDouble(Weighted::views).sum()))
                .toList();
        List<Weighted> all = byTtl.values().stream().flatMap(List::stream).toList();
        return Computable.of(TtlDose.through(points, slope(all), goodSlope(known), theory(known)));
    }

    private record Weighted(TtlSpeedReading.Arm arm, Estimated speed, double views, double df) {
        double x() {
            return Math.log((double) arm.ttlSeconds());
        }
    }

    /** The line through the arms is a contrast of them: Σ c·θ with variance Σ c²·SE², Satterthwaite's df. */
    private Computable<Effect> slope(List<Weighted> arms) {
        if (arms.stream().anyMatch(a -> a.arm().ttlSeconds() <= 0)) {
            return Computable.notComputable("dose_not_positive", "Only a TTL greater than 0 has a logarithm.");
        }
        double total = arms.stream().mapToDouble(Weighted::views).sum();
        double mean = arms.stream().mapToDouble(a -> a.views() * a.x()).sum() / total;
        double spread = arms.stream()
                .mapToDouble(a -> a.views() * Math.pow(a.x() - mean, 2))
                .sum();
        double slope = 0;
        double variance = 0;
        double squares = 0;
        for (Weighted arm : arms) {
            double weight = arm.views() * (arm.x() - mean) / spread;
            double part = Math.pow(weight * arm.speed().stdError(), 2);
            slope += weight * arm.speed().estimate();
            variance += part;
            squares += part * part / arm.df();
        }
        if (!Double.isFinite(variance)) {
            return Computable.notComputable("not_enough_data", "The interval of an arm is open.");
        }
        return variance > 0
                ? Computable.of(significance.student(slope, Math.sqrt(variance), variance * variance / squares))
                : Computable.notComputable("zero_variance", "The arms have no measurable uncertainty yet.");
    }

    /** The periods of a cache under one TTL are one cluster. */
    private Computable<Effect> goodSlope(List<TtlSpeedReading.Arm> arms) {
        List<DosedCluster> clusters = new ArrayList<>();
        for (TtlSpeedReading.Arm arm : arms) {
            if (arm.ttlSeconds() <= 0) {
                return Computable.notComputable("dose_not_positive", "Only a TTL greater than 0 has a logarithm.");
            }
            Map<String, CellSums> byCache = new TreeMap<>();
            sums.total(BuiltInMetrics.GOOD, arm.variant())
                    .cells()
                    .forEach((cell, counts) -> byCache.merge(
                            cell.cluster(),
                            counts,
                            (a, b) -> new CellSums(
                                    a.events() + b.events(),
                                    a.sum().add(b.sum()),
                                    a.denSum().add(b.denSum()))));
            byCache.values().stream()
                    .filter(c -> c.events() > 0)
                    .forEach(c -> clusters.add(new DosedCluster(
                            Math.log((double) arm.ttlSeconds()), c.events(), new BigDecimal(c.sum()).doubleValue())));
        }
        return MetricMethod.guarded(
                () -> new ClusterTrend(significance, ClusterTrend.withDefaults().smallestDf()).slope(clusters));
    }

    private Computable<TtlDose.Theory> theory(List<TtlSpeedReading.Arm> arms) {
        double[] ttl =
                arms.stream().mapToDouble(TtlSpeedReading.Arm::ttlSeconds).toArray();
        double[] views = arms.stream()
                .mapToDouble(a -> views(sums.total(BuiltInMetrics.HIT, a.variant()), BuiltInMetrics.HIT))
                .toArray();
        return TtlDose.Theory.fit(ttl, views, counted(arms, BuiltInMetrics.HIT), counted(arms, BuiltInMetrics.STALE));
    }

    private double[] counted(List<TtlSpeedReading.Arm> arms, String id) {
        return arms.stream()
                .mapToDouble(
                        a -> total(sums.total(id, a.variant()), c -> c.sum().doubleValue()))
                .toArray();
    }
}
