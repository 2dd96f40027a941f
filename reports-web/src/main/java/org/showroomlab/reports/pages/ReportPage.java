package org.showroomlab.reports.pages;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.report.ArmReport;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.Health;
import org.showroomlab.reports.report.Heterogeneity;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.SliceReport;
import org.showroomlab.reports.report.ValueUnit;
import org.showroomlab.reports.special.PriceElasticityReading;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.reports.special.TtlSpeedReading;
import org.showroomlab.reports.store.DecisionSnapshot;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.health.SampleRatioMismatch;
import org.showroomlab.stats.many.RandomEffects;
import org.showroomlab.stats.verdict.Finding;

/** The page of one report. */
public record ReportPage(Report report, VerdictView verdict, RelativeAxis axis) {

    private static final String TABLE_FAMILY =
            ", primary and secondary comparisons each among themselves; guardrails stand alone";

    /** The slices of one metric by one dimension. */
    public record SliceTable(
            String metric, String dimension, RelativeAxis axis, List<ResultRow> rows, List<String> heterogeneity) {}

    /** One cell of the table of arms. */
    public record ArmCell(String value, String title) {
        private static final String NO_VALUE = "–";

        static ArmCell without(String reason) {
            return new ArmCell(NO_VALUE, reason);
        }

        /** The style of the title: a reason is a sentence, which wraps where an interval does not. */
        public String titleStyle() {
            return value.equals(NO_VALUE) ? "hint reason" : "hint";
        }
    }

    public static ReportPage of(Report report) {
        return new ReportPage(
                report, VerdictView.of(report), axis(report.metrics().stream().flatMap(m -> m.comparisons().stream())));
    }

    static RelativeAxis axis(Stream<Comparison> comparisons) {
        List<Interval> intervals = comparisons
                .flatMap(c -> c.relative().value().stream())
                .map(r -> r.effect().ci())
                .toList();
        return RelativeAxis.over(intervals);
    }

    /** The reading of the TTL analysis, where there is one. */
    public @Nullable TtlSpeedView ttlSpeed() {
        return special() instanceof TtlSpeedReading reading ? new TtlSpeedView(reading) : null;
    }

    /** The reading of the price analysis, where there is one. */
    public @Nullable PriceElasticityView priceElasticity() {
        return special() instanceof PriceElasticityReading reading
                ? new PriceElasticityView(reading, report.experiment().currency())
                : null;
    }

    private @Nullable SpecialReading special() {
        Computable<SpecialReading> analysis = report.analysis();
        return analysis == null ? null : analysis.value().orElse(null);
    }

    /** The section on a drop; {@code null} for other analyses. */
    public @Nullable PreorderView preorder() {
        return PreorderView.of(report);
    }

    /** Which showrooms are still waited for, and until when; empty when none is. */
    public String waitsFor() {
        ZoneId zone = report.experiment().timeZone();
        return report.behind().isEmpty()
                ? ""
                : report.behind().stream()
                                .map(s -> s.showroom() + " (through "
                                        + Figures.minute(Instant.ofEpochMilli(s.newestMillis()), zone) + ")")
                                .collect(Collectors.joining(", "))
                        + "; at the latest until " + Figures.minute(report.waitsUntil(), zone) + ".";
    }

    /** What was known when a decision was due, beside what is known now; empty before that. */
    public String decidedAsKnown() {
        DecisionSnapshot decided = report.decided();
        if (decided == null) {
            return "";
        }
        ZoneId zone = report.experiment().timeZone();
        String now = report.verdict().decision().name().toLowerCase(Locale.ROOT);
        return "As known when the last showroom was due: " + decided.decision().replace('_', ' ') + ", as of "
                + Figures.minute(decided.asOf(), zone) + ", recorded " + Figures.minute(decided.knownAt(), zone)
                + (decided.decision().equals(now)
                        ? ". What arrived since has not changed it."
                        : ". What arrived since has changed it: restated, it is " + now.replace('_', ' ') + ".");
    }

    public Experiment experiment() {
        return report.experiment();
    }

    public String asOf() {
        Instant asOf = report.asOf();
        return asOf == null
                ? "no event seen yet"
                : "as of " + Figures.minute(asOf, report.experiment().timeZone());
    }

    public String period() {
        Experiment e = report.experiment();
        return Figures.day(e.start(), e.timeZone()) + " – " + Figures.day(e.end(), e.timeZone());
    }

