package org.showroomlab.stats.calibration;

import java.util.random.RandomGenerator;

/**
 * A situation with a known truth, in which a method can be caught being wrong.
 *
 * @param method the method, as it is called in reports
 * @param situation what the data are like
 * @param mistake what counts as wrong
 * @param nominal how often that should happen
 * @param lowest smallest rate that is still acceptable; 0 for methods that may be conservative
 * @param highest largest rate that is still acceptable
 * @param trial one simulated experiment; true when the method was wrong
 */
public record Scenario(
        String method, String situation, Mistake mistake, double nominal, double lowest, double highest, Trial trial) {

    /** What counts as wrong. */
    public enum Mistake {
        /** An effect is claimed where there is none. */
        FALSE_ALARM,
        /** The interval does not hold the true effect. */
        MISSED_TRUTH
    }

    /** One simulated experiment. */
    @FunctionalInterface
    public interface Trial {
        /** Whether the method was wrong this time. */
        boolean wrong(RandomGenerator random);
    }

    /** Checks the rates. */
    public Scenario {
        if (!(0 <= lowest && lowest <= nominal && nominal <= highest && highest <= 1)) {
            throw new IllegalArgumentException(
                    "need 0 <= lowest <= nominal <= highest <= 1: " + lowest + ", " + nominal + ", " + highest);
        }
    }

    /** Nominal .05, acceptable between .04 and .06. */
    static Scenario approximate(String method, String situation, Mistake mistake, Trial trial) {
        return new Scenario(method, situation, mistake, 0.05, 0.04, 0.06, trial);
    }

    /** Nominal .05, never more. */
    static Scenario conservative(String method, String situation, Mistake mistake, Trial trial) {
        return new Scenario(method, situation, mistake, 0.05, 0, 0.05, trial);
    }
}
