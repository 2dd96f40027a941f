package org.showroomlab.ingest.scan;

import static org.showroomlab.ingest.scan.FieldNumber.AMOUNT_MINOR;
import static org.showroomlab.ingest.scan.FieldNumber.ATTRIBUTES;
import static org.showroomlab.ingest.scan.FieldNumber.CACHE;
import static org.showroomlab.ingest.scan.FieldNumber.CHANNEL;
import static org.showroomlab.ingest.scan.FieldNumber.CLS;
import static org.showroomlab.ingest.scan.FieldNumber.CREATOR;
import static org.showroomlab.ingest.scan.FieldNumber.CURRENCY;
import static org.showroomlab.ingest.scan.FieldNumber.EXPOSURES;
import static org.showroomlab.ingest.scan.FieldNumber.FAILOVER;
import static org.showroomlab.ingest.scan.FieldNumber.FCP_MS;
import static org.showroomlab.ingest.scan.FieldNumber.ID;
import static org.showroomlab.ingest.scan.FieldNumber.INP_MS;
import static org.showroomlab.ingest.scan.FieldNumber.KIND;
import static org.showroomlab.ingest.scan.FieldNumber.LCP_MS;
import static org.showroomlab.ingest.scan.FieldNumber.MARKET;
import static org.showroomlab.ingest.scan.FieldNumber.ON_HAND;
import static org.showroomlab.ingest.scan.FieldNumber.ORDER;
import static org.showroomlab.ingest.scan.FieldNumber.PAGE;
import static org.showroomlab.ingest.scan.FieldNumber.PLAN;
import static org.showroomlab.ingest.scan.FieldNumber.QUANTITY;
import static org.showroomlab.ingest.scan.FieldNumber.REGION;
import static org.showroomlab.ingest.scan.FieldNumber.SERVED_BY;
import static org.showroomlab.ingest.scan.FieldNumber.SHOWROOM;
import static org.showroomlab.ingest.scan.FieldNumber.SKU;
import static org.showroomlab.ingest.scan.FieldNumber.STATUS;
import static org.showroomlab.ingest.scan.FieldNumber.TS;
import static org.showroomlab.ingest.scan.FieldNumber.TTFB_MS;
import static org.showroomlab.ingest.scan.FieldNumber.TTL_SECONDS;
import static org.showroomlab.ingest.scan.FieldNumber.TYPE;
import static org.showroomlab.ingest.scan.FieldNumber.VISITOR;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.event.AllowedValues;
import org.showroomlab.ingest.event.EventType;

/**
 * Reads the events that are written in the usual ways, in one pass and without an object per event; everything else is
 * left to {@link EventCodec}, which alone decides what is refused and why.
 *
 * <p>It never knows better: whenever it reads an event, the codec reads the same one. So it gives up on escapes,
 * exponents, nesting in unknown fields, unusual timestamps, objects of several lines, and on whatever looks wrong.
 *
 * <p>Methods take a position and return the one after what they read, or a negative one to give up: positions then stay
 * in registers, where a cursor object would be written to memory at every step.
 */
public final class EventScanner {
    private static final int GIVE_UP = -1;

    /** What no event can do without; the rest depends on its type. */
    private static final int NEEDED = 1 << TYPE | 1 << TS;

    private static final EventType[] EVENT_TYPES = EventType.values();

    private static final WordTable TYPES =
            new WordTable(Stream.of(EVENT_TYPES).map(EventType::wireName).toList());
    private static final WordTable CHANNELS = table(AllowedValues.CHANNELS);
    private static final WordTable STATUSES = table(AllowedValues.CACHE_STATUSES);
    private static final WordTable KINDS = table(AllowedValues.PURCHASE_KINDS);
    private static final WordTable MARKETS = table(AllowedValues.COUNTRIES);
    private static final WordTable CURRENCIES = table(AllowedValues.CURRENCIES);

    private EventScanner() {}

    private static WordTable table(Collection<String> words) {
        return new WordTable(List.copyOf(words));
    }

