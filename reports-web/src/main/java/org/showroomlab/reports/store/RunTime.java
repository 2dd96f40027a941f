package org.showroomlab.reports.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a run counted an experiment.
 *
 * @param countedAt clock time; what had happened by then may be in its files
 * @param asOf before which it counted events; null when it counted all
 */
public record RunTime(Instant countedAt, @Nullable Instant asOf) {}
