package org.showroomlab.stats.verdict;

/**
 * Nearly all switches of a switchback went the same way, or they took turns: what sets the first period of a pair apart from
 * the second, such as the time of day, is not told from the variant, and no sign was drawn that could be flipped.
 *
 * @param treatment the variant that was switched with the control
 * @param controlFirst pairs of periods in which the control came first
 * @param pairs of all that were drawn
 * @param regular whether the variants take turns in too few clusters for any test of which of them began with which
 */
public record FixedOrder(String treatment, long controlFirst, long pairs, boolean regular) implements Finding {
    /** The stable code. */
    public static final String CODE = "fixed_order";

    /** With fewer no difference is significant. */
    private static final long FEWEST_PAIRS = 6;

    /** A share that coins give six pairs three times in a hundred, and more pairs more rarely. */
    private static final double NEARLY_ALL = 0.95;

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public boolean active() {
        return regular || isOneOrder();
    }

    private boolean isOneOrder() {
        return pairs >= FEWEST_PAIRS && Math.max(controlFirst, pairs - controlFirst) >= NEARLY_ALL * pairs;
    }

    @Override
    public Weight weight() {
        return Weight.DISTORTS;
    }

    @Override
    public String text() {
        if (!isOneOrder()) {
            return "The control and " + treatment
                    + " take turns regularly: what comes and goes as they do, such as the time"
                    + " of day, is not told from the variant.";
        }
        boolean isControl = 2 * controlFirst > pairs;
        return "In " + (isControl ? controlFirst : pairs - controlFirst) + " of " + pairs + " pairs of periods "
                + (isControl ? "the control came before " + treatment : treatment + " came before the control")
                + ": what differs between the first and the second, such as the time of day, is not told from the variant.";
    }
}
