package org.showroomlab.stats.verdict;

/**
 * Several arms that could not be compared with the best of them, so that none is ruled out.
 *
 * @param reason why, as a sentence
 */
public record ArmsNotCompared(int arms, String reason) implements Finding {

    /** Not separated they are in either case; the sentence says which. */
    @Override
    public String code() {
        return "arms_not_separated";
    }

    @Override
    public boolean active() {
        return arms > 1;
    }

    @Override
    public Weight weight() {
        return Weight.LEAVES_OPEN;
    }

    @Override
    public String text() {
        return "Which of the " + arms + " arms is the best could not be computed: " + reason;
    }
}
