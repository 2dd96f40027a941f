package org.showroomlab.reports.report;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.jobs.results.UnitStatistic.Sum;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.ExactSums;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.Variable;
import org.showroomlab.stats.arms.LinAdjustment;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.ProportionTest;
import org.showroomlab.stats.arms.RatioTest;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.arms.WelchTest;
import org.showroomlab.stats.monitoring.AsymptoticSequence;

/**
 * A metric of visitors, from its sums over them: means by Welch, proportions by the score test, ratios and shares of
 * events by the delta method.
 *
 * @param covariates whether the sums hold the covariate
 */
record VisitorMethod(Metric metric, Significance significance, boolean covariates) implements MetricMethod {
    private static final double SMALLEST_EXPECTED_COUNT = 5;

    /** Units of both arms at which the always-valid band is tightest; fixed, since tuning by the data would break it. */
    static final double ANYTIME_TUNING_UNITS = 5000;

    @Override
    public String name(ArmSums control, ArmSums treatment) {
        return switch (metric.type()) {
            case MEAN -> "welch";
            case PROPORTION -> isSparse(control, treatment) ? "fisher_newcombe" : "score_newcombe";
            case RATIO, SHARE -> "delta_method";
            case QUANTILE -> throw hasNoSums();
        };
    }

    @Override
    public Computable<ArmEstimate> arm(ArmSums sums) {
        return MetricMethod.guarded(() -> arm(moments(sums)));
    }

    @Override
    public OptionalDouble level(ArmSums sums) {
        return MetricMethod.guarded(() -> Computable.of(moments(sums)))
                .value()
                .filter(arm -> arm.mean(Variable.D) != 0)
                .map(arm -> OptionalDouble.of(arm.mean(Variable.Y) / arm.mean(Variable.D)))
                .orElse(OptionalDouble.empty());
    }

    @Override
    public @Nullable Computable<ArmEstimate> uncappedArm(ArmSums sums) {
        return metric.cap() == null
                ? null
                : MetricMethod.guarded(() -> new WelchTest(significance).arm(uncapped(sums)));
    }

    @Override
    public Computable<Effect> difference(ArmSums control, ArmSums treatment) {
        return MetricMethod.guarded(() -> difference(moments(control), moments(treatment)));
    }

    @Override
    public @Nullable Computable<Effect> uncappedDifference(ArmSums control, ArmSums treatment) {
        return metric.cap() == null
                ? null
                : MetricMethod.guarded(
                        () -> new WelchTest(significance).difference(uncapped(control), uncapped(treatment)));
    }

    @Override
    public @Nullable Computable<Effect> adjusted(ArmSums control, ArmSums treatment) {
        if (!covariates) {
            return null;
        }
        LinAdjustment lin = new LinAdjustment(significance, LinAdjustment.Method.LIN);
        return MetricMethod.guarded(() -> lin.difference(moments(control), moments(treatment)));
    }

    @Override
    public Computable<RelativeEffect> relative(ArmSums control, ArmSums treatment) {
        RelativeLift lift = new RelativeLift(significance, RelativeLift.Method.LOG_RATIO);
        return difference(control, treatment)
                .flatMap(absolute -> arm(control)
                        .flatMap(c ->
                                arm(treatment).flatMap(t -> MetricMethod.guarded(() -> lift.lift(c, t, absolute)))));
    }

    @Override
    public Computable<Effect> anytime(ArmSums control, ArmSums treatment) {
        return difference(control, treatment)
                .flatMap(absolute -> arm(control)
                        .flatMap(c -> arm(treatment)
                                .flatMap(t -> MetricMethod.guarded(
                                        () -> anytimeBand().difference(c, t, absolute.estimate())))));
    }

    @Override
    public Computable<Interval> anytimeInterval(ArmSums sums) {
        return arm(sums)
                .flatMap(a -> MetricMethod.guarded(() -> anytimeBand().band(a.estimate(), a.stdError(), (double) a.n()))
                        .map(Effect::ci));
    }

    private AsymptoticSequence anytimeBand() {
        return new AsymptoticSequence(significance, ANYTIME_TUNING_UNITS);
    }

