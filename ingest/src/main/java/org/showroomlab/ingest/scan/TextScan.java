package org.showroomlab.ingest.scan;

/** Finds where a JSON string ends, when it holds nothing but valid UTF-8 that needs no unescaping. */
final class TextScan {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private TextScan() {}

    /**
     * The position of the closing quote, for the string whose first byte is at {@code at}; negative for strings with
     * escapes, control characters or invalid UTF-8, or without an end.
     *
     * <p>Eight bytes are judged at once. Subtracting 1 from a byte sets its high bit when the byte was 0, so (byte xor
     * quote) − 1 marks quotes, and byte − 32 marks control characters; a borrow can falsely mark only bytes above a true
     * mark, and only the lowest mark is used (Warren 2012, Hacker's Delight, section 6-1).
     */
    static int closingQuote(byte[] bytes, int at, int to) {
        int lastWord = to - Long.BYTES;
        while (at < to) {
            if (at <= lastWord) {
                long word = Words.at(bytes, at);
                long marks =
                        (((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | (word - SPACES) | word) & HIGH_BITS;
                if (marks == 0) {
                    at += Long.BYTES;
                    continue;
                }
                at += Long.numberOfTrailingZeros(marks) >>> 3;
            }
            byte b = bytes[at];
            if (b == '"') {
                return at;
            } else if (b < 0) {
                at = afterCharacter(bytes, at, to);
                if (at < 0) {
                    return -1;
                }
            } else if (b < ' ' || b == '\\') {
                return -1;
            } else {
                at++;
            }
        }
        return -1;
    }

    /** The position after a character of two to four bytes; negative unless it is well-formed (Unicode, table 3-7). */
    private static int afterCharacter(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead < 0xC2 || lead > 0xF4 || at + length > to) {
            return -1;
        }
        int second = bytes[at + 1] & 0xFF;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return -1;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return -1;
            }
        }
        return at + length;
    }

    /** How many characters (code points) valid UTF-8 holds. */
    static int characters(byte[] bytes, int from, int length) {
        int count = 0;
        for (int i = from; i < from + length; i++) {
            count += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }
}
