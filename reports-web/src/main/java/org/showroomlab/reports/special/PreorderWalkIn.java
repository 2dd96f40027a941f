package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.survival.CurveTest;
import org.showroomlab.stats.verdict.Finding;

/**
 * From preorder to walk-in: who picked up when, and how much of it was the offer and how much the stock.
 *
 * @param tauHours up to which the restricted mean counts
 * @param arms in the order of the experiment file
 * @param contrasts each treatment against the control
 * @param stock what became of the pieces by showroom, product and arm, or why that is not known
 * @param turnedAwayBasis what counts as turned away
 * @param findings what it means for the verdict
 */
public record PreorderWalkIn(
        double tauHours,
        List<Arm> arms,
        List<Contrast> contrasts,
        Computable<List<StockLine>> stock,
        String turnedAwayBasis,
        Channels channels,
        Returns returns,
        List<Finding> findings)
        implements SpecialReading {
    public PreorderWalkIn {
        arms = List.copyOf(arms);
        contrasts = List.copyOf(contrasts);
        findings = List.copyOf(findings);
    }

    /**
     * One arm.
     *
     * @param medianEntryHours from the start until half of them had been exposed; empty without anybody
     * @param pieces reserved in all showrooms together; empty when not known
     * @param soldOutShare of its preorders those in showrooms where its pieces ran out: their number was hardly left to chance,
     *     and the intervals of the arm's sales, pick-ups and waiting know it; not computable where preorders are not known by showroom
     * @param incidence of all exposed, by hours since first exposure
     * @param ofPreordered of those who preordered, by hours since the preorder; descriptive, because ordering is an effect
     * @param rmst hours without pick-up, up to tau
     * @param flatFromHours where tau is out of sight: beyond it nobody was seen, and the restricted mean takes it that nobody
     *     picked up any more; empty when somebody was seen up to tau, but for a bin
     * @param burnDown by hours since the start
     */
    public record Arm(
            String variant,
            long exposed,
            long preordered,
            OptionalDouble medianEntryHours,
            OptionalLong pieces,
            Computable<Double> soldOutShare,
            Computable<List<Incidence>> incidence,
            Computable<List<Incidence>> ofPreordered,
            Computable<Level> rmst,
            OptionalDouble flatFromHours,
            List<Burn> burnDown) {
        public Arm {
            burnDown = List.copyOf(burnDown);
        }
    }

    /**
     * Shares of those who entered that had left in each way before so many hours; the rest is still waiting. Who left
     * exactly then is in the next bin.
     */
    public record Incidence(double hours, double pickedUp, double cancelled, double noShow) {
        /** The share of those who have not left in any way. */
        public double waiting() {
            return 1 - pickedUp - cancelled - noShow;
        }
    }

    /** An estimate with its interval. */
    public record Level(double estimate, double stdError, Interval ci) {}

    /** Preorders and pick-ups so far. */
    public record Burn(double hours, long preordered, long pickedUp) {}

    /**
     * A treatment against the control.
     *
     * @param rmst treatment minus control, hours without pick-up
     * @param gray that the incidences of pick-up are the same
     * @param logRank the same of the hazards, second opinion
     * @param pickedUp share that picked up by the last hour seen
     * @param demand who wants to preorder while there is something to order
     * @param sales who preordered, given the stock
     */
    public record Contrast(
            String variant,
            String control,
            Computable<Effect> rmst,
            Computable<CurveTest> gray,
            Computable<CurveTest> logRank,
            Computable<Effect> pickedUp,
            Computable<Effect> demand,
            Computable<Effect> sales) {}

    /** Pieces taken so far, at the end of a minute in which some were. */
    public record Taken(double hours, BigDecimal pieces) {}

    /**
     * What one arm sold of one product in one showroom.
     *
     * @param sku {@code null} when it is not known
     * @param shared whether other arms drew on the same pieces
     * @param sold pieces preordered; of a product that is the arm's own also by visitors who saw both arms
     * @param burnDown how it came to that, minute by minute; empty when it was not counted
     * @param onHand what the last report says
     * @param soldOutAt since when reports say that none is left; where it was filled again, when it was empty first
     * @param soldOutHours the same in hours since the start
     * @param filledAgain whether there were some later, after many had come while there was none
     * @param soldOutForGood whether none was left at the drop's end
     * @param turnedAway visits of the arm's visitors that came too late
     * @param reason why something is not known
     */
    public record StockLine(
            String showroom,
            @Nullable String sku,
            String variant,
            OptionalLong allotment,
            boolean shared,
            BigDecimal sold,
            List<Taken> burnDown,
            OptionalLong onHand,
            @Nullable Instant soldOutAt,
            @Nullable Double soldOutHours,
            boolean filledAgain,
            boolean soldOutForGood,
            OptionalLong turnedAway,
            @Nullable String reason) {
        public StockLine {
            burnDown = List.copyOf(burnDown);
        }

        /** Why something is not known; a variant without allotment is one reason of it. */
        @Override
        public @Nullable String reason() {
            String ofAllotment = allotment.isEmpty() ? "the variant has no allotment" : null;
            if (reason == null || ofAllotment == null) {
                return reason == null ? ofAllotment : reason;
            }
            return reason + "; " + ofAllotment;
        }

        /** Sold of what was reserved; {@code null} when that is not known. */
        public @Nullable Double sellThrough() {
            return allotment.isEmpty() || allotment.getAsLong() == 0
                    ? null
                    : sold.doubleValue() / allotment.getAsLong();
        }
    }

    @Override
    public String key() {
        return "preorder_walk_in";
    }

    @Override
    public ObjectNode json() {
        return PreorderWalkInJson.of(this);
    }
}
