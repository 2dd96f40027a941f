package org.showroomlab.reports.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.report.ArmReport;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.SliceReport;
import org.showroomlab.reports.report.ValueUnit;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.verdict.Decision;

/**
 * One comparison in a results table.
 *
 * @param id anchor of its explanation
 * @param label what is compared: the metric, or the value of a dimension
 * @param mark the drawn interval; {@code null} when there is none
 * @param relative the relative change with its interval, or the reason why there is none
 * @param explanation what a reader may ask about these numbers
 */
public record ResultRow(
        String id,
        String label,
        String hint,
        String variant,
        String controlLevel,
        String variantLevel,
        @Nullable IntervalMark mark,
        String word,
        String tone,
        String relative,
        String relativeInterval,
        String difference,
        String differenceInterval,
        String pValue,
        List<Explained> explanation) {

    /** The term under which an explanation says why there is no number. */
    public static final String NO_NUMBER = "Why there is no number";

    /** The same of the relative change alone. */
    public static final String NO_RELATIVE = "No relative change";

    /** The term under which it names the method. */
    public static final String METHOD = "Method";

    /** A term and what it means here. */
    public record Explained(String term, String text) {}

    static ResultRow of(
            String id,
            String label,
            MetricReport metric,
            List<ArmReport> arms,
            Comparison comparison,
            RelativeAxis axis,
            Report report) {
        Computable<Effect> difference = comparison.difference();
        ArmReport control = arm(arms, comparison.control());
        ArmReport variant = arm(arms, comparison.variant());
        ValueUnit unit = metric.unit();
        Direction direction = Direction.of(
                comparison,
                metric.metric().goal(),
                report.experiment().alpha(),
                report.verdict().decision() == Decision.BLOCKED);
        IntervalMark mark = comparison
                .relative()
                .value()
                .map(r -> IntervalMark.of(metric.metric(), direction, r.effect(), axis))
                .orElse(null);
        Double p = comparison.pValueAdjusted();
        return new ResultRow(
                id,
                label,
                hint(metric.metric()),
                comparison.variant(),
                level(control, unit),
                level(variant, unit),
                mark,
                difference.value().isPresent() ? direction.word() : "not computable",
                direction.tone(),
                comparison
                        .relative()
                        .value()
                        .map(r -> Figures.percentChange(r.effect().estimate()))
                        .orElse("–"),
                comparison
                        .relative()
                        .value()
                        .map(r -> Figures.percentInterval(r.effect().ci()))
                        .orElse(""),
                difference
                        .value()
                        .map(e -> Figures.difference(e.estimate(), unit))
                        .orElse("–"),
                difference
                        .value()
                        .map(e -> Figures.differenceInterval(e.ci(), unit))
                        .orElse(""),
                p == null ? "–" : Figures.pValue(p),
                explanation(metric, control, variant, comparison));
    }

    private static ArmReport arm(List<ArmReport> arms, String variant) {
        return arms.stream()
                .filter(a -> a.variant().equals(variant))
                .findFirst()
                .orElseThrow();
    }

    private static String hint(Metric metric) {
        return metric.role().name().toLowerCase(Locale.ROOT)
                + (metric.goal() == Metric.Goal.INCREASE ? ", more is better" : ", less is better");
    }

    private static String level(ArmReport arm, ValueUnit unit) {
        return arm.estimate()
                .value()
                .map(e -> Figures.level(e.estimate(), unit))
                .orElse("–");
    }

    private static List<Explained> explanation(
            MetricReport metric, ArmReport control, ArmReport variant, Comparison c) {
        List<Explained> list = new ArrayList<>();
        list.add(new Explained("What is compared", c.estimand()));
        c.difference().reason().ifPresent(reason -> list.add(new Explained(NO_NUMBER, reason)));
        list.add(new Explained("Data", data(control, variant)));
        list.add(new Explained(METHOD, MethodText.name(c.method()) + ". " + MethodText.formula(c.method())));
        c.difference().value().ifPresent(e -> list.add(new Explained("Absolute change", precise(e, metric.unit()))));
        c.relative().value().ifPresent(r -> list.add(new Explained("Relative change", relativeText(r))));
        c.relative()
                .reason()
                .filter(r -> c.difference().value().isPresent())
                .ifPresent(r -> list.add(new Explained(NO_RELATIVE, r)));
        addRandomization(list, c);
        addMatured(list, metric, c);
        addOther(list, "Adjusted by the covariate (Lin)", c.adjusted(), metric.unit());
        addOther(list, "Always-valid band, for looking every day", c.anytime(), metric.unit());
        addOther(list, "Without the cap", c.uncapped(), metric.unit());
        return list;
    }

    private static String data(ArmReport control, ArmReport variant) {
        String events =
                Figures.count(control.events()) + " and " + Figures.count(variant.events()) + " matching events";
        String units = Figures.count(control.units()) + " units in " + control.variant() + ", "
                + Figures.count(variant.units()) + " in " + variant.variant();
        Integer controlClusters = control.clusters();
        Integer variantClusters = variant.clusters();
        return controlClusters == null || variantClusters == null
                ? units + "; " + events
                : units + ", of " + controlClusters + " and " + variantClusters + " clusters; " + events;
    }

    /** Not in a slice, which is no matter of a verdict. */
    private static void addMatured(List<Explained> list, MetricReport metric, Comparison c) {
        SliceReport matured = metric.matured();
        if (matured == null || !metric.comparisons().contains(c)) {
            return;
        }
        matured.comparisons().stream()
                .filter(m -> m.variant().equals(c.variant()))
                .forEach(m -> addOther(
                        list,
                        "Of " + Figures.count(arm(matured.arms(), m.control()).units()) + " and "
                                + Figures.count(arm(matured.arms(), m.variant()).units())
                                + " units whose outcome window is over, which the verdict goes by",
                        m.difference(),
                        metric.unit()));
    }

    private static void addRandomization(List<Explained> list, Comparison c) {
        Computable<RandomizationResult> randomization = c.randomization();
        if (randomization != null) {
            list.add(new Explained(
                    "Randomisation test",
                    randomization
                            .value()
                            .map(ResultRow::randomizationText)
                            .orElseGet(() -> randomization.reason().orElse(""))));
        }
    }

    private static String randomizationText(RandomizationResult test) {
        return Figures.p(test.pValue()) + ": " + Figures.count(test.count()) + " of "
                + Figures.count(test.of()) + (test.exact() ? " possible" : " sampled")
                + " assignments are at least as extreme";
    }

    private static String precise(Effect e, ValueUnit unit) {
        return Figures.difference(e.estimate(), unit) + " " + Figures.differenceInterval(e.ci(), unit)
                + ", standard error " + Figures.plain(e.stdError() * unit.displayFactor())
                + (e.df().isPresent() ? ", df " + Figures.plain(e.df().getAsDouble()) : "") + ", p "
                + Figures.pValue(e.pValue()) + " before correction; in files the unit is " + unit.label();
    }

    private static String relativeText(RelativeEffect relative) {
        return Figures.percentChange(relative.effect().estimate()) + " "
                + Figures.percentInterval(relative.effect().ci()) + ", by "
                + relative.method().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + relative.unbounded().map(unbounded -> ". " + unbounded).orElse("");
    }

    private static void addOther(
            List<Explained> list, String term, @Nullable Computable<Effect> effect, ValueUnit unit) {
        if (effect != null) {
            list.add(new Explained(
                    term,
                    effect.value()
                            .map(e -> precise(e, unit))
                            .orElseGet(() -> effect.reason().orElse(""))));
        }
    }
}
