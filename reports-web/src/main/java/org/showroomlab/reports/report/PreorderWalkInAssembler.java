package org.showroomlab.reports.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.reports.special.Channels;
import org.showroomlab.reports.special.PreorderWalkIn;
import org.showroomlab.reports.special.PreorderWalkIn.Incidence;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.reports.store.LifeBins;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.ProportionTest;
import org.showroomlab.stats.demand.CensoredBinomial;
import org.showroomlab.stats.demand.FixedSales;
import org.showroomlab.stats.survival.GrayTest;
import org.showroomlab.stats.survival.IncidenceCurve;
import org.showroomlab.stats.survival.LifeTable;
import org.showroomlab.stats.survival.LogRankTest;
import org.showroomlab.stats.survival.RestrictedMean;
import org.showroomlab.stats.verdict.Finding;

/** Reads a drop: from its life tables the pick-ups, from the slices by showroom what the stock had to do with it. */
final class PreorderWalkInAssembler {
    private final Experiment experiment;
    private final List<LifeTableCount> rows;
    private final ShowroomStock stock;
    private final CountedStock counted;
    private final ChannelAssembler channels;
    private final Instant asOf;
    private final Significance significance;
    private final double binHours;
    private final long lastBin;
    private final double tauHours;

    private PreorderWalkInAssembler(
            Experiment experiment,
            List<LifeTableCount> rows,
            ShowroomStock stock,
            CountedStock counted,
            ChannelAssembler channels,
            Instant asOf) {
        this.experiment = experiment;
        this.rows = rows;
        this.stock = stock;
        this.counted = counted;
        this.channels = channels;
        this.asOf = asOf;
        this.significance = new Significance(experiment.alpha(), Alternative.TWO_SIDED);
        long binMillis = LifeBins.length(experiment).toMillis();
        Instant end = experiment.observeUntil().minusMillis(1);
        long elapsed = Duration.between(experiment.start(), asOf.isBefore(end) ? asOf : end)
                .toMillis();
        this.binHours = binMillis / 3_600_000.0;
        this.lastBin = Math.max(0, Math.floorDiv(elapsed, binMillis));
        this.tauHours = Math.min(windowHours(experiment), (lastBin + 1) * binHours);
    }

    static Computable<SpecialReading> read(
            Experiment experiment,
            List<LifeTableCount> rows,
            List<StockCount> stockRows,
            ExperimentSums sums,
            List<MetricReport> metrics,
            @Nullable Instant asOf) {
        if (asOf == null || rows.isEmpty()) {
            return Computable.notComputable("not_enough_data", "Nobody has been exposed yet.");
        }
        CountedStock counted = new CountedStock(experiment, stockRows, asOf);
        ShowroomStock stock = ShowroomStock.of(experiment, metrics, counted, new ArmEntries(experiment, rows));
        ChannelAssembler channels = new ChannelAssembler(experiment, sums);
        return MetricMethod.guarded(() ->
                Computable.of(new PreorderWalkInAssembler(experiment, rows, stock, counted, channels, asOf).reading()));
    }

    /** For as long as everybody's pick-ups count: the window of the primary metric, else what follows the last exposure. */
    private static double windowHours(Experiment experiment) {
        int window = experiment.metrics().stream()
                .filter(m -> m.role() == Metric.Role.PRIMARY)
                .mapToInt(m -> m.windowHours().orElse(0))
                .max()
                .orElse(0);
        double after = hours(experiment.end(), experiment.observeUntil());
        return window > 0 ? window : after > 0 ? after : hours(experiment.start(), experiment.observeUntil());
    }

    private static double hours(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 3_600_000.0;
    }

    private PreorderWalkIn reading() {
        List<ArmLife> lives = experiment.variants().stream().map(this::life).toList();
        ArmLife control = lives.get(experiment.controlIndex());
        Channels sold = channels.channels();
        return new PreorderWalkIn(
                tauHours,
                lives.stream().map(this::arm).toList(),
                lives.stream()
                        .filter(life -> !life.variant().control())
                        .map(life -> contrast(control, life))
                        .toList(),
                stockLines(),
                counted.turnedAwayBasis(),
                sold,
                channels.returns(asOf),
                findings(
                        lives.stream()
                                .mapToLong(life -> life.preorders().units())
                                .sum(),
                        sold));
    }

