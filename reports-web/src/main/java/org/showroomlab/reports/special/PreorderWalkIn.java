package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.survival.CurveTest;

/**
 * From preorder to walk-in: who picked up when, and how much of it was the offer and how much the stock.
 *
 * @param tauHours up to which the restricted mean counts
 * @param arms in the order of the experiment file
 * @param contrasts each treatment against the control
 * @param stock preorders by showroom and arm, or why they are not known by showroom
 */
public record PreorderWalkIn(
        double tauHours, List<Arm> arms, List<Contrast> contrasts, Computable<List<StockLine>> stock)
        implements SpecialReading {
    public PreorderWalkIn {
        arms = List.copyOf(arms);
        contrasts = List.copyOf(contrasts);
    }

    /**
     * One arm.
     *
     * @param pieces reserved in all showrooms together; empty when not known
     * @param incidence of all exposed, by hours since first exposure
     * @param ofPreordered of those who preordered, by hours since the preorder; descriptive, because ordering is an effect
     * @param rmst hours without pick-up, up to tau
     * @param burnDown by hours since the start
     */
    public record Arm(
            String variant,
            long exposed,
            long preordered,
            OptionalLong pieces,
            Computable<List<Incidence>> incidence,
            Computable<List<Incidence>> ofPreordered,
            Computable<Level> rmst,
            List<Burn> burnDown) {
        public Arm {
            burnDown = List.copyOf(burnDown);
        }
    }

    /** Shares of those who entered that had left in each way by then; the rest is still waiting. */
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

    /**
     * What one arm sold in one showroom.
     *
     * @param sold preorders of the visitors whose first exposure was there
     */
    public record StockLine(String showroom, String variant, OptionalLong allotment, long exposed, long sold) {
        /** Sold of what was reserved; {@code null} when that is not known. */
        public @Nullable Double sellThrough() {
            return allotment.isEmpty() || allotment.getAsLong() == 0 ? null : (double) sold / allotment.getAsLong();
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
