package org.showroomlab.stats.verdict;

/**
 * A negative control that differs between the arms: what is tested cannot have caused that, so something else differs, and
 * may have caused whatever else differs.
 *
 * <p>It acts below .001 over all controls, as the arms' sizes do: a report is read on many days, and at .05 one clean
 * experiment in twenty would be called contaminated on the last of them alone.
 *
 * @param control the metric
 * @param pValue over all treatments
 * @param controls how many negative controls there are
 * @param cause what cannot change it
 */
public record Contaminated(String control, double pValue, int controls, String cause) implements Finding {
    /** The stable code. */
    public static final String CODE = "contaminated";

    /** The chance that a clean experiment is called contaminated. */
    public static final double THRESHOLD = 0.001;

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public boolean active() {
        return pValue < THRESHOLD / controls;
    }

    @Override
    public Weight weight() {
        return Weight.DISTORTS;
    }

    @Override
    public String text() {
        return control + " differs between the arms (" + Digits.p(pValue) + "), which no " + cause
                + " can cause: something else differs between them.";
    }
}
