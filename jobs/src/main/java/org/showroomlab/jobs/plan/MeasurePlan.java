package org.showroomlab.jobs.plan;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.experiment.Filter;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.scan.FieldNumber;
import org.showroomlab.ingest.scan.ScannedEvent;

/** A {@link Measure} compiled for events as they stand in their bytes: no object is made to evaluate it. */
public final class MeasurePlan {
    /** What an event says of a measure. */
    public enum Reading {
        NO_MATCH,
        ADDS,
        SUBTRACTS,
        /** It matches, but its number does not fit 64 bits. */
        OUT_OF_RANGE
    }

    private final int types;
    private final Test[] where;
    private final Test @Nullable [] subtract;
    private final @Nullable EventField valueField;
    private final int valueNumber;
    private final byte[] valueAttribute;

    MeasurePlan(Measure measure) {
        int mask = 0;
        for (var type : measure.events()) {
            mask |= 1 << type.ordinal();
        }
        this.types = mask;
        this.where = tests(measure.where());
        Filter subtracted = measure.subtract();
        this.subtract = subtracted == null ? null : tests(subtracted);
        this.valueField = measure.value();
        EventField field = measure.value();
        this.valueNumber = field == null ? FieldNumber.ATTRIBUTE : FieldNumber.of(field);
        this.valueAttribute =
                field != null && valueNumber == FieldNumber.ATTRIBUTE ? FieldNumber.attributeName(field) : new byte[0];
    }

    /** Bit per event type, by its ordinal. */
    int types() {
        return types;
    }

    /** The values that a field must have, when the measure matches nothing else. */
    @Nullable
    Set<String> required(int field) {
        for (Test[] tests : subtract == null ? new Test[][] {where} : new Test[][] {where, subtract}) {
            boolean found = false;
            for (Test test : tests) {
                found |= test.number == field;
            }
            if (!found) {
                return null;
            }
        }
        Set<String> values = new java.util.HashSet<>();
        for (Test[] tests : subtract == null ? new Test[][] {where} : new Test[][] {where, subtract}) {
            for (Test test : tests) {
                if (test.number == field) {
                    values.addAll(test.condition.texts());
                }
            }
        }
        return values;
    }

    /** How the event counts; its value is then {@link #value}. */
    public Reading read(ScannedEvent event) {
        if ((types >>> event.type().ordinal() & 1) == 0) {
            return Reading.NO_MATCH;
        }
        boolean subtracts = subtract != null && all(subtract, event);
        if (!subtracts && !all(where, event)) {
            return Reading.NO_MATCH;
        }
        if (valueField != null) {
            if (valueNumber != FieldNumber.ATTRIBUTE) {
                if (!event.has(valueNumber)) {
                    return Reading.NO_MATCH;
                }
            } else {
                int attribute = event.attribute(valueAttribute);
                if (attribute < 0 || event.attributeIsText(attribute)) {
                    return Reading.NO_MATCH;
                }
                if (event.attributeOutOfRange(attribute)) {
                    return Reading.OUT_OF_RANGE;
                }
            }
        }
        return subtracts ? Reading.SUBTRACTS : Reading.ADDS;
    }

    /** The scaled value of an event that matches. */
    public long value(ScannedEvent event) {
        if (valueField == null) {
            return 1;
        }
        return valueNumber != FieldNumber.ATTRIBUTE
                ? event.number(valueNumber)
                : event.attributeNumber(event.attribute(valueAttribute));
    }

    /** The field that the value is read from. */
    public String valueName() {
        return valueField == null ? "" : valueField.name();
    }

    private static boolean all(Test[] tests, ScannedEvent event) {
        for (Test test : tests) {
            if (!test.holds(event)) {
                return false;
            }
        }
        return true;
    }

    private static Test[] tests(Filter filter) {
        List<Filter.Condition> conditions = filter.conditions();
        Test[] tests = new Test[conditions.size()];
        for (int i = 0; i < tests.length; i++) {
            tests[i] = new Test(conditions.get(i));
        }
        return tests;
    }

    /** One condition of a filter. */
    private static final class Test {
        private final Filter.Condition condition;
        private final int number;
        private final byte[] attribute;
        private final byte[][] texts;
        private final long[] numbers;

        Test(Filter.Condition condition) {
            this.condition = condition;
            EventField field = condition.field();
            this.number = FieldNumber.of(field);
            this.attribute = number == FieldNumber.ATTRIBUTE ? FieldNumber.attributeName(field) : new byte[0];
            this.texts = condition.texts().stream()
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
            this.numbers = condition.numbers().stream()
                    .map(value -> value.movePointRight(field.scale()))
                    .filter(Test::isLong)
                    .mapToLong(BigDecimal::longValueExact)
                    .toArray();
        }

        private static boolean isLong(BigDecimal value) {
            try {
                value.longValueExact();
                return true;
            } catch (ArithmeticException e) {
                return false;
            }
        }

        boolean holds(ScannedEvent event) {
            if (number == FieldNumber.ATTRIBUTE) {
                return attributeHolds(event);
            }
            if (number == FieldNumber.SERVED_ELSEWHERE) {
                return event.isServedElsewhere();
            }
            if (!event.has(number)) {
                return false;
            }
            if (condition.field().kind() == EventField.Kind.NUMBER) {
                return contains(event.number(number));
            }
            for (byte[] text : texts) {
                if (event.textEquals(number, text)) {
                    return true;
                }
            }
            return false;
        }

        private boolean attributeHolds(ScannedEvent event) {
            int at = event.attribute(attribute);
            if (at < 0) {
                return false;
            }
            if (event.attributeIsNumber(at)) {
                return contains(event.attributeNumber(at));
            }
            if (event.attributeOutOfRange(at)) {
                // One of more digits is equal to none of a file, and would take its time to be converted.
                return event.attributeLength(at) <= AttributeValue.Huge.MAX_LESSER_DIGITS
                        && condition.numbers().contains(new BigDecimal(event.attributeText(at)).stripTrailingZeros());
            }
            for (byte[] text : texts) {
                if (event.attributeTextEquals(at, text)) {
                    return true;
                }
            }
            return false;
        }

        private boolean contains(long value) {
            for (long allowed : numbers) {
                if (allowed == value) {
                    return true;
                }
            }
            return false;
        }
    }
}
