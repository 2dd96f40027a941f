package org.showroomlab.stats.verdict;

import java.util.List;
import java.util.Locale;
import org.showroomlab.stats.Computable;

/** Something that limits what is done with some arms, whatever their metrics say. */
public sealed interface ArmFinding extends Finding {

    /** The arms it is about. */
    List<String> arms();

    /**
     * A price that cannot be the one that earns most. That more visitors buy at it is no reason to take it: at a lower price
     * they do.
     *
     * @param couldBeBest whether the comparison with the best leaves it in
     * @param revenue per visitor, in minor units
     * @param best the arm with the largest revenue per visitor
     */
    record ExcludedByRevenue(String arm, boolean couldBeBest, double revenue, String best, double bestRevenue)
            implements ArmFinding {
        @Override
        public String code() {
            return "revenue_excludes_arm";
        }

        @Override
        public boolean active() {
            return !couldBeBest;
        }

        @Override
        public Weight weight() {
            return Weight.EXCLUDES_ARM;
        }

        @Override
        public List<String> arms() {
            return List.of(arm);
        }

        @Override
        public String text() {
            return "Revenue per visitor excludes " + arm + ": list price times conversion is " + Digits.plain(revenue)
                    + " minor units per visitor, for " + best + " " + Digits.plain(bestRevenue)
                    + "; it cannot be the price that earns most; a better conversion alone is no reason for it.";
        }
    }

    /**
     * The only price that can earn most. That fewer visitors buy at it is no reason to leave it: at a higher price they do.
     *
     * @param couldBeBest whether the comparison with the best leaves it in
     * @param candidates how many arms it leaves in
     * @param revenue per visitor, in minor units
     */
    record BestByRevenue(String arm, boolean couldBeBest, int candidates, double revenue) implements ArmFinding {
        /** The stable code. */
        public static final String CODE = "revenue_favours_arm";

        @Override
        public String code() {
            return CODE;
        }

        @Override
        public boolean active() {
            return couldBeBest && candidates == 1;
        }

        @Override
        public Weight weight() {
            return Weight.SPARES_ARM;
        }

        @Override
        public List<String> arms() {
            return List.of(arm);
        }

        @Override
        public String text() {
            return "Revenue per visitor favours " + arm + ": list price times conversion is " + Digits.plain(revenue)
                    + " minor units per visitor, and no other price can earn most; where fewer visitors buy at it,"
                    + " that alone is no reason against it.";
        }
    }

    /**
     * A TTL whose answers may be outdated too often.
     *
     * @param upperBound of the share of outdated answers
     */
    record StaleBudget(String arm, Computable<Double> upperBound, double budget) implements ArmFinding {
        @Override
        public String code() {
            return "stale_budget";
        }

        @Override
        public boolean active() {
            return upperBound.value().filter(bound -> bound <= budget).isEmpty();
        }

        @Override
        public Weight weight() {
            return Weight.EXCLUDES_ARM;
        }

        @Override
        public List<String> arms() {
            return List.of(arm);
        }

        @Override
        public String text() {
            return "With " + arm + " the share of outdated answers "
                    + upperBound
                            .value()
                            .map(bound -> "may be " + percent(bound))
                            .orElse("is not known")
                    + ", which is not shown to be within the budget of " + percent(budget)
                    + upperBound.reason().map(reason -> ": " + reason).orElse(".");
        }
    }

    /**
     * The TTL that the rule for TTLs asks for. Another one does not ship in its place, and that its primary metrics are worse
     * within the margin does not roll it back.
     *
     * @param arms with that TTL; empty where none is recommended
     */
    record RecommendedTtl(List<String> arms, long ttlSeconds, double margin, double staleBudget) implements ArmFinding {
        /** Copies the list. */
        public RecommendedTtl {
            arms = List.copyOf(arms);
        }

        @Override
        public String code() {
            return "recommended_ttl";
        }

        @Override
        public boolean active() {
            return !arms.isEmpty();
        }

        @Override
        public Weight weight() {
            return Weight.ASKS_FOR_ARM;
        }

        @Override
        public String text() {
            return "The recommended TTL is " + ttlSeconds + " s (" + String.join(", ", arms)
                    + "): the smallest that is shown to be within " + percent(margin)
                    + " of the fastest arm's p75 LCP and within the stale budget of " + percent(staleBudget) + ".";
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.3g %%", 100 * share);
    }
}
