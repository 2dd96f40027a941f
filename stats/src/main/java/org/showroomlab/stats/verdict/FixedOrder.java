package org.showroomlab.stats.verdict;

/**
 * Nearly all switches of a switchback went the same way: what sets the first period of a pair apart from the second, such as
 * the time of day, is not told from the variant, and no sign was drawn that could be flipped.
 *
 * @param treatment the variant that was switched with the control
 * @param controlFirst pairs of periods in which the control came first
 * @param pairs of all that were drawn
 */
public record FixedOrder(String treatment, long controlFirst, long pairs) implements Finding {
    /** The stable code. */
    public static final String CODE = "fixed_order";

    /** Of fewer by chance. */
    private static final long FEWEST_PAIRS = 8;

    /** A share that coins give eight pairs once in a hundred times, and more pairs more rarely. */
    private static final double NEARLY_ALL = 0.95;

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public boolean active() {
        return pairs >= FEWEST_PAIRS && Math.max(controlFirst, pairs - controlFirst) >= NEARLY_ALL * pairs;
    }

    @Override
    public Weight weight() {
        return Weight.DISTORTS;
    }

    @Override
    public String text() {
        boolean isControl = 2 * controlFirst > pairs;
        return "In " + (isControl ? controlFirst : pairs - controlFirst) + " of " + pairs + " pairs of periods "
                + (isControl ? "the control came before " + treatment : treatment + " came before the control")
                + ": what differs between the first and the second, such as the time of day, is not told from the variant.";
    }
}
