package org.showroomlab.stats.verdict;

import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;

/**
 * One-sided tests of a guardrail against a margin relative to the control's level.
 *
 * <p>H₀: the metric is worse by margin·|control| or more; the control's level is taken as known. The reference is the
 * effect's own (t with its df, or normal). No correction for the number of guardrails: all of them have to pass.
 *
 * <p>Source: Schultzberg, Ankargren and Frånberg (2024), arXiv:2402.11609.
 *
 * @param pValue of "not worse than the margin"; 0 or 1 without spread within the arms
 * @param harmPValue of "worse than control at all"
 * @param bound one-sided bound of the worsening, in units of the metric; positive means worse
 * @param tolerated margin·|control|, in units of the metric
 */
public record NonInferiority(double pValue, double harmPValue, double bound, double tolerated) {

    private static final Significance GREATER = Significance.DEFAULT.with(Alternative.GREATER);

    /** The tests at a one-sided level; a guardrail needs an effect with a standard error above zero. */
    public static NonInferiority of(Effect effect, double controlEstimate, double margin, Goal goal, double alpha) {
        double tolerated = margin * Math.abs(controlEstimate);
        double improvement = goal.sign() * effect.estimate();
        if (effect.stdError() == 0) {
            return withoutSpread(effect, goal, tolerated);
        }
        Significance level = GREATER.withAlpha(alpha);
        Effect shifted = reference(level, effect, improvement + tolerated);
        Effect harm = reference(level, effect, -improvement);
        return new NonInferiority(
                shifted.pValue(), harm.pValue(), tolerated - shifted.ci().low(), tolerated);
    }

    /** Whether the metric is shown not to be worse by more than the margin. */
    public boolean holds(double alpha) {
        return pValue <= alpha;
    }

    /** Whether the metric is shown to be worse than control, whatever the margin. */
    public boolean harmed(double alpha) {
        return harmPValue <= alpha;
    }

    private static Effect reference(Significance level, Effect effect, double estimate) {
        return effect.df().isPresent()
                ? level.student(estimate, effect.stdError(), effect.df().getAsDouble())
                : level.normal(estimate, effect.stdError());
    }

    /**
     * All or none converted in each arm, or a band that says more than a standard error. How much worse it may be all the same is said by the effect's own interval, which
     * has a width even then, so "not worse" is shown or not; harm has the effect's own, exact p-value.
     */
    private static NonInferiority withoutSpread(Effect effect, Goal goal, double tolerated) {
        double worst = goal == Goal.INCREASE ? -effect.ci().low() : effect.ci().high();
        double improvement = goal.sign() * effect.estimate();
        return new NonInferiority(worst <= tolerated ? 0 : 1, improvement < 0 ? effect.pValue() : 1, worst, tolerated);
    }
}