    public List<ResultRow> results() {
        List<ResultRow> rows = new ArrayList<>();
        for (MetricReport metric : report.metrics()) {
            for (Comparison c : metric.comparisons()) {
                String id = ElementId.of("why", metric.metric().id(), c.variant());
                rows.add(ResultRow.of(id, metric.metric().id(), metric, metric.arms(), c, axis, report));
            }
        }
        return rows;
    }

    public List<DailyPlot> plots() {
        return report.metrics().stream().flatMap(m -> DailyPlot.of(m).stream()).toList();
    }

    public List<ArmCell> armCells(String variant) {
        return report.metrics().stream().map(metric -> armCell(metric, variant)).toList();
    }

    private static ArmCell armCell(MetricReport metric, String variant) {
        ArmReport arm = metric.arm(variant);
        Computable<Double> stdError = arm.stdError();
        String value =
                arm.level().isPresent() ? Figures.level(arm.level().getAsDouble(), metric.unit()) : ArmCell.NO_VALUE;
        return stdError.value()
                .map(error -> new ArmCell(
                        value,
                        "standard error "
                                + Figures.plain(error * metric.unit().displayFactor()) + ", "
                                + Figures.count(arm.estimate().orElseThrow().n()) + " " + independent(arm) + "; "
                                + metric.unit().label()))
                .orElseGet(() -> new ArmCell(value, stdError.reason().orElse("")));
    }

    private static String independent(ArmReport arm) {
        return arm.clusters() == null ? "units" : "independent units";
    }

    /** Units of an arm, with its clusters where one has several units. */
    public String armUnits(Report.VariantUnits variant) {
        int clusters = report.metrics().stream()
                .map(metric -> metric.arm(variant.id()).clusters())
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        String units = Figures.count(variant.units());
        String cluster = report.experiment().unit().name().toLowerCase(Locale.ROOT);
        return clusters == 0 || clusters == variant.units()
                ? units
                : units + " in " + Figures.count(clusters) + " " + cluster + "s";
    }

    /** What the units of the arms are, in the plural. */
    public String units() {
        Experiment e = report.experiment();
        String name = e.unit().name().toLowerCase(Locale.ROOT);
        return e.unit() != UnitKind.VISITOR && e.periodMinutes().isPresent()
                ? name + " periods of " + e.periodMinutes().getAsInt() + " minutes"
                : name + "s";
    }

    public List<SliceTable> slices() {
        List<SliceTable> tables = new ArrayList<>();
        for (MetricReport metric : report.metrics()) {
            metric.dimensions().stream()
                    .map(SliceReport::name)
                    .distinct()
                    .forEach(dimension -> tables.add(sliceTable(metric, dimension)));
        }
        return tables;
    }

