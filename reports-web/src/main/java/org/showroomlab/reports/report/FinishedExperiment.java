package org.showroomlab.reports.report;

import java.time.Instant;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.verdict.Decision;

/**
 * One finished experiment as the programme counts it.
 *
 * @param effect not computable where there is none to compare with those of others
 */
public record FinishedExperiment(
        String id, String name, Instant start, Instant end, boolean shipped, Computable<ProgrammeEffect> effect) {

    /** Whether the experiment is over and its verdict no longer waits for data; one that nobody was in has tested nothing. */
    static boolean isFinished(Report report) {
        return report.status() == Status.ENDED
                && report.verdict().decision() != Decision.KEEP_RUNNING
                && report.health().units() > 0;
    }

    static FinishedExperiment of(Summary.Line line) {
        Report report = line.report();
        return new FinishedExperiment(
                report.experiment().id(),
                report.experiment().name(),
                report.experiment().start(),
                report.experiment().end(),
                report.verdict().decision() == Decision.SHIP,
                JudgedEffect.of(report, line.primary()));
    }
}