    /** What an arm's own line and its comparisons are made of. */
    private record ArmLife(
            Variant variant,
            LifeCounts exposures,
            LifeCounts preorders,
            FixedSales sales,
            Computable<RestrictedMean> withoutPickUp) {
        long pickedUp() {
            return exposures.ended(LifeCounts.PICKED_UP);
        }
    }

    private ArmLife life(Variant variant) {
        LifeCounts exposures = new LifeCounts(rows, variant.id(), "exposure", binHours, lastBin);
        LifeCounts preorders = new LifeCounts(rows, variant.id(), "preorder", binHours, lastBin);
        FixedSales sales = fixedSales(variant, exposures, preorders.units());
        return new ArmLife(variant, exposures, preorders, sales, withoutPickUp(exposures, sales));
    }

    /** As it was counted by product; else, by showroom, the preorders of the visitors first exposed there. */
    private Computable<List<PreorderWalkIn.StockLine>> stockLines() {
        List<PreorderWalkIn.StockLine> lines = counted.lines();
        return !lines.isEmpty()
                ? Computable.of(lines)
                : stock.lines().map(known -> known.stream().map(this::uncounted).toList());
    }

    private PreorderWalkIn.StockLine uncounted(ShowroomStock.Line line) {
        return new PreorderWalkIn.StockLine(
                line.showroom(),
                null,
                line.variant(),
                line.allotment(),
                false,
                BigDecimal.valueOf(line.sold()),
                List.of(),
                OptionalLong.empty(),
                null,
                null,
                false,
                false,
                OptionalLong.empty(),
                "stock was never reported; sold counts the preorders of the visitors who were first exposed there");
    }

    private List<Finding> findings(long orders, Channels sold) {
        boolean reserved =
                experiment.variants().stream().anyMatch(v -> v.allotment().isPresent());
        List<Finding> findings = new ArrayList<>();
        findings.add(stock.finding());
        findings.add(
                new Finding.StockNotReported(reserved ? orders : 0, counted.unreportedShare(), counted.unreported()));
        sold.contrasts().forEach(c -> c.shifted().ifPresent(findings::add));
        return findings;
    }

    private PreorderWalkIn.Arm arm(ArmLife life) {
        LifeCounts exposures = life.exposures();
        Variant variant = life.variant();
        return new PreorderWalkIn.Arm(
                variant.id(),
                exposures.units(),
                life.preorders().units(),
                exposures.medianEntryHours(),
                stock.pieces(variant),
                soldOutShare(life),
                incidence(exposures),
                incidence(life.preorders()),
                life.withoutPickUp()
                        .map(m -> new PreorderWalkIn.Level(m.mean(), m.stdError(), m.interval(significance))),
                flatFromHours(exposures),
                burnDown(exposures, life.preorders()));
    }

    /** None where the stock does not limit what is counted. */
    private Computable<Double> soldOutShare(ArmLife life) {
        Computable<Double> share = stock.soldOutShare(life.variant().id());
        return share.map(known -> life.sales().isUnlimited() ? 0 : known);
    }

    /** Aalen–Johansen, each way out against the two others, at the end of every bin in which somebody left. */
    private static Computable<List<Incidence>> incidence(LifeCounts counts) {
        return curve(counts, LifeCounts.PICKED_UP)
                .flatMap(pickedUp -> curve(counts, LifeCounts.CANCELLED)
                        .flatMap(cancelled ->
                                curve(counts, LifeCounts.NO_SHOW).map(noShow -> points(pickedUp, cancelled, noShow))));
    }

    private static Computable<IncidenceCurve> curve(LifeCounts counts, String kind) {
        return IncidenceCurve.of(counts.competing(kind));
    }

    private static List<Incidence> points(IncidenceCurve pickedUp, IncidenceCurve cancelled, IncidenceCurve noShow) {
        List<Incidence> points = new ArrayList<>();
        for (int i = 0; i < pickedUp.points().size(); i++) {
            points.add(new Incidence(
                    pickedUp.points().get(i).time(),
                    pickedUp.points().get(i).incidence(),
                    cancelled.points().get(i).incidence(),
                    noShow.points().get(i).incidence()));
        }
        return points;
    }

    /** Times are in the middle of their bins, so that the last bin before tau is never seen to its end. */
    private OptionalDouble flatFromHours(LifeCounts exposures) {
        return IncidenceCurve.of(exposures.untilEver(LifeCounts.PICKED_UP))
                .value()
                .map(curve -> curve.knownOnlyUntil(tauHours - binHours))
                .orElse(OptionalDouble.empty());
    }

