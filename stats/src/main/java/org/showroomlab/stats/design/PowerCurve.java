package org.showroomlab.stats.design;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.showroomlab.stats.Computable;

/** A design whose power is known for every size and effect; what is missing is found by solving for it. */
public interface PowerCurve {

    /**
     * The power.
     *
     * @param n size per arm, in the design's units (visitors, or clusters)
     * @param effect the effect that matters
     */
    double power(double n, double effect);

    /** The smallest n that makes sense in the design. */
    double smallestN();

    /** The largest effect that exists in the design. */
    double largestEffect();

    /** The effect at which power is lowest, from which {@link #effectFor} starts. */
    default double noEffect() {
        return 0;
    }

    /** The size of an effect that is neither small nor large, in whose terms {@link #effectFor} is accurate. */
    default double unitOfEffect() {
        return 1;
    }

    /** The n per arm that reaches a power, not rounded; the smallest where that has more. */
    default Computable<Double> sizeFor(double effect, double power) {
        UnivariateFunction excess = n -> power(n, effect) - power;
        return excess.value(smallestN()) >= 0
                ? Computable.of(smallestN())
                : solve(excess, smallestN(), 1e15, smallestN(), 1);
    }

    /** The smallest effect that n per arm detect with a power. */
    default Computable<Double> effectFor(double n, double power) {
        UnivariateFunction excess = effect -> power(n, effect) - power;
        double least = power(n, noEffect());
        if (least > power) {
            return Computable.notComputable(
                    "power_not_reachable",
                    "Without any effect the test rejects with probability " + least + " already.");
        }
        if (least == power) {
            return Computable.of(noEffect());
        }
        double step = Math.max(1e-6 * unitOfEffect(), Math.abs(noEffect()));
        return solve(excess, noEffect(), largestEffect(), step, unitOfEffect());
    }

    /** Expands from the lower end, where the target is not reached, until it is passed, then closes in. */
    private static Computable<Double> solve(
            UnivariateFunction excess, double from, double most, double firstStep, double unit) {
        double low = from;
        double step = firstStep;
        double high = Math.min(most, from + step);
        while (excess.value(high) < 0) {
            if (high >= most) {
                return Computable.notComputable("power_not_reachable", "No value up to " + most + " gives that power.");
            }
            low = high;
            step *= 2;
            high = Math.min(most, from + step);
        }
        return Computable.of(new BrentSolver(1e-13, 1e-13 * unit).solve(1000, excess, low, high));
    }
}
