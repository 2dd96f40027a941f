package org.showroomlab.reports.export.notebook;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of a report inside of another language: it may hold what means something there. */
final class Written {
    private static final String MARKDOWN = "\\`*_{}[]<>#|~&$";
    /** What makes a list, a heading or a line of the beginning of a text. */
    private static final Pattern BEGINNING = Pattern.compile("\\d*(?=[-+.)])|(?==+$)");

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
        String line = written.toString().strip();
        Matcher beginning = BEGINNING.matcher(line);
        return beginning.lookingAt()
                ? line.substring(0, beginning.end()) + '\\' + line.substring(beginning.end())
                : line;
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
