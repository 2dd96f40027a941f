package org.showroomlab.reports.store;

import java.util.HashSet;
import java.util.Set;

/**
 * Which experiments' tables are somewhere between what they were and what they will be: until it is over, whatever is never
 * rewritten must wait.
 *
 * @param isPartial whether rows of the past are being read, or half of a flush is stored whose other half is late; both may
 *     be of any experiment
 * @param experiments those that a job has begun to say again, but not all of
 */
public record Restating(boolean isPartial, Set<String> experiments) {
    public static final Restating NOTHING = new Restating(false, Set.of());

    /** Copies the set. */
    public Restating {
        experiments = Set.copyOf(experiments);
    }

    /** Whatever one of them concerns: what was read from a time of this one to a time of the other. */
    public Restating or(Restating other) {
        Set<String> either = new HashSet<>(experiments);
        either.addAll(other.experiments);
        return new Restating(isPartial || other.isPartial, either);
    }

    public boolean concerns(String experiment) {
        return isPartial || experiments.contains(experiment);
    }
}