    private SliceTable sliceTable(MetricReport metric, String dimension) {
        List<SliceReport> slices = metric.dimensions().stream()
                .filter(s -> s.name().equals(dimension))
                .toList();
        RelativeAxis axis = axis(slices.stream().flatMap(s -> s.comparisons().stream()));
        List<ResultRow> rows = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            SliceReport slice = slices.get(i);
            String label = slice.value().isEmpty() ? "(none)" : slice.value();
            for (Comparison c : slice.comparisons()) {
                String id = ElementId.of("why", metric.metric().id(), dimension, Integer.toString(i), c.variant());
                rows.add(ResultRow.of(id, label, metric, slice.arms(), c, axis, report));
            }
        }
        List<String> heterogeneity = metric.heterogeneity().stream()
                .filter(h -> h.dimension().equals(dimension))
                .map(h -> heterogeneitySentence(h, metric.unit()))
                .toList();
        return new SliceTable(metric.metric().id(), dimension, axis, rows, heterogeneity);
    }

    private String heterogeneitySentence(Heterogeneity h, ValueUnit unit) {
        String pair = h.variant() + " against " + h.control() + ": ";
        if (h.fit().value().isEmpty()) {
            return pair + h.fit().reason().orElse("");
        }
        RandomEffects fit = h.fit().orElseThrow();
        String deviation = Figures.plain(Math.sqrt(fit.tau2()) * unit.displayFactor()) + unit.differenceSuffix();
        boolean clear = fit.qPValue() <= report.experiment().alpha();
        String spread = fit.tau2() == 0
                ? "the effects differ no more than noise does"
                : clear
                        ? "the effects differ beyond noise, by a standard deviation of " + deviation
                        : "the effects may differ by a standard deviation of " + deviation
                                + ", which noise alone can make";
        return pair + spread + " (Q = " + Figures.plain(fit.q()) + " on " + h.degreesOfFreedom() + " df, p "
                + Figures.pValue(fit.qPValue()) + ", I² = "
                + Figures.percent(h.iSquared().orElseThrow())
                + "). Shrunken towards their mean, " + Figures.difference(fit.mu(), unit) + ": "
                + IntStream.range(0, h.values().size())
                        .mapToObj(i -> h.values().get(i) + " "
                                + Figures.difference(fit.shrunken().get(i), unit))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    public AccountingView accounting() {
        ZoneId zone = report.experiment().timeZone();
        return new AccountingView(
                report.accounting(),
                report.sources(),
                report.showrooms().stream()
                        .map(s -> new AccountingView.Synced(
                                s.showroom(), Figures.minute(Instant.ofEpochMilli(s.newestMillis()), zone)))
                        .toList());
    }

    /** The size test of the arms in one sentence. */
    public String srmSentence() {
        Health health = report.health();
        return health.srm()
                .value()
                .map(srm -> srmSentence(health, srm))
                .orElseGet(() -> health.srm().reason().orElse(""));
    }

    private static String srmSentence(Health health, SampleRatioMismatch srm) {
        String sizes = health.sampleRatio()
                .filter(Finding::active)
                .map(found -> found.weight() == Finding.Weight.BLOCKS
                        ? "The arms do not have the planned sizes: "
                        : "The arms may not have the planned sizes: ")
                .orElse("The arms’ sizes fit the planned weights: ");
        return sizes
                + (health.dailySrm().isEmpty()
                        ? Figures.p(srm.pValue()) + " (blocks below .001)."
                        : Figures.p(srm.pValue()) + " at one look, "
                                + Figures.p(health.dailySrm().getAsDouble())
                                + " for a look every day (the latter blocks below .001).");
    }

    /** What the size test counts: units, or clusters where they keep their variant over several periods. */
    public String testedName() {
        boolean units = report.variants().stream().allMatch(v -> tested(v) == v.units());
        return units ? "Units" : "Clusters";
    }

    private long tested(Report.VariantUnits variant) {
        return report.health().sizes().getOrDefault(variant.id(), variant.units());
    }

    public String testedCount(Report.VariantUnits variant) {
        return Figures.count(tested(variant));
    }

    public String plannedCount(Report.VariantUnits variant) {
        double weights = report.variants().stream()
                .mapToDouble(Report.VariantUnits::weight)
                .sum();
        long all = report.variants().stream().mapToLong(this::tested).sum();
        return Figures.count(Math.round(all * variant.weight() / weights));
    }

    public String mixedSentence() {
        return Figures.count(report.health().mixedUnits()) + " units saw more than one variant ("
                + Figures.percent(report.health().mixedShare()) + "; blocks above 1 %). They are in no metric.";
    }

    public String correction() {
        Experiment e = report.experiment();
        String corrected = switch (e.correction()) {
            case NONE -> "not corrected";
            case HOLM -> "corrected by Holm" + TABLE_FAMILY;
            case BONFERRONI -> "corrected by Bonferroni" + TABLE_FAMILY;
            case BENJAMINI_HOCHBERG -> "corrected by Benjamini–Hochberg" + TABLE_FAMILY;
        };
        return "Intervals at " + Figures.label(100 * (1 - e.alpha())).substring(1) + " %. p-values are "
                + corrected
                + "; within a dimension by Benjamini–Hochberg. Better and worse: clear by these p-values."
                + verdictFamily();
    }

    /** A verdict goes by Holm whatever the file asks of the table; a reader who sees both has to know. */
    private String verdictFamily() {
        long primary = computable(Metric.Role.PRIMARY);
        return primary <= 1 || report.experiment().correction() == Experiment.Correction.HOLM
                ? ""
                : " The verdict's p-values are by Holm over the " + Figures.count(primary)
                        + " primary comparisons, and may differ.";
    }

    private long computable(Metric.Role role) {
        return report.metrics().stream()
                .filter(m -> m.metric().role() == role)
                .flatMap(m -> m.comparisons().stream())
                .filter(c -> c.difference().value().isPresent())
                .count();
    }
}