    /** The arm's own interval: Wilson's for a proportion, else Student's. */
    @Override
    public Computable<Interval> armInterval(ArmSums sums) {
        return arm(sums)
                .map(estimate -> metric.type() == Metric.Type.PROPORTION
                        ? Proportion.from(moments(sums)).wilson(significance)
                        : studentInterval(estimate));
    }

    private Interval studentInterval(ArmEstimate arm) {
        return arm.stdError() == 0
                ? new Interval(arm.estimate(), arm.estimate())
                : significance
                        .student(arm.estimate(), arm.stdError(), arm.n() - 1.0)
                        .ci();
    }

    private Computable<ArmEstimate> arm(ArmMoments moments) {
        return switch (metric.type()) {
            case MEAN -> new WelchTest(significance).arm(moments);
            case PROPORTION -> proportionTest().arm(moments);
            case RATIO, SHARE -> new RatioTest(significance).arm(moments);
            case QUANTILE -> throw hasNoSums();
        };
    }

    private Computable<Effect> difference(ArmMoments control, ArmMoments treatment) {
        return switch (metric.type()) {
            case MEAN -> new WelchTest(significance).difference(control, treatment);
            case PROPORTION -> proportionTest().difference(control, treatment);
            case RATIO, SHARE -> new RatioTest(significance).difference(control, treatment);
            case QUANTILE -> throw hasNoSums();
        };
    }

    private static IllegalStateException hasNoSums() {
        return new IllegalStateException("a quantile is not computed from sums");
    }

    private ProportionTest proportionTest() {
        return new ProportionTest(significance, ProportionTest.CiMethod.NEWCOMBE);
    }

    private ArmMoments moments(ArmSums s) {
        Measure per = metric.per();
        if (metric.type() == Metric.Type.SHARE) {
            return ArmMoments.ofExact(covariates ? ratioWithCovariate(s, 0, 0) : ratio(s, 0, 0));
        }
        int scale = metric.measure().scale();
        if (per != null) {
            return ArmMoments.ofExact(
                    covariates ? ratioWithCovariate(s, scale, per.scale()) : ratio(s, scale, per.scale()));
        }
        return ArmMoments.ofExact(
                covariates
                        ? ExactSums.ofMeanWithCovariate(
                                s.n(), s.of(Sum.Y), s.of(Sum.YY), s.of(Sum.X), s.of(Sum.XX), s.of(Sum.YX), scale)
                        : ExactSums.ofMean(s.n(), s.of(Sum.Y), s.of(Sum.YY), scale));
    }

    private ExactSums ratio(ArmSums s, int scale, int perScale) {
        return ExactSums.ofRatio(
                s.n(), s.of(Sum.Y), s.of(Sum.YY), s.of(Sum.D), s.of(Sum.DD), s.of(Sum.YD), scale, perScale);
    }

    private ExactSums ratioWithCovariate(ArmSums s, int scale, int perScale) {
        return new ExactSums(
                s.n(),
                s.of(Sum.Y),
                s.of(Sum.D),
                s.of(Sum.X),
                s.of(Sum.Z),
                s.of(Sum.YY),
                s.of(Sum.DD),
                s.of(Sum.XX),
                s.of(Sum.ZZ),
                s.of(Sum.YD),
                s.of(Sum.YX),
                s.of(Sum.YZ),
                s.of(Sum.DX),
                s.of(Sum.DZ),
                s.of(Sum.XZ),
                scale,
                perScale);
    }

    private ArmMoments uncapped(ArmSums s) {
        return ArmMoments.ofExact(ExactSums.ofMean(
                s.n(), s.of(Sum.U), s.of(Sum.UU), metric.measure().scale()));
    }

    private static boolean isSparse(ArmSums control, ArmSums treatment) {
        double total = (double) control.n() + treatment.n();
        double successes = control.of(Sum.Y).doubleValue() + treatment.of(Sum.Y).doubleValue();
        double smallest = Math.min(control.n(), treatment.n()) / total * Math.min(successes, total - successes);
        return smallest < SMALLEST_EXPECTED_COUNT;
    }
}
