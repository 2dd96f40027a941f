package org.showroomlab.stats.calibration;

import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.Proportion;

/**
 * How often a method was wrong.
 *
 * @param scenario in what
 * @param wrong times it was wrong
 * @param simulations of so many
 */
public record CalibrationResult(Scenario scenario, int wrong, int simulations) {

    /** Level of the Monte-Carlo interval that decides: over 30 rows a false alarm of the check itself stays rare. */
    private static final Significance MONTE_CARLO = Significance.DEFAULT.withAlpha(0.001);

    /** The rate. */
    public double rate() {
        return (double) wrong / simulations;
    }

    /** Its Clopper–Pearson interval at 95 %, for the table. */
    public Interval interval() {
        return new Proportion(simulations, wrong).clopperPearson(Significance.DEFAULT);
    }

    /** Whether the rate is compatible with what is acceptable, allowing for simulation noise at 99.9 %. */
    public boolean inBand() {
        Interval noise = new Proportion(simulations, wrong).clopperPearson(MONTE_CARLO);
        return noise.high() >= scenario.lowest() && noise.low() <= scenario.highest();
    }
}
