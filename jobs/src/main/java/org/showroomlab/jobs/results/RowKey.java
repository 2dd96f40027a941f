package org.showroomlab.jobs.results;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Joins what tells rows apart; different parts never give the same key, whatever the texts hold. */
final class RowKey {
    private static final String SEPARATOR = "\u001f";
    private static final String ESCAPE = "\u001e";

    private RowKey() {}

    static String of(String... parts) {
        return Arrays.stream(parts)
                .map(part -> part.replace(ESCAPE, ESCAPE + "e").replace(SEPARATOR, ESCAPE + "s"))
                .collect(Collectors.joining(SEPARATOR));
    }
}