    /**
     * Reads the record in {@code bytes} from {@code from} to before {@code to}.
     *
     * @return whether the view now shows the event; if not, what it shows means nothing and the codec must be asked
     */
    public static boolean scan(byte[] bytes, int from, int to, ScannedEvent into) {
        int end = object(bytes, from, to, into);
        return end >= 0 && to - from <= EventCodec.MAX_RECORD_BYTES && Space.afterLines(bytes, end, to) == to;
    }

    /**
     * Reads the record that stands on the line that begins at {@code from}, of lines that end before {@code to}. Where the
     * line ends need not be known: no line feed is passed over on the way.
     *
     * @return the position of the line feed behind the record, or {@code to}; negative if the codec must be asked
     */
    public static int scanLine(byte[] bytes, int from, int to, ScannedEvent into) {
        int object = object(bytes, from, to, into);
        int end = object < 0 ? GIVE_UP : Space.after(bytes, object, to);
        boolean isAlone = end >= 0 && (end == to || bytes[end] == '\n');
        return isAlone && end - from <= EventCodec.MAX_RECORD_BYTES ? end : GIVE_UP;
    }

    /** Reads an event up to its closing brace, all of it on one line. */
    private static int object(byte[] bytes, int from, int to, ScannedEvent into) {
        Objects.checkFromToIndex(from, to, bytes.length);
        into.clear(bytes);
        int at = Space.after(bytes, from, to);
        int end = at < to && bytes[at] == '{' ? afterFields(bytes, Space.after(bytes, at + 1, to), to, into) : GIVE_UP;
        return end >= 0 && EventRules.complete(into) ? end : GIVE_UP;
    }

    /** Reads the fields of the record up to its closing brace; an object without fields is no event. */
    private static int afterFields(byte[] bytes, int at, int to, ScannedEvent into) {
        FieldOrder order = into.order;
        order.begin();
        int met = 0;
        int unknown = 0;
        for (int place = 0; at < to && bytes[at] == '"'; place++) {
            int name = at + 1;
            int field = order.expected(place);
            if (field >= 0 && FieldName.stands(field, bytes, name, to)) {
                at = Space.after(bytes, FieldName.afterColon(field, name), to);
                if (at >= to) {
                    return GIVE_UP;
                }
            } else if ((field = FieldName.known(bytes, name, to)) >= 0) {
                order.met(place, field);
                at = Space.afterColon(bytes, name + FieldName.length(field) + 1, to);
            } else {
                int quote = TextScan.closingQuote(bytes, name, to);
                at = quote < 0 ? GIVE_UP : Space.afterColon(bytes, quote + 1, to);
                field = quote < 0 ? field : FieldName.number(bytes, name, quote - name);
                if (field < 0 && at >= 0) {
                    if (!isNewUnknown(bytes, name, quote - name, unknown, into)) {
                        return GIVE_UP;
                    }
                    unknown++;
                }
            }
            if (at < 0) {
                return GIVE_UP;
            }
            if (field < 0) {
                at = ScalarScan.skip(bytes, at, to);
            } else if ((met >>> field & 1) != 0) {
                return GIVE_UP;
            } else {
                met |= 1 << field;
                at = value(field, bytes, at, to, into);
            }
            at = at < 0 ? GIVE_UP : Space.after(bytes, at, to);
            if (at < 0 || at >= to) {
                return GIVE_UP;
            }
            if (bytes[at] == '}') {
                return (met & NEEDED) == NEEDED ? at + 1 : GIVE_UP;
            }
            if (bytes[at] != ',') {
                return GIVE_UP;
            }
            at = Space.after(bytes, at + 1, to);
        }
        return GIVE_UP;
    }

    /** Notes an unknown name, unless it cannot be told whether it stands twice. */
    private static boolean isNewUnknown(byte[] bytes, int name, int length, int known, ScannedEvent into) {
        if (known == into.unknownNames.length || !NameSet.isNew(bytes, into.unknownNames, known, name, length)) {
            return false;
        }
        into.unknownNames[known] = ScannedEvent.region(name, length);
        return true;
    }

