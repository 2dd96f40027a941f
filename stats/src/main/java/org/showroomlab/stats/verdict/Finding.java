package org.showroomlab.stats.verdict;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Something that limits what the data can carry. Each finding is built from its numbers, knows whether they are enough
 * to act on, how far it pulls the decision down, and its sentence.
 */
public sealed interface Finding
        permits ArmFinding,
                ArmsNotCompared,
                Contaminated,
                Finding.SampleRatio,
                Finding.MixedUnits,
                Finding.TooFewClusters,
                Finding.SharedStockSoldOut,
                Finding.ImmatureCohorts,
                Finding.DifferentialLateness,
                Finding.ArmsNotSeparated,
                Finding.NoAcceptableArm,
                NoRecommendation,
                ShortWashout,
                FixedOrder,
                Finding.CutWindows,
                Finding.StockNotReported,
                Finding.MixedCurrencies,
                Finding.ShiftedNotAdded,
                Finding.Provisional,
                Finding.Underpowered,
                Finding.WrongUnit {

    /** How far a finding pulls a decision down. */
    enum Weight {
        /** No verdict at all. */
        BLOCKS,
        /** Neither ship nor roll back yet: time will cure it. */
        POSTPONES,
        /**
         * Success metrics decide nothing, for better or worse: the arms differ in more than what is tested, which time will
         * not cure. A person has to look as soon as something could be decided.
         */
        DISTORTS,
        /** Success metrics decide nothing, for better or worse: what the experiment asks is another question, still open. */
        LEAVES_OPEN,
        /** A person has to look before anything ships: time will not cure it. */
        NEEDS_REVIEW,
        /** Its arms do not ship. */
        EXCLUDES_ARM,
        /** Its arms are not rolled back for their success metrics; for guardrails they are. */
        SPARES_ARM,
        /** Nothing ships without one of its arms, which are spared as well. */
        ASKS_FOR_ARM,
        /** Said, but changes nothing. */
        NOTED
    }

    /** The stable code. */
    String code();

    /** Whether the numbers are bad enough to act on. */
    boolean active();

    /** How far it pulls the decision down when active. */
    Weight weight();

    /** One sentence with the numbers. */
    String text();

    /**
     * The arms do not have the planned sizes; acts below p = .001. The test for one look finds some by
     * chance where there are many looks: while they go on it postpones, and only what holds for a look every day blocks.
     *
     * @param pValue of the test for one look
     * @param dailyPValue of a test that holds for a look every day; empty when this is the only look
     */
    record SampleRatio(double pValue, OptionalDouble dailyPValue, String counts) implements Finding {
        /** The p-value below which the arms' sizes are called wrong. */
        public static final double THRESHOLD = 0.001;

        @Override
        public String code() {
            return "srm";
        }

        /** At the only look. */
        public SampleRatio(double pValue, String counts) {
            this(pValue, OptionalDouble.empty(), counts);
        }

        @Override
        public boolean active() {
            return Math.min(pValue, dailyPValue.orElse(1)) < THRESHOLD;
        }

        @Override
        public Weight weight() {
            return dailyPValue.orElse(pValue) < THRESHOLD ? Weight.BLOCKS : Weight.POSTPONES;
        }

        @Override
        public String text() {
            String sizes = "The arms' sizes (" + counts + ") do not fit the planned weights: ";
            if (dailyPValue.isEmpty()) {
                return sizes + format("%s, below %s.", Reason.pValue(pValue), THRESHOLD);
            }
            double daily = dailyPValue.getAsDouble();
            return sizes
                    + (daily < THRESHOLD
                            ? format("%s by the test for a look every day, below %s.", Reason.pValue(daily), THRESHOLD)
                            : format(
                                    "%s at one look, below %s, but %s by the test for a look every day; nothing is decided"
                                            + " before it is clear.",
                                    Reason.pValue(pValue), THRESHOLD, Reason.pValue(daily)));
        }
    }

    /** Units seen with two variants; acts above one per cent. */
    record MixedUnits(long mixed, long units) implements Finding {
        /** The share above which mixing is too much. */
        public static final double THRESHOLD = 0.01;

        @Override
        public String code() {
            return "mixed_units";
        }

        @Override
        public boolean active() {
            return mixed > THRESHOLD * ((double) mixed + units);
        }

        @Override
        public Weight weight() {
            return Weight.BLOCKS;
        }

        @Override
        public String text() {
            double share = 100.0 * mixed / ((double) mixed + units);
            return format(
                    "%d of %d units saw more than one variant (%.2f %%, limit 1 %%).", mixed, mixed + units, share);
        }
    }

    /** Too few clusters for any test of this design to reach α. */
    record TooFewClusters(int clusters, int needed, double smallestPValue) implements Finding {
        @Override
        public String code() {
            return "too_few_clusters";
        }

        @Override
        public boolean active() {
            return clusters < needed;
        }

        @Override
        public Weight weight() {
            return Weight.BLOCKS;
        }

        @Override
        public String text() {
            return format(
                    "There are %d clusters and this design needs %d: the smallest p-value it can reach is %.4f.",
                    clusters, needed, smallestPValue);
        }
    }

    /** Arms that drew on one stock, which ran out. */
    record SharedStockSoldOut(List<String> stocks) implements Finding {
        /** Copies the list. */
        public SharedStockSoldOut {
            stocks = List.copyOf(stocks);
        }

        @Override
        public String code() {
            return "shared_stock_sold_out";
        }

        @Override
        public boolean active() {
            return !stocks.isEmpty();
        }

        @Override
        public Weight weight() {
            return Weight.BLOCKS;
        }

        @Override
        public String text() {
            return format(
                    "%d %s shared by the arms sold out (%s): a sale in one arm took it from another, so the sales"
                            + " effect is not identified.",
                    stocks.size(),
                    stocks.size() == 1 ? "stock" : "stocks",
                    String.join(", ", stocks.subList(0, Math.min(3, stocks.size()))));
        }
    }

    /** Units whose attribution window is not over yet. */
    record ImmatureCohorts(long immature, long units, double windowHours, boolean leftOut) implements Finding {
        /** Where they are in the numbers that decide, too. */
        public ImmatureCohorts(long immature, long units, double windowHours) {
            this(immature, units, windowHours, false);
        }

        @Override
        public String code() {
            return "immature_cohorts";
        }

        @Override
        public boolean active() {
            return immature > 0;
        }

        @Override
        public Weight weight() {
            return leftOut ? Weight.NOTED : Weight.POSTPONES;
        }

        @Override
        public String text() {
            return format(
                    "Up to %d of %d units have not yet had the %.0f hours in which their outcomes count%s.",
                    immature, units, windowHours, leftOut ? "; the verdict goes by the others" : "");
        }
    }

    /** The arms' units arrive late at different rates; acts when the difference is significant at .001. */
    record DifferentialLateness(double controlShare, double treatmentShare, double pValue) implements Finding {
        @Override
        public String code() {
            return "differential_lateness";
        }

        @Override
        public boolean active() {
            return pValue < SampleRatio.THRESHOLD;
        }

        @Override
        public Weight weight() {
            return Weight.BLOCKS;
        }

        @Override
        public String text() {
            return format(
                    "%.2f %% of the control's units came late and %.2f %% of the treatment's (%s): the newer"
                            + " cohorts compare unlike with unlike.",
                    100 * controlShare, 100 * treatmentShare, Reason.pValue(pValue));
        }
    }

    /**
     * Several arms, of which more than one could still be the best. A metric that is bound to move with the arms, as
     * conversion does with the price, then says nothing of which arm to take.
     */
    record ArmsNotSeparated(int couldBeBest, int arms) implements Finding {
        @Override
        public String code() {
            return "arms_not_separated";
        }

        @Override
        public boolean active() {
            return couldBeBest > 1;
        }

        @Override
        public Weight weight() {
            return Weight.LEAVES_OPEN;
        }

        @Override
        public String text() {
            return format(
                    "%d of %d arms could still be the best one; the data do not separate them.", couldBeBest, arms);
        }
    }

    /** Whatever changed, none of the tested arms may be taken. */
    record NoAcceptableArm(String limits, boolean none) implements Finding {
        @Override
        public String code() {
            return "no_acceptable_arm";
        }

        @Override
        public boolean active() {
            return none;
        }

        @Override
        public Weight weight() {
            return Weight.NEEDS_REVIEW;
        }

        @Override
        public String text() {
            return format("No tested arm is shown to be within %s.", limits);
        }
    }

    /** Units whose outcomes stopped counting before their attribution window was over. */
    record CutWindows(long cut, long units, double windowHours) implements Finding {
        @Override
        public String code() {
            return "immature_cohorts";
        }

        @Override
        public boolean active() {
            return cut > 0;
        }

        @Override
        public Weight weight() {
            return 2 * cut > units ? Weight.NEEDS_REVIEW : Weight.NOTED;
        }

        @Override
        public String text() {
            return format(
                    "Up to %d of %d units had less than the %.0f hours in which their outcomes count: observation ended"
                            + " before.",
                    cut, units, windowHours);
        }
    }

    /**
     * Pieces are reserved and go, but of too many of them no showroom has said what is on hand.
     *
     * @param unreported the share of the preorders of which no report tells what they could order; one of none before the
     *     first piece came does not
     * @param stocks where
     */
    record StockNotReported(long preorders, double unreported, List<String> stocks) implements Finding {
        private static final double MOST_UNREPORTED = 0.05;

        /** Copies the list. */
        public StockNotReported {
            stocks = List.copyOf(stocks);
        }

        @Override
        public String code() {
            return "stock_not_reported";
        }

        @Override
        public boolean active() {
            return preorders > 0 && unreported > MOST_UNREPORTED;
        }

        @Override
        public Weight weight() {
            return Weight.BLOCKS;
        }

        @Override
        public String text() {
            return format(
                    "The variants have allotments and %d preorders came, but no stock report is of what %s could order%s:"
                            + " it is not known whether there was anything left.",
                    preorders,
                    unreported < 1 ? format("%.0f %% of them", 100 * unreported) : "they",
                    stocks.isEmpty()
                            ? ""
                            : " (" + String.join(", ", stocks.subList(0, Math.min(3, stocks.size()))) + ")");
        }
    }

    /** Markets that were paid for in more than one currency, whose amounts cannot be added up. */
    record MixedCurrencies(List<String> markets) implements Finding {
        /** Copies the list. */
        public MixedCurrencies {
            markets = List.copyOf(markets);
        }

        @Override
        public String code() {
            return "mixed_currencies";
        }

        @Override
        public boolean active() {
            return !markets.isEmpty();
        }

        @Override
        public Weight weight() {
            return Weight.BLOCKS;
        }

        @Override
        public String text() {
            return format(
                    "Payments in more than one currency came from %s: their amounts are not added up.",
                    String.join(", ", markets));
        }
    }

    /** One channel gained what another lost. */
    record ShiftedNotAdded(String gains, String loses, boolean shifted) implements Finding {
        @Override
        public String code() {
            return "shifted_not_added";
        }

        @Override
        public boolean active() {
            return shifted;
        }

        @Override
        public Weight weight() {
            return Weight.NEEDS_REVIEW;
        }

        @Override
        public String text() {
            return format(
                    "Pieces were shifted, not added: %s sold more, %s sold less, and the total does not differ"
                            + " significantly.",
                    gains, loses);
        }
    }

    /** Showrooms that have not synced past the report's as-of time. */
    record Provisional(int behind, int showrooms) implements Finding {
        @Override
        public String code() {
            return "provisional";
        }

        @Override
        public boolean active() {
            return behind > 0;
        }

        @Override
        public Weight weight() {
            return Weight.POSTPONES;
        }

        @Override
        public String text() {
            return format("%d of %d showrooms have not synced past the time of this report.", behind, showrooms);
        }
    }

    /** A test that could not have seen the effect that matters. */
    record Underpowered(String metric, double power, double wantedPower) implements Finding {
        @Override
        public String code() {
            return "underpowered";
        }

        @Override
        public boolean active() {
            return power < wantedPower;
        }

        @Override
        public Weight weight() {
            return Weight.NOTED;
        }

        @Override
        public String text() {
            return format(
                    "The power of %s for the effect that matters is %.0f %%, below %.0f %%.",
                    metric, 100 * power, 100 * wantedPower);
        }
    }

    /** An analysis per visitor of something that was randomised by cluster. */
    record WrongUnit(String analysed, String randomised) implements Finding {
        @Override
        public String code() {
            return "wrong_unit";
        }

        @Override
        public boolean active() {
            return !analysed.equals(randomised);
        }

        @Override
        public Weight weight() {
            return Weight.BLOCKS;
        }

        @Override
        public String text() {
            return format(
                    "The analysis is per %s but the variants were assigned per %s: its p-values are far too small.",
                    analysed, randomised);
        }
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
