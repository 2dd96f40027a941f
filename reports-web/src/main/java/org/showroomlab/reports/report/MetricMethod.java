package org.showroomlab.reports.report;

import java.util.function.Supplier;
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
import org.showroomlab.stats.arms.LinAdjustment;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.ProportionTest;
import org.showroomlab.stats.arms.RatioTest;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.arms.WelchTest;
import org.showroomlab.stats.monitoring.AsymptoticSequence;

/**
 * How one metric of one experiment is computed from its sums: the only place that chooses a statistical method.
 *
 * @param covariates whether the sums hold the covariate
 */
record MetricMethod(Metric metric, Significance significance, boolean covariates) {
    private static final double SMALLEST_EXPECTED_COUNT = 5;

    /** Units of both arms at which the always-valid band is tightest; fixed, since tuning by the data would break it. */
    private static final double ANYTIME_TUNING_UNITS = 5000;

    /** Short name of the method that these arms get. */
    String name(ArmSums control, ArmSums treatment) {
        return switch (metric.type()) {
            case MEAN -> "welch";
            case PROPORTION -> isSparse(control, treatment) ? "fisher_newcombe" : "score_newcombe";
            case RATIO -> "delta_method";
            case SHARE, QUANTILE -> "not_counted";
        };
    }

    Computable<ArmEstimate> arm(ArmSums sums) {
        return guarded(() -> arm(moments(sums)));
    }

    Computable<ArmEstimate> uncappedArm(ArmSums sums) {
        return guarded(() -> new WelchTest(significance).arm(uncapped(sums)));
    }

    Computable<Effect> difference(ArmSums control, ArmSums treatment) {
        return guarded(() -> difference(moments(control), moments(treatment)));
    }

    Computable<Effect> uncappedDifference(ArmSums control, ArmSums treatment) {
        return guarded(() -> new WelchTest(significance).difference(uncapped(control), uncapped(treatment)));
    }

    Computable<Effect> adjusted(ArmSums control, ArmSums treatment) {
        LinAdjustment lin = new LinAdjustment(significance, LinAdjustment.Method.LIN);
        return guarded(() -> lin.difference(moments(control), moments(treatment)));
    }

    Computable<RelativeEffect> relative(ArmSums control, ArmSums treatment) {
        RelativeLift lift = new RelativeLift(significance, RelativeLift.Method.LOG_RATIO);
        return difference(control, treatment)
                .flatMap(absolute -> arm(control)
                        .flatMap(c -> arm(treatment).flatMap(t -> guarded(() -> lift.lift(c, t, absolute)))));
    }

    /** The difference with a band that holds at all times at once. */
    Computable<Effect> anytime(ArmSums control, ArmSums treatment) {
        return arm(control)
                .flatMap(c ->
                        arm(treatment).flatMap(t -> guarded(() -> anytimeBand().difference(c, t))));
    }

    /** The arm's own level with such a band. */
    Computable<Interval> anytimeInterval(ArmSums sums) {
        return arm(sums)
                .flatMap(a -> guarded(() -> anytimeBand().band(a.estimate(), a.stdError(), (double) a.n()))
                        .map(Effect::ci));
    }

    private AsymptoticSequence anytimeBand() {
        return new AsymptoticSequence(significance, ANYTIME_TUNING_UNITS);
    }

    /** The arm's own interval: Wilson's for a proportion, else Student's. */
    Computable<Interval> armInterval(ArmSums sums) {
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
            case RATIO -> new RatioTest(significance).arm(moments);
            case SHARE, QUANTILE -> throw new IllegalStateException("not counted: " + metric.type());
        };
    }

    private Computable<Effect> difference(ArmMoments control, ArmMoments treatment) {
        return switch (metric.type()) {
            case MEAN -> new WelchTest(significance).difference(control, treatment);
            case PROPORTION -> proportionTest().difference(control, treatment);
            case RATIO -> new RatioTest(significance).difference(control, treatment);
            case SHARE, QUANTILE -> throw new IllegalStateException("not counted: " + metric.type());
        };
    }

    private ProportionTest proportionTest() {
        return new ProportionTest(significance, ProportionTest.CiMethod.NEWCOMBE);
    }

    private ArmMoments moments(ArmSums s) {
        Measure per = metric.per();
        int scale = metric.measure().scale();
        if (per != null) {
            return ArmMoments.ofExact(covariates ? ratioWithCovariate(s, per.scale()) : ratio(s, per.scale()));
        }
        return ArmMoments.ofExact(
                covariates
                        ? ExactSums.ofMeanWithCovariate(
                                s.n(), s.of(Sum.Y), s.of(Sum.YY), s.of(Sum.X), s.of(Sum.XX), s.of(Sum.YX), scale)
                        : ExactSums.ofMean(s.n(), s.of(Sum.Y), s.of(Sum.YY), scale));
    }

    private ExactSums ratio(ArmSums s, int perScale) {
        return ExactSums.ofRatio(
                s.n(),
                s.of(Sum.Y),
                s.of(Sum.YY),
                s.of(Sum.D),
                s.of(Sum.DD),
                s.of(Sum.YD),
                metric.measure().scale(),
                perScale);
    }

    private ExactSums ratioWithCovariate(ArmSums s, int perScale) {
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
                metric.measure().scale(),
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

    /**
     * While rows stream in, one day of an arm may be written and the next not yet, so that sums contradict each other for
     * a moment. That is no reason to lose the page.
     */
    private static <T> Computable<T> guarded(Supplier<Computable<T>> computation) {
        try {
            return computation.get();
        } catch (IllegalArgumentException e) {
            return Computable.notComputable(
                    "inconsistent_sums", "The stored sums of an arm contradict each other: " + e.getMessage() + ".");
        }
    }
}
