package org.showroomlab.reports.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a report can be had. */
public enum Format {
    JSON("application/json"),
    CSV("text/csv; charset=utf-8"),
    HTML("text/html; charset=utf-8");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** The ending of file names, without the dot. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of that name.
     *
     * @throws FormatNotAvailable when this version has none, naming those it has
     */
    public static Format named(String name) {
        return Arrays.stream(values())
                .filter(f -> f.extension().equals(name))
                .findFirst()
                .orElseThrow(() -> new FormatNotAvailable(name, available()));
    }

    private static String available() {
        return Arrays.stream(values()).map(Format::extension).collect(Collectors.joining(", "));
    }
}
