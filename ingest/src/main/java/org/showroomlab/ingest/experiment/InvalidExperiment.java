package org.showroomlab.ingest.experiment;

import java.util.List;
import java.util.stream.Collectors;

/** Experiment files that cannot be accepted, with every problem found: file, line, field and what is allowed. */
public final class InvalidExperiment extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * One thing wrong in a file.
     *
     * @param line from 1; 0: the whole file or folder
     * @param field as a path, such as {@code metrics[2].value}
     */
    public record Problem(String file, int line, String field, String message) {
        @Override
        public String toString() {
            return file + (line > 0 ? ":" + line : "") + ": " + (field.isEmpty() ? "" : field + ": ") + message;
        }
    }

    private final transient List<Problem> problems;

    public InvalidExperiment(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
