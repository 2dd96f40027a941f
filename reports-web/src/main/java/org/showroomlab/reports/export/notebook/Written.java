package org.showroomlab.reports.export.notebook;

import java.util.Locale;

/** Text of a report inside of another language: it may hold what means something there. */
final class Written {
    private static final String MARKDOWN = "\\`*_{}[]<>#|~&$";

    private Written() {}

    /** As Markdown that shows just that text, in one line. */
    static String markdown(String text) {
        StringBuilder written = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (MARKDOWN.indexOf(c) >= 0) {
                written.append('\\');
            }
            written.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
        });
        return written.toString();
    }

    /** As a literal of Java. */
    static String java(String text) {
        StringBuilder written = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                written.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                // Java reads a Unicode escape of a line end as a line end.
                written.append(String.format(Locale.ROOT, "\\%03o", (int) c));
            } else {
                written.append(c);
            }
        }
        return written.append('"').toString();
    }

    /** As a literal of Java that is the same number again. */
    static String java(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
        }
        return Double.toString(number);
    }
}
