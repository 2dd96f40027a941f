package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Filter;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.reports.special.PreorderWalkIn;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.demand.CensoredBinomial;
import org.showroomlab.stats.demand.FixedSales;
import org.showroomlab.stats.verdict.Finding;

/**
 * What each arm sold in each showroom of a drop, from the slices of the metric that counts preorders.
 *
 * <p>Reports of stock say what ran out. Where a showroom makes none it is inferred. An arm with pieces of its own cannot, less what was
 * cancelled, sell more than those: one that did drew on another's, and with the showroom's pieces gone the arms took them
 * from each other. Visitors of both arms are in no slice but take pieces; {@link #COUNTED_SHARE} leaves room for them.
 */
final class ShowroomStock {
    /** Of the pieces that go, at least this share goes to visitors that are counted. */
    static final double COUNTED_SHARE = 0.9;

    private static final String SHOWROOM = "showroom";
    private static final String ALL_SOLD_OUT = "all_sold_out";

    /** One arm in one showroom. */
    record Line(String showroom, String variant, OptionalLong allotment, long exposed, long buyers, long sold) {}

    private final Computable<List<Line>> lines;
    private final List<String> sharedAndGone;
    private final CountedStock counted;
    private final ArmEntries entries;
    /** By showroom. */
    private final Map<String, List<PreorderWalkIn.StockLine>> reported;

    private ShowroomStock(
            Computable<List<Line>> lines, List<String> sharedAndGone, CountedStock counted, ArmEntries entries) {
        this.lines = lines;
        this.sharedAndGone = sharedAndGone;
        this.counted = counted;
        this.entries = entries;
        this.reported = counted.reports() > 0
                ? counted.lines().stream().collect(Collectors.groupingBy(PreorderWalkIn.StockLine::showroom))
                : Map.of();
    }

    /** What reports say goes before what can be inferred; what one showroom reports says nothing of another. */
    static ShowroomStock of(
            Experiment experiment, List<MetricReport> metrics, CountedStock counted, ArmEntries entries) {
        ShowroomStock inferred = inferred(experiment, metrics, counted, entries);
        List<String> sharedAndGone = new ArrayList<>(counted.sharedAndGone());
        inferred.sharedAndGone.stream()
                .filter(showroom -> !counted.isCountedIn(showroom))
                .forEach(sharedAndGone::add);
        return new ShowroomStock(inferred.lines, sharedAndGone, counted, entries);
    }

    private static ShowroomStock inferred(
            Experiment experiment, List<MetricReport> metrics, CountedStock counted, ArmEntries entries) {
        MetricReport preorders = purchases(metrics, Set.of("preorder"));
        if (preorders == null || preorders.metric().type() != Metric.Type.PROPORTION) {
            return new ShowroomStock(
                    refused(
                            "No metric of type proportion counts purchases of kind preorder, and nothing else tells them"
                                    + " by showroom."),
                    List.of(),
                    counted,
                    entries);
        }
        List<SliceReport> showrooms = showrooms(preorders);
        if (showrooms.isEmpty()) {
            return new ShowroomStock(
                    refused("Preorders are known by showroom only with showroom among the dimensions."),
                    List.of(),
                    counted,
                    entries);
        }
        MetricReport cancellations = purchases(metrics, Set.of("cancellation", "refund"));
        List<Line> lines = new ArrayList<>();
        List<String> sharedAndGone = new ArrayList<>();
        for (SliceReport showroom : showrooms) {
            List<Line> here = lines(experiment, showroom);
            lines.addAll(here);
            if (gone(here) && here.stream().anyMatch(line -> beyondItsOwn(line, cancellations))) {
                sharedAndGone.add(showroom.value());
            }
        }
        return new ShowroomStock(Computable.of(lines), sharedAndGone, counted, entries);
    }

    private static <T> Computable<T> refused(String reason) {
        return Computable.notComputable("not_enough_data", reason);
    }

    private static @Nullable MetricReport purchases(List<MetricReport> metrics, Set<String> kinds) {
        return metrics.stream()
                .filter(m -> m.metric().measure().events().equals(Set.of(EventType.PURCHASE)))
                .filter(m -> m.metric().measure().subtract() == null)
                .filter(m -> m.metric().measure().where().conditions().stream()
                        .filter(c -> c.field().name().equals("kind"))
                        .map(Filter.Condition::texts)
                        .anyMatch(texts -> !texts.isEmpty() && kinds.containsAll(texts)))
                .findFirst()
                .orElse(null);
    }

    private static List<SliceReport> showrooms(MetricReport metric) {
        return metric.dimensions().stream()
                .filter(s -> s.name().equals(SHOWROOM) && !s.value().isEmpty())
                .toList();
    }

