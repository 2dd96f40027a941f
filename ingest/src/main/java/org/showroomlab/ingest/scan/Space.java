package org.showroomlab.ingest.scan;

/** The white space of JSON within a line. */
final class Space {
    private Space() {}

    /** The first position that is not white space; {@code to} when there is none. */
    static int after(byte[] bytes, int at, int to) {
        while (at < to && bytes[at] <= ' ' && isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The first position that is neither white space nor the end of a line; {@code to} when there is none. */
    static int afterLines(byte[] bytes, int at, int to) {
        int next = after(bytes, at, to);
        while (next < to && bytes[next] == '\n') {
            next = after(bytes, next + 1, to);
        }
        return next;
    }

    /** The position of the value after a name's colon; negative when there is no colon or no value. */
    static int afterColon(byte[] bytes, int at, int to) {
        int colon = after(bytes, at, to);
        if (colon >= to || bytes[colon] != ':') {
            return -1;
        }
        int value = after(bytes, colon + 1, to);
        return value < to ? value : -1;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\r' || b == '\t';
    }
}
