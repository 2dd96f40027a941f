package org.showroomlab.ingest.scan;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.showroomlab.ingest.event.EventField;

/** The numbers of the top-level fields: a plan looks a field up once by name and then reads every event by number. */
public final class FieldNumber {
    /** Stands for every {@code attributes.x}; such a field is read by its {@linkplain #attributeName name}. */
    public static final int ATTRIBUTE = -1;

    /** Stands for {@link EventField#SERVED_ELSEWHERE}, which {@link ScannedEvent#isServedElsewhere} tells. */
    public static final int SERVED_ELSEWHERE = -2;

    public static final int TYPE = 0;
    public static final int ID = 1;
    public static final int SHOWROOM = 2;
    public static final int REGION = 3;
    public static final int MARKET = 4;
    public static final int CREATOR = 5;
    public static final int CHANNEL = 6;
    public static final int VISITOR = 7;
    public static final int PAGE = 8;
    public static final int CACHE = 9;
    public static final int SERVED_BY = 10;
    public static final int STATUS = 11;
    public static final int FAILOVER = 12;
    public static final int TTL_SECONDS = 13;
    public static final int TTFB_MS = 14;
    public static final int FCP_MS = 15;
    public static final int LCP_MS = 16;
    public static final int INP_MS = 17;
    public static final int CLS = 18;
    public static final int ORDER = 19;
    public static final int KIND = 20;
    public static final int PLAN = 21;
    public static final int CURRENCY = 22;
    public static final int QUANTITY = 23;
    public static final int AMOUNT_MINOR = 24;
    public static final int SKU = 25;
    public static final int ON_HAND = 26;

    /** How many fields have a value of their own. */
    public static final int COUNT = 27;

    // These are read into places of their own and cannot be named by an experiment.
    static final int TS = 27;
    static final int EXPOSURES = 28;
    static final int ATTRIBUTES = 29;

    /** The names on the wire, each at its number. */
    static final List<String> NAMES = List.of(
            "type",
            "id",
            "showroom",
            "region",
            "market",
            "creator",
            "channel",
            "visitor",
            "page",
            "cache",
            "served_by",
            "status",
            "failover",
            "ttl_seconds",
            "ttfb_ms",
            "fcp_ms",
            "lcp_ms",
            "inp_ms",
            "cls",
            "order",
            "kind",
            "plan",
            "currency",
            "quantity",
            "amount_minor",
            "sku",
            "on_hand",
            "ts",
            "exposures",
            "attributes");

    private static final String ATTRIBUTE_PREFIX = "attributes.";

    private FieldNumber() {}

    /** The number of a field. */
    public static int of(EventField field) {
        if (field.kind() == EventField.Kind.ATTRIBUTE) {
            return ATTRIBUTE;
        }
        if (field.equals(EventField.SERVED_ELSEWHERE)) {
            return SERVED_ELSEWHERE;
        }
        int number = NAMES.indexOf(field.name());
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("field must be one that EventField names, was " + field.name());
        }
        return number;
    }

    /** The UTF-8 bytes of x in {@code attributes.x}, to look for with {@link ScannedEvent#attribute}. */
    public static byte[] attributeName(EventField field) {
        if (field.kind() != EventField.Kind.ATTRIBUTE) {
            throw new IllegalArgumentException("field must be an attribute, was " + field.name());
        }
        return field.name().substring(ATTRIBUTE_PREFIX.length()).getBytes(StandardCharsets.UTF_8);
    }
}
