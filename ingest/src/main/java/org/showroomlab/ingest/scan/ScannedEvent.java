package org.showroomlab.ingest.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventType;

/**
 * A view of one event where it stands in its record's bytes. One instance serves all records of a thread, so that no
 * object is made per event: what it says is valid until the next {@linkplain EventScanner#scan scan} or
 * {@linkplain #load load}, and as long as the bytes do not change.
 *
 * <p>Fields are named by their {@link FieldNumber}. A field that is absent, {@code null}, or not one of the event's type
 * is not there ({@link #has}). Texts are regions of {@link #bytes()}, in UTF-8 without escapes; {@code failover} is the
 * text {@code true} or {@code false} too. Numbers are scaled as in {@link Event}: measured ones and the quantity (1 when
 * absent) are micros, {@code amount_minor} and {@code on_hand} are integers.
 */
public final class ScannedEvent {
    private static final int INITIAL_CAPACITY = 8;
    private static final byte[] NO_BYTES = {};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};

    byte[] bytes = NO_BYTES;

    @Nullable
    EventType type;

    final long[] timestamp = new long[1];

    /** One bit per field that is there. */
    int present;

    /** One bit per text that is there and empty. */
    int emptyTexts;

    final FieldOrder order = new FieldOrder();

    /** Room for the scanner: the names that it met and does not know. */
    final long[] unknownNames = new long[16];

    /** Numbers, and the regions of texts: start in the upper half, length in the lower. */
    final long[] values = new long[FieldNumber.COUNT];

    int exposureCount;
    long[] exposureKeys = new long[INITIAL_CAPACITY];
    long[] exposureVariants = new long[INITIAL_CAPACITY];

    int attributeCount;
    long[] attributeKeys = new long[INITIAL_CAPACITY];
    AttributeKind[] attributeKinds = new AttributeKind[INITIAL_CAPACITY];
    long[] attributeValues = new long[INITIAL_CAPACITY];

    private final LoadedBytes loaded = new LoadedBytes();

    /** What the value of an attribute is. */
    enum AttributeKind {
        TEXT,
        NUMBER,
        /** Kept as the text of the number, for want of a {@code long} that holds it. */
        NUMBER_OUT_OF_RANGE,
        /** As good as absent; only while a record is being scanned. */
        NULL
    }

    /** Shows an event that the codec decoded, with texts in bytes of this view's own. */
    public void load(Event event) {
        loaded.load(event, this);
    }

    /** Where the regions of texts lie: the record, or this view's own bytes. */
    public byte[] bytes() {
        return bytes;
    }

    public EventType type() {
        if (type == null) {
            throw new IllegalStateException("no event was scanned or loaded");
        }
        return type;
    }

    public long timestampMillis() {
        return timestamp[0];
    }

    /** Whether the event carries the field. */
    public boolean has(int field) {
        return (present >>> field & 1) != 0;
    }

    /** Where the text of a field starts; only for a field that {@linkplain #has is there}. */
    public int start(int field) {
        return start(values[field]);
    }

    /** How many bytes the text of a field has. */
    public int length(int field) {
        return length(values[field]);
    }

    /** Whether the field is there and has this text. */
    public boolean textEquals(int field, byte[] expected) {
        return has(field) && regionEquals(values[field], expected);
    }

    /** What {@link org.showroomlab.ingest.event.EventField#SERVED_ELSEWHERE} says. */
    public boolean isServedElsewhere() {
        if (textEquals(FieldNumber.FAILOVER, TRUE)) {
            return true;
        }
        int length = has(FieldNumber.SERVED_BY) ? length(FieldNumber.SERVED_BY) : 0;
        return length > 0
                && (length != length(FieldNumber.CACHE)
                        || !Words.areEqual(
                                bytes, start(FieldNumber.SERVED_BY), bytes, start(FieldNumber.CACHE), length));
    }

    /** The text of a field, or {@code null} when it is not there. */
    public @Nullable String text(int field) {
        return has(field) ? string(values[field]) : null;
    }

    /** The scaled number of a field; only for a field that {@linkplain #has is there}. */
    public long number(int field) {
        return values[field];
    }

    /** How many experiments the event names. */
    public int exposures() {
        return exposureCount;
    }

    public int exposureKeyStart(int i) {
        return start(exposureKeys[i]);
    }

    public int exposureKeyLength(int i) {
        return length(exposureKeys[i]);
    }

    public int variantStart(int i) {
        return start(exposureVariants[i]);
    }

    public int variantLength(int i) {
        return length(exposureVariants[i]);
    }

    /** The position of the exposure to this experiment, or −1. */
    public int exposure(byte[] experimentId) {
        return position(exposureKeys, exposureCount, experimentId);
    }

    /** Whether the exposure at this position names this variant. */
    public boolean variantEquals(int i, byte[] variantId) {
        return regionEquals(exposureVariants[i], variantId);
    }

    /** How many attributes the event has; those that are {@code null} do not count. */
    public int attributes() {
        return attributeCount;
    }

    /** The position of the attribute of this name, or −1. */
    public int attribute(byte[] name) {
        return position(attributeKeys, attributeCount, name);
    }

    public int attributeKeyStart(int i) {
        return start(attributeKeys[i]);
    }

    public int attributeKeyLength(int i) {
        return length(attributeKeys[i]);
    }

    /** Whether the attribute is a text. */
    public boolean attributeIsText(int i) {
        return attributeKinds[i] == AttributeKind.TEXT;
    }

    /** Whether the attribute is a number that {@link #attributeNumber} gives. */
    public boolean attributeIsNumber(int i) {
        return attributeKinds[i] == AttributeKind.NUMBER;
    }

    /** Whether the attribute is a number whose micros do not fit a {@code long}. */
    public boolean attributeOutOfRange(int i) {
        return attributeKinds[i] == AttributeKind.NUMBER_OUT_OF_RANGE;
    }

    /**
     * A numeric attribute in micros, rounded half-even. Two such numbers are the same value exactly when their micros are
     * equal, and a value with more than six decimal places or out of range equals none of them.
     */
    public long attributeNumber(int i) {
        if (attributeKinds[i] != AttributeKind.NUMBER) {
            throw new IllegalStateException(
                    "attribute " + i + " must be a number within range, is " + attributeKinds[i]);
        }
        return attributeValues[i];
    }

    /** Where the text of an attribute starts, or the digits of a number that is out of range. */
    public int attributeStart(int i) {
        return start(attributeValues[i]);
    }

    /** How many bytes there are at {@link #attributeStart}. */
    public int attributeLength(int i) {
        return length(attributeValues[i]);
    }

    /** Whether the attribute has this text, or is the out-of-range number of these digits. */
    public boolean attributeTextEquals(int i, byte[] expected) {
        return attributeKinds[i] != AttributeKind.NUMBER && regionEquals(attributeValues[i], expected);
    }

    /** The attribute as a dimension's value: its text, or its number in plain digits without trailing zeros. */
    public String attributeText(int i) {
        return attributeKinds[i] == AttributeKind.NUMBER
                ? PlainDecimal.text(attributeValues[i])
                : string(attributeValues[i]);
    }

    void clear(byte[] newBytes) {
        bytes = newBytes;
        type = null;
        present = 0;
        emptyTexts = 0;
        exposureCount = 0;
        attributeCount = 0;
    }

    void set(int field, long value) {
        values[field] = value;
        present |= 1 << field;
    }

    void setText(int field, int start, int length) {
        set(field, region(start, length));
        emptyTexts |= length == 0 ? 1 << field : 0;
    }

    void addExposure(long key, long variant) {
        if (exposureCount == exposureKeys.length) {
            exposureKeys = Arrays.copyOf(exposureKeys, 2 * exposureCount);
            exposureVariants = Arrays.copyOf(exposureVariants, 2 * exposureCount);
        }
        exposureKeys[exposureCount] = key;
        exposureVariants[exposureCount++] = variant;
    }

    void addAttribute(long key, AttributeKind kind, long value) {
        if (attributeCount == attributeKeys.length) {
            attributeKeys = Arrays.copyOf(attributeKeys, 2 * attributeCount);
            attributeKinds = Arrays.copyOf(attributeKinds, 2 * attributeCount);
            attributeValues = Arrays.copyOf(attributeValues, 2 * attributeCount);
        }
        attributeKeys[attributeCount] = key;
        attributeKinds[attributeCount] = kind;
        attributeValues[attributeCount++] = value;
    }

    void dropNullAttributes() {
        int kept = 0;
        for (int i = 0; i < attributeCount; i++) {
            if (attributeKinds[i] != AttributeKind.NULL) {
                attributeKeys[kept] = attributeKeys[i];
                attributeKinds[kept] = attributeKinds[i];
                attributeValues[kept++] = attributeValues[i];
            }
        }
        attributeCount = kept;
    }

    static long region(int start, int length) {
        return (long) start << 32 | length;
    }

    private static int start(long region) {
        return (int) (region >>> 32);
    }

    private static int length(long region) {
        return (int) region;
    }

    private int position(long[] keys, int count, byte[] key) {
        for (int i = 0; i < count; i++) {
            if (regionEquals(keys[i], key)) {
                return i;
            }
        }
        return -1;
    }

    private boolean regionEquals(long region, byte[] expected) {
        return length(region) == expected.length && Words.areEqual(bytes, start(region), expected, 0, expected.length);
    }

    private String string(long region) {
        return new String(bytes, start(region), length(region), StandardCharsets.UTF_8);
    }
}
