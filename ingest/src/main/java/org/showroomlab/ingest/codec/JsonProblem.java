package org.showroomlab.ingest.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What is wrong with a text that is no JSON, in words for whoever wrote it. */
public final class JsonProblem {
    /** Where the parser's programmers would look, and what they could switch on. */
    private static final Pattern FOR_PROGRAMMERS = Pattern.compile(
            " \\((?:start marker at|for (?:Object|Array) starting at) \\[Source:[^]]*]\\)|: enable `[^`]*` to allow|, from `[^`]*`"
                    + "| for `ObjectNode`: not allowed when `[^`]*` enabled");

    private JsonProblem() {}

    /** One line. */
    public static String text(JsonProcessingException e) {
        String line = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
        return FOR_PROGRAMMERS.matcher(line).replaceAll("");
    }
}
