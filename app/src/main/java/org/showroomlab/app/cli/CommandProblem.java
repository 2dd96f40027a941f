package org.showroomlab.app.cli;

/** Something that keeps a command from its work: one sentence for a person. */
final class CommandProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandProblem(String sentence) {
        super(sentence);
    }

    CommandProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