    private static List<Line> lines(Experiment experiment, SliceReport showroom) {
        List<Line> lines = new ArrayList<>();
        for (Variant variant : experiment.variants()) {
            for (ArmReport arm : showroom.arms()) {
                if (arm.variant().equals(variant.id())) {
                    double share =
                            arm.estimate().value().map(ArmEstimate::estimate).orElse(0.0);
                    lines.add(new Line(
                            showroom.value(),
                            variant.id(),
                            variant.allotment(),
                            arm.units(),
                            Math.round(share * arm.units()),
                            arm.events()));
                }
            }
        }
        return lines;
    }

    private static boolean gone(List<Line> lines) {
        if (lines.stream().anyMatch(line -> line.allotment().isEmpty())) {
            return false;
        }
        return total(lines, Line::sold)
                >= COUNTED_SHARE * total(lines, line -> line.allotment().orElse(0));
    }

    private static long total(List<Line> lines, ToLongFunction<Line> of) {
        return lines.stream().mapToLong(of).sum();
    }

    private static boolean beyondItsOwn(Line line, @Nullable MetricReport cancellations) {
        long back = cancellations == null
                ? 0
                : showrooms(cancellations).stream()
                        .filter(s -> s.value().equals(line.showroom()))
                        .flatMap(s -> s.arms().stream())
                        .filter(a -> a.variant().equals(line.variant()))
                        .mapToLong(ArmReport::events)
                        .sum();
        return line.allotment().isPresent()
                && line.sold() - back > line.allotment().getAsLong();
    }

    Computable<List<Line>> lines() {
        return lines;
    }

    /** Showrooms in which the arms took pieces from each other until none was left. */
    List<String> sharedAndGone() {
        return sharedAndGone;
    }

    Finding finding() {
        return new Finding.SharedStockSoldOut(sharedAndGone);
    }

    /** The pieces of an arm in all showrooms that reported stock or sold some; by slices where none reported. */
    OptionalLong pieces(Variant variant) {
        long showrooms = reported.isEmpty()
                ? lines.value().stream()
                        .flatMap(List::stream)
                        .map(Line::showroom)
                        .distinct()
                        .count()
                : reported.size();
        return variant.allotment().isEmpty() || showrooms == 0
                ? OptionalLong.empty()
                : OptionalLong.of(showrooms * variant.allotment().getAsLong());
    }

    /** Who of an arm wants to preorder while there is something to order. */
    Computable<CensoredBinomial> demand(String variant) {
        if (lines.value().isEmpty() && counted.reports() > 0) {
            return demandOfAll(variant);
        }
        return lines.flatMap(all -> {
            List<Line> own =
                    all.stream().filter(line -> line.variant().equals(variant)).toList();
            if (own.stream().anyMatch(line -> line.allotment().isEmpty() && !isReported(line))) {
                return refused(
                        variant + " has no allotment, and without one, or reports of its stock, it is not known when"
                                + " it sold out.");
            }
            if (!sharedAndGone.isEmpty() && !own.stream().allMatch(this::isTimeKnown)) {
                return Computable.notComputable(
                        finding().code(),
                        "The arms drew on one stock that ran out, and it is not known how many of each came before: that"
                                + " takes reports of the stock, and one product per showroom.");
            }
            return demandIn(variant, own.stream().map(this::place).toList());
        });
    }

    /** Where a limit is inferred it lies below the pieces, so that the reason must not say that none was left. */
    private static Computable<CensoredBinomial> demandIn(String variant, List<CensoredBinomial.Place> places) {
        Computable<CensoredBinomial> demand = CensoredBinomial.of(places);
        return demand.code().filter(ALL_SOLD_OUT::equals).isEmpty()
                ? demand
                : Computable.notComputable(
                        ALL_SOLD_OUT,
                        "What " + variant
                                + " sold reached its limit in every showroom: how many more of its visitors wanted to preorder"
                                + " is not known.");
    }

    /** Without slices by showroom: where nothing ran out, or all is one showroom's. */
    private Computable<CensoredBinomial> demandOfAll(String variant) {
        Line all = new Line(
                counted.onlyShowroom().orElse(""),
                variant,
                OptionalLong.empty(),
                entries.exposed(variant),
                entries.preordered(variant),
                0);
        int buyers = Math.toIntExact(Math.min(all.buyers(), all.exposed()));
        if (counted.nothingRanOut()) {
            return CensoredBinomial.of(
                    List.of(new CensoredBinomial.Place(Math.toIntExact(all.exposed()), buyers, false)));
        }
        return counted.isSharedAndGone(all.showroom()) && isTimeKnown(all)
                ? CensoredBinomial.of(List.of(placeInStock(all, buyers)))
                : lines.flatMap(none -> CensoredBinomial.of(List.of())); // the reason is that there are no lines
    }

