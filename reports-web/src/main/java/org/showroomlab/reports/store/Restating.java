package org.showroomlab.reports.store;

import java.util.Set;

/**
 * Which experiments' rows are being read or said again: until it is over, their tables are somewhere between what they
 * were and what they will be, and whatever is never rewritten must wait.
 *
 * @param isReadingUp whether rows of the past are being read, which may be of any experiment
 * @param experiments those that a job has begun to say again
 */
public record Restating(boolean isReadingUp, Set<String> experiments) {
    public static final Restating NOTHING = new Restating(false, Set.of());

    /** Copies the set. */
    public Restating {
        experiments = Set.copyOf(experiments);
    }

    public boolean concerns(String experiment) {
        return isReadingUp || experiments.contains(experiment);
    }
}
