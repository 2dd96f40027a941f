package org.showroomlab.reports.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a report can be had. */
public enum Format {
    JSON("application/json"),
    CSV("text/csv; charset=utf-8"),
    HTML("text/html; charset=utf-8"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    PDF("application/pdf"),
    IPYNB("application/x-ipynb+json");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** Whether it is a file to keep rather than text that a browser or a program reads at once. */
    public boolean isDownload() {
        return this == XLSX || this == PDF || this == IPYNB;
    }

    /** The ending of file names, without the dot. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of that name.
     *
     * @throws UnknownFormat when it is none, naming those that can be had
     */
    public static Format named(String name) {
        return Arrays.stream(values())
                .filter(f -> f.extension().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownFormat(name, available()));
    }

    private static String available() {
        return Arrays.stream(values()).map(Format::extension).collect(Collectors.joining(", "));
    }
}
