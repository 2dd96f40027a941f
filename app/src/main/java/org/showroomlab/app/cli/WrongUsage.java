package org.showroomlab.app.cli;

import java.util.function.Supplier;

/** An option has a value that is not allowed, whatever the world is like: one sentence that says what is. */
final class WrongUsage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongUsage(String sentence) {
        super(sentence);
    }

    WrongUsage(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** What is made of an option, unless its value is refused. */
    static <T> T unlessAllowed(String option, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(option + ": " + e.getMessage(), e);
        }
    }
}
