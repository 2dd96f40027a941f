package org.showroomlab.jobs.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Filter;
import org.showroomlab.ingest.experiment.Measure;

/**
 * Which life tables an experiment keeps: clocks that start at a visitor's exposure or purchase and stop at the earliest
 * of competing ends.
 *
 * @param binMillis length of a bin
 */
public record LifeTablePlan(List<Clock> clocks, long binMillis) {
    public static final LifeTablePlan NONE = new LifeTablePlan(List.of(), 1);
    /** The kind of the row that counts who entered. */
    public static final String ENTERED = "entered";

    public LifeTablePlan {
        clocks = List.copyOf(clocks);
    }

    /**
     * One clock.
     *
     * @param entrySlot the value stream whose earliest event starts it; {@link MetricPlan#NONE}: the first exposure
     * @param ends in the order that decides at equal times
     */
    public record Clock(String origin, int entrySlot, List<End> ends) {
        public Clock {
            ends = List.copyOf(ends);
        }
    }

    /** One way to leave, and the value stream of the events that are it. */
    public record End(String kind, int slot) {}

    static LifeTablePlan of(Experiment experiment, ToIntFunction<Measure> slot) {
        if (experiment.unit() != Experiment.UnitKind.VISITOR) {
            return NONE;
        }
        List<Clock> clocks = new ArrayList<>();
        if (experiment.analysis() == Experiment.Analysis.PREORDER_WALK_IN) {
            List<End> ends = List.of(
                    end("picked_up", slot, "pickup"),
                    end("cancelled", slot, "cancellation", "refund"),
                    end("no_show", slot, "no_show"));
            clocks.add(new Clock("exposure", MetricPlan.NONE, ends));
            clocks.add(new Clock("preorder", slot.applyAsInt(purchases("preorder")), ends));
        } else if (experiment.analysis() == Experiment.Analysis.PRICE_ELASTICITY) {
            List<End> ends = List.of(end("renewed", slot, "renewal"), end("cancelled", slot, "cancellation", "refund"));
            clocks.add(new Clock("subscription", slot.applyAsInt(purchases("subscription")), ends));
        }
        return clocks.isEmpty() ? NONE : new LifeTablePlan(clocks, binMillis(experiment));
    }

    private static long binMillis(Experiment experiment) {
        Duration length = Duration.between(experiment.start(), experiment.observeUntil());
        if (length.compareTo(Duration.ofDays(4)) <= 0) {
            return Duration.ofMinutes(15).toMillis();
        }
        return (length.compareTo(Duration.ofDays(31)) <= 0 ? Duration.ofHours(2) : Duration.ofHours(6)).toMillis();
    }

    private static End end(String kind, ToIntFunction<Measure> slot, String... purchaseKinds) {
        return new End(kind, slot.applyAsInt(purchases(purchaseKinds)));
    }

    private static Measure purchases(String... kinds) {
        Optional<EventField> kind = EventField.named("kind");
        Filter.Condition condition = new Filter.Condition(kind.orElseThrow(), new HashSet<>(List.of(kinds)), Set.of());
        return new Measure(EnumSet.of(EventType.PURCHASE), new Filter(List.of(condition)), null, null);
    }
}
