package org.showroomlab.ingest.scan;

import org.showroomlab.ingest.scan.ScannedEvent.AttributeKind;

/** Reads the two objects of an event: exposures and attributes. */
final class MapScan {
    private static final int GIVE_UP = -1;

    private MapScan() {}

    /** The position after an object of text to text; negative for any other value. */
    static int exposures(byte[] bytes, int at, int to, ScannedEvent into) {
        int next = afterOpening(bytes, at, to);
        while (next > 0 && bytes[next] == '"') {
            int key = next + 1;
            int keyEnd = TextScan.closingQuote(bytes, key, to);
            int value = keyEnd < 0 ? GIVE_UP : Space.afterColon(bytes, keyEnd + 1, to);
            if (value < 0
                    || bytes[value] != '"'
                    || !NameSet.isNew(bytes, into.exposureKeys, into.exposureCount, key, keyEnd - key)) {
                return GIVE_UP;
            }
            int valueEnd = TextScan.closingQuote(bytes, value + 1, to);
            if (valueEnd < 0) {
                return GIVE_UP;
            }
            into.addExposure(
                    ScannedEvent.region(key, keyEnd - key), ScannedEvent.region(value + 1, valueEnd - value - 1));
            next = afterMember(bytes, valueEnd + 1, to);
        }
        return afterClosing(bytes, next);
    }

    /** The position after an object of text to text, number or null; negative for any other value. */
    static int attributes(byte[] bytes, int at, int to, ScannedEvent into) {
        int next = afterOpening(bytes, at, to);
        while (next > 0 && bytes[next] == '"') {
            int key = next + 1;
            int keyEnd = TextScan.closingQuote(bytes, key, to);
            int value = keyEnd < 0 ? GIVE_UP : Space.afterColon(bytes, keyEnd + 1, to);
            if (value < 0 || !NameSet.isNew(bytes, into.attributeKeys, into.attributeCount, key, keyEnd - key)) {
                return GIVE_UP;
            }
            int end = attribute(ScannedEvent.region(key, keyEnd - key), bytes, value, to, into);
            next = end < 0 ? GIVE_UP : afterMember(bytes, end, to);
        }
        into.dropNullAttributes();
        return afterClosing(bytes, next);
    }

    private static int attribute(long key, byte[] bytes, int at, int to, ScannedEvent into) {
        if (bytes[at] == '"') {
            int quote = TextScan.closingQuote(bytes, at + 1, to);
            if (quote < 0) {
                return GIVE_UP;
            }
            into.addAttribute(key, AttributeKind.TEXT, ScannedEvent.region(at + 1, quote - at - 1));
            return quote + 1;
        }
        if (bytes[at] == 'n') {
            // It keeps its place until the object ends, so that a second one of its name is noticed.
            into.addAttribute(key, AttributeKind.NULL, 0);
            return ScalarScan.literal(bytes, at, to);
        }
        into.addAttribute(key, AttributeKind.NUMBER, 0);
        return NumberScan.signedMicros(bytes, at, to, into.attributeValues, into.attributeCount - 1);
    }

    /** The position of the first name or the closing brace. */
    private static int afterOpening(byte[] bytes, int at, int to) {
        int next = bytes[at] == '{' ? Space.after(bytes, at + 1, to) : to;
        return next < to ? next : GIVE_UP;
    }

    /** The position of the next name, or of the closing brace; a comma must be followed by a name. */
    private static int afterMember(byte[] bytes, int at, int to) {
        int next = Space.after(bytes, at, to);
        if (next < to && bytes[next] == ',') {
            next = Space.after(bytes, next + 1, to);
            return next < to && bytes[next] == '"' ? next : GIVE_UP;
        }
        return next < to && bytes[next] == '}' ? next : GIVE_UP;
    }

    private static int afterClosing(byte[] bytes, int at) {
        return at > 0 && bytes[at] == '}' ? at + 1 : GIVE_UP;
    }
}