    /** Whether it is known how many of the arm found something to order where the arms shared what ran out. */
    private boolean isTimeKnown(Line line) {
        return isReported(line)
                && (!counted.isSharedAndGone(line.showroom())
                        || counted.inStock(line.showroom()).isPresent());
    }

    /**
     * One arm got what the other wanted, so that how much went tells of neither; who came before it did. When they came is
     * known of all showrooms together only, which is the same mistake for both arms if a showroom differs.
     */
    private CensoredBinomial.Place placeInStock(Line line, int allBuyers) {
        CountedStock.InStock inStock = counted.inStock(line.showroom()).orElseThrow();
        double share = entries.exposedBefore(line.variant(), inStock.hours());
        // What was bought when the shelf had been filled again is not of those who came before.
        int buyers = inStock.isNotAll()
                ? Math.toIntExact(Math.round(entries.preorderedBefore(line.variant(), inStock.hours()) * allBuyers))
                : allBuyers;
        int visitors = Math.max(buyers, Math.toIntExact(Math.round(share * line.exposed())));
        return new CensoredBinomial.Place(visitors, buyers, false);
    }

    /** The share of the arm's buyers in showrooms whose pieces for this arm ran out for good. */
    Computable<Double> soldOutShare(String variant) {
        return counted.reports() > 0 && counted.nothingRanOut()
                ? Computable.of(0.0)
                : lines.map(known -> shareSoldOut(own(variant)));
    }

    private double shareSoldOut(List<Line> own) {
        long buyers = total(own, Line::buyers);
        return buyers == 0
                ? 0
                : (double) total(own.stream().filter(this::soldOutForGood).toList(), Line::buyers) / buyers;
    }

    /**
     * How far the stock fixed what the arm sold; not at all when that is not known, or when another arm could have taken what
     * this one got.
     */
    FixedSales fixedSales(String variant, long exposed, long buyers) {
        if (!sharedAndGone.isEmpty() || soldOutShare(variant).value().orElse(0.0) == 0) {
            return FixedSales.unlimited(exposed, buyers);
        }
        OptionalDouble share = demand(variant)
                .value()
                .map(demand -> OptionalDouble.of(demand.share()))
                .orElse(OptionalDouble.empty());
        return FixedSales.of(
                exposed,
                buyers,
                own(variant).stream()
                        .map(line ->
                                new FixedSales.Place(line.exposed(), line.buyers(), limit(line), soldOutForGood(line)))
                        .toList(),
                share);
    }

    /** Visitors of both arms are among those who took the pieces, so that what a shelf sold is its limit here. */
    private OptionalLong limit(Line line) {
        return soldOutForGood(line) ? OptionalLong.of(line.buyers()) : line.allotment();
    }

    private List<Line> own(String variant) {
        return lines.value().stream()
                .flatMap(List::stream)
                .filter(line -> line.variant().equals(variant))
                .toList();
    }

    /** At the end, so that what was sold is what there was. */
    private boolean soldOutForGood(Line line) {
        return soldOut(line) && reports(line).allMatch(report -> report.soldOutAt() == null || report.soldOutForGood());
    }

    private boolean soldOut(Line line) {
        return isReported(line)
                ? reports(line).anyMatch(report -> report.soldOutAt() != null)
                : line.allotment().isPresent()
                        && line.sold() >= line.allotment().getAsLong();
    }

    /** Where a showroom reports, sales stopped when its reports say so; elsewhere at a share of what was reserved. */
    private CensoredBinomial.Place place(Line line) {
        int visitors = Math.toIntExact(Math.max(0, line.exposed()));
        int buyers = Math.toIntExact(Math.min(line.buyers(), line.exposed()));
        if (counted.isSharedAndGone(line.showroom())) {
            return placeInStock(line, buyers);
        }
        if (isReported(line)) {
            return new CensoredBinomial.Place(visitors, buyers, soldOut(line));
        }
        long limit = (long) (COUNTED_SHARE * line.allotment().orElseThrow());
        return line.sold() >= limit
                ? new CensoredBinomial.Place(visitors, (int) Math.min(limit, buyers), true)
                : new CensoredBinomial.Place(visitors, buyers, false);
    }

    private boolean isReported(Line line) {
        return reports(line).findAny().isPresent();
    }

    private Stream<PreorderWalkIn.StockLine> reports(Line line) {
        return reported.getOrDefault(line.showroom(), List.of()).stream()
                .filter(report ->
                        report.onHand().isPresent() && report.variant().equals(line.variant()));
    }
}
