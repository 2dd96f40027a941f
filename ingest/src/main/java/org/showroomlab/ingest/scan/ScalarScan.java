package org.showroomlab.ingest.scan;

/** Passes over the value of a field that nobody reads, which must be valid all the same. */
final class ScalarScan {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private ScalarScan() {}

    /** The position after a string, a number, {@code true}, {@code false} or {@code null}; negative for other values. */
    static int skip(byte[] bytes, int at, int to) {
        if (bytes[at] == '"') {
            int quote = TextScan.closingQuote(bytes, at + 1, to);
            return quote < 0 ? -1 : quote + 1;
        }
        return bytes[at] >= 'a' ? literal(bytes, at, to) : NumberScan.skip(bytes, at, to);
    }

    /** The position after {@code true}, {@code false} or {@code null}; negative for anything else. */
    static int literal(byte[] bytes, int at, int to) {
        byte[] expected = bytes[at] == 't' ? TRUE : bytes[at] == 'f' ? FALSE : NULL;
        if (to - at < expected.length) {
            return -1;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[at + i] != expected[i]) {
                return -1;
            }
        }
        return at + expected.length;
    }
}