    /** Only who bought can wait less than all the time: the hours that are saved are what the stock limits. */
    private Computable<RestrictedMean> withoutPickUp(LifeCounts exposures, FixedSales sales) {
        return IncidenceCurve.of(exposures.untilEver(LifeCounts.PICKED_UP))
                .map(curve -> RestrictedMean.of(curve, tauHours))
                .map(rmst -> new RestrictedMean(
                        rmst.tau(),
                        rmst.mean(),
                        Math.sqrt(sales.variance(rmst.tau() - rmst.mean(), rmst.stdError() * rmst.stdError()))));
    }

    /** Where some picked up what nobody is known to have ordered, orders do not limit pick-ups. */
    private FixedSales fixedSales(Variant variant, LifeCounts exposures, long orders) {
        return orders <= exposures.units() && exposures.ended(LifeCounts.PICKED_UP) <= orders
                ? stock.fixedSales(variant.id(), exposures.units(), orders)
                : FixedSales.unlimited(exposures.units(), Math.min(orders, exposures.units()));
    }

    private List<PreorderWalkIn.Burn> burnDown(LifeCounts exposures, LifeCounts preorders) {
        Map<Long, Long> ordered = preorders.entries();
        Map<Long, Long> pickedUp = exposures.endsByCalendar(LifeCounts.PICKED_UP);
        TreeSet<Long> bins = new TreeSet<>(ordered.keySet());
        bins.addAll(pickedUp.keySet());
        List<PreorderWalkIn.Burn> points = new ArrayList<>();
        long orders = 0;
        long pickUps = 0;
        for (long bin : bins) {
            orders += ordered.getOrDefault(bin, 0L);
            pickUps += pickedUp.getOrDefault(bin, 0L);
            points.add(new PreorderWalkIn.Burn((bin + 1) * binHours, orders, pickUps));
        }
        return points;
    }

    private PreorderWalkIn.Contrast contrast(ArmLife control, ArmLife treatment) {
        LifeTable controlTable = control.exposures().competing(LifeCounts.PICKED_UP);
        LifeTable treatmentTable = treatment.exposures().competing(LifeCounts.PICKED_UP);
        return new PreorderWalkIn.Contrast(
                treatment.variant().id(),
                control.variant().id(),
                control.withoutPickUp()
                        .flatMap(a ->
                                treatment.withoutPickUp().flatMap(b -> RestrictedMean.difference(a, b, significance))),
                GrayTest.test(controlTable, treatmentTable),
                LogRankTest.withDefaults().test(controlTable, treatmentTable),
                shares(control.sales(), control.pickedUp(), treatment.sales(), treatment.pickedUp()),
                demand(control.variant(), treatment.variant()),
                sales(control.sales(), treatment.sales()));
    }

    private Computable<Effect> sales(FixedSales control, FixedSales treatment) {
        List<String> shared = stock.sharedAndGone();
        return shared.isEmpty()
                ? shares(control, control.buyers(), treatment, treatment.buyers())
                : Computable.notComputable(
                        stock.finding().code(), stock.finding().text());
    }

    private Computable<Effect> shares(FixedSales control, long controlDid, FixedSales treatment, long treatmentDid) {
        ProportionTest test = new ProportionTest(significance, ProportionTest.CiMethod.NEWCOMBE);
        Proportion c = new Proportion(control.visitors(), controlDid);
        Proportion t = new Proportion(treatment.visitors(), treatmentDid);
        return control.isUnlimited() && treatment.isUnlimited()
                ? test.difference(c, t)
                : test.difference(
                        c, control.variance(c.share(), c.variance()), t, treatment.variance(t.share(), t.variance()));
    }

    private Computable<Effect> demand(Variant control, Variant treatment) {
        return stock.demand(control.id())
                .flatMap(c -> stock.demand(treatment.id()).map(t -> difference(c, t)));
    }

    private Effect difference(CensoredBinomial control, CensoredBinomial treatment) {
        double estimate = treatment.share() - control.share();
        double stdError = Math.hypot(control.stdError(), treatment.stdError());
        Interval ci = Interval.ofDifference(
                control.share(), control.interval(significance), treatment.share(), treatment.interval(significance));
        return new Effect(
                estimate, stdError, OptionalDouble.empty(), ci, significance.normalPValue(estimate / stdError));
    }
}
