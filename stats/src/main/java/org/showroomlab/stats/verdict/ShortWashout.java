package org.showroomlab.stats.verdict;

/**
 * Caches were switched between TTLs, and what they keep from the variant before outlives the part of a period that is not
 * counted: the arms look more alike than they are.
 *
 * @param washoutSeconds start of each period that is not counted
 * @param longestTtlSeconds of all variants
 */
public record ShortWashout(long washoutSeconds, long longestTtlSeconds) implements Finding {
    @Override
    public String code() {
        return "short_washout";
    }

    @Override
    public boolean active() {
        return washoutSeconds < longestTtlSeconds;
    }

    @Override
    public Weight weight() {
        return Weight.NEEDS_REVIEW;
    }

    @Override
    public String text() {
        return "The first " + washoutSeconds + " s of each period are not counted, but objects live for up to "
                + longestTtlSeconds + " s: after a switch those of the variant before are counted for the next.";
    }
}
