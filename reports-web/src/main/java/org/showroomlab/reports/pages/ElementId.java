package org.showroomlab.reports.pages;

/** Names of elements: variants may be called anything, and a name with a space would be two. */
final class ElementId {
    private ElementId() {}

    /** One name for these parts, which no other parts have. */
    static String of(String... parts) {
        StringBuilder id = new StringBuilder();
        for (String part : parts) {
            if (id.length() > 0) {
                id.append('.');
            }
            part.codePoints().forEach(c -> append(id, c));
        }
        return id.toString();
    }

    private static void append(StringBuilder id, int c) {
        boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        if (plain) {
            id.append((char) c);
        } else {
            id.append('_').append(Integer.toHexString(c)).append('_');
        }
    }
}
