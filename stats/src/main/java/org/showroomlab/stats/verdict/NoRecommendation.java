package org.showroomlab.stats.verdict;

/**
 * What the experiment is to recommend could not be computed, though an arm could ship for its metrics: without it nobody
 * knows whether that arm is the one to keep.
 *
 * @param why sentence; what is missing
 */
public record NoRecommendation(String why) implements Finding {
    @Override
    public String code() {
        return "no_recommendation";
    }

    @Override
    public boolean active() {
        return true;
    }

    @Override
    public Weight weight() {
        return Weight.NEEDS_REVIEW;
    }

    @Override
    public String text() {
        return "Nothing can be recommended: " + why;
    }
}
