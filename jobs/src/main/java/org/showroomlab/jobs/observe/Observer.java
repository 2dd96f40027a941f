package org.showroomlab.jobs.observe;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.Fingerprints;
import org.showroomlab.ingest.codec.Refusal;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Decimal6;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.Filter;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.jobs.plan.CountingPlan;
import org.showroomlab.jobs.plan.ExperimentPlan;

/** Looks at an event through the loaded experiments. */
public final class Observer {
    private static final EventField VISITOR = EventField.named("visitor").orElseThrow();
    private static final @Nullable String[] NO_VALUES = {};

    private final CountingPlan plan;
    private final List<Measure> measures;

    public Observer(CountingPlan plan) {
        this.plan = plan;
        this.measures = plan.measures();
    }

    /** A metric needs a number of this event that does not fit 64 bits. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Refusal refusal;

        Unreadable(Refusal refusal) {
            super(refusal.detail(), null, false, false);
            this.refusal = refusal;
        }

        public Refusal refusal() {
            return refusal;
        }
    }

    public Observation observe(Event event, String source, byte[] bytes) throws Unreadable {
        Exposures exposures = exposures(event);
        int[] slots = new int[measures.size()];
        long[] values = new long[measures.size()];
        int used = readValues(event, slots, values);
        String visitor = (String) VISITOR.read(event);
        return new Observation(
                Hash128.of(Fingerprints.ofIdentity(event.type(), event.header().id())),
                event.header().timestampMillis(),
                Fingerprints.ofContent(bytes),
                source,
                visitor == null ? Hash128.NONE : Hash128.of(Fingerprints.of(visitor)),
                exposures.experiments,
                exposures.variants,
                Arrays.copyOf(slots, used),
                Arrays.copyOf(values, used),
                exposures.experiments.length == 0 ? NO_VALUES : dimensionValues(event),
                exposures.unknown);
    }

    private record Exposures(int[] experiments, int[] variants, int unknown) {
        static final Exposures NONE = new Exposures(new int[0], new int[0], 0);
    }

    private Exposures exposures(Event event) {
        Map<String, String> carried = event.header().exposures();
        if (carried.isEmpty()) {
            return Exposures.NONE;
        }
        int[] experiments = new int[carried.size()];
        int[] variants = new int[carried.size()];
        int used = 0;
        int unknown = 0;
        for (Map.Entry<String, String> e : carried.entrySet()) {
            ExperimentPlan experiment = plan.experiment(e.getKey());
            Integer variant =
                    experiment == null ? null : experiment.variantNumbers().get(e.getValue());
            if (experiment == null || variant == null) {
                unknown++;
            } else if (experiment.isRunningAt(event.header().timestampMillis()) && experiment.countsVisitors()) {
                experiments[used] = experiment.number();
                variants[used++] = variant;
            }
        }
        return new Exposures(Arrays.copyOf(experiments, used), Arrays.copyOf(variants, used), unknown);
    }

    private int readValues(Event event, int[] slots, long[] values) throws Unreadable {
        EventType type = event.type();
        int used = 0;
        for (int slot = 0; slot < measures.size(); slot++) {
            Measure measure = measures.get(slot);
            if (!measure.events().contains(type)) {
                continue;
            }
            Filter subtract = measure.subtract();
            boolean subtracts = subtract != null && subtract.matches(event);
            if (subtracts || measure.where().matches(event)) {
                Long value = value(event, measure.value());
                if (value != null) {
                    slots[used] = slot;
                    values[used++] = subtracts ? -value : value;
                }
            }
        }
        return used;
    }

    private static @Nullable Long value(Event event, @Nullable EventField field) throws Unreadable {
        if (field == null) {
            return 1L;
        }
        Object read = field.read(event);
        if (read instanceof Long scaled) {
            return scaled;
        }
        if (!(read instanceof AttributeValue.Numeric numeric)) {
            return null;
        }
        BigDecimal number = numeric.value();
        if (!Decimal6.fits(number, field.scale())) {
            throw new Unreadable(new Refusal(
                    Refusal.Code.VALUE_OUT_OF_RANGE,
                    field.name(),
                    field.name() + " is beyond ±9.2e12 and a metric reads it"));
        }
        return Decimal6.scaled(number, field.scale());
    }

    private @Nullable String[] dimensionValues(Event event) {
        List<EventField> fields = plan.dimensionFields();
        @Nullable String[] values = new String[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = text(fields.get(i).read(event));
        }
        return values;
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof AttributeValue.Text t) {
            return t.value();
        }
        if (value instanceof AttributeValue.Numeric n) {
            return n.value().stripTrailingZeros().toPlainString();
        }
        return value == null ? null : value.toString();
    }
}