    private static int value(int field, byte[] bytes, int at, int to, ScannedEvent into) {
        if (bytes[at] == 'n') {
            return field == TS ? GIVE_UP : ScalarScan.literal(bytes, at, to);
        }
        return switch (field) {
            case ID, SHOWROOM, REGION, CREATOR, VISITOR, PAGE, CACHE, SERVED_BY, ORDER, PLAN, SKU ->
                text(field, bytes, at, to, into);
            case TYPE -> type(bytes, at, to, into);
            case CHANNEL -> oneOf(CHANNELS, field, bytes, at, to, into);
            case STATUS -> oneOf(STATUSES, field, bytes, at, to, into);
            case KIND -> oneOf(KINDS, field, bytes, at, to, into);
            case MARKET -> oneOf(MARKETS, field, bytes, at, to, into);
            case CURRENCY -> oneOf(CURRENCIES, field, bytes, at, to, into);
            case TTL_SECONDS, TTFB_MS, FCP_MS, LCP_MS, INP_MS, CLS ->
                number(NumberScan.micros(bytes, at, to, into.values, field), field, into);
            case QUANTITY -> number(NumberScan.signedMicros(bytes, at, to, into.values, field), field, into);
            case AMOUNT_MINOR, ON_HAND -> number(NumberScan.integer(bytes, at, to, into.values, field), field, into);
            case FAILOVER -> flag(field, bytes, at, to, into);
            case TS -> timestamp(bytes, at, to, into);
            case EXPOSURES -> MapScan.exposures(bytes, at, to, into);
            case ATTRIBUTES -> MapScan.attributes(bytes, at, to, into);
            default -> throw new IllegalArgumentException("field must have a reader, was " + field);
        };
    }

    private static int text(int field, byte[] bytes, int at, int to, ScannedEvent into) {
        int quote = bytes[at] == '"' ? TextScan.closingQuote(bytes, at + 1, to) : GIVE_UP;
        if (quote < 0) {
            return GIVE_UP;
        }
        into.setText(field, at + 1, quote - at - 1);
        return quote + 1;
    }

    private static int oneOf(WordTable allowed, int field, byte[] bytes, int at, int to, ScannedEvent into) {
        int end = text(field, bytes, at, to, into);
        return end >= 0 && allowed.find(bytes, at + 1, end - at - 2) >= 0 ? end : GIVE_UP;
    }

    private static int type(byte[] bytes, int at, int to, ScannedEvent into) {
        int end = text(TYPE, bytes, at, to, into);
        int type = end < 0 ? WordTable.ABSENT : TYPES.find(bytes, at + 1, end - at - 2);
        if (type == WordTable.ABSENT) {
            return GIVE_UP;
        }
        into.type = EVENT_TYPES[type];
        into.order.typed(EVENT_TYPES[type]);
        return end;
    }

    private static int number(int end, int field, ScannedEvent into) {
        into.present |= 1 << field;
        return end;
    }

    private static int flag(int field, byte[] bytes, int at, int to, ScannedEvent into) {
        int end = ScalarScan.literal(bytes, at, to);
        if (end >= 0) {
            into.setText(field, at, end - at);
        }
        return end;
    }

    private static int timestamp(byte[] bytes, int at, int to, ScannedEvent into) {
        if (bytes[at] != '"') {
            int end = NumberScan.whole(bytes, at, to, into.timestamp, 0);
            return end >= 0 && into.timestamp[0] <= TimestampScan.MAX_MILLIS ? end : GIVE_UP;
        }
        int quote = TextScan.closingQuote(bytes, at + 1, to);
        long millis = quote < 0 ? -1 : TimestampScan.millis(bytes, at + 1, quote);
        if (millis < 0) {
            return GIVE_UP;
        }
        into.timestamp[0] = millis;
        return quote + 1;
    }
}
