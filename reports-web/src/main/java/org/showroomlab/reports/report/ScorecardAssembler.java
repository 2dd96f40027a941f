package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.many.ProgrammePace;
import org.showroomlab.stats.many.ProgrammeScorecard;

/** Makes the scorecard of a programme from the lines of its summary. */
final class ScorecardAssembler {
    private ScorecardAssembler() {}

    static Scorecard assemble(List<Summary.Line> lines) {
        List<FinishedExperiment> finished = lines.stream()
                .filter(line -> FinishedExperiment.isFinished(line.report()))
                .map(FinishedExperiment::of)
                .toList();
        int shipped =
                (int) finished.stream().filter(FinishedExperiment::shipped).count();
        double days = days(finished);
        return new Scorecard(finished, ProgrammePace.of(finished.size(), shipped, days), achieved(finished, days));
    }

    private static Computable<ProgrammeScorecard> achieved(List<FinishedExperiment> finished, double days) {
        List<ProgrammeScorecard.Finished> effects = finished.stream()
                .flatMap(e -> e.effect().value().stream()
                        .map(effect ->
                                new ProgrammeScorecard.Finished(effect.benefit(), effect.stdError(), e.shipped())))
                .toList();
        return ProgrammeScorecard.of(effects, days);
    }

    /** From the first start to the last end; 0 without any. */
    private static double days(List<FinishedExperiment> finished) {
        Instant first = finished.stream()
                .map(FinishedExperiment::start)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant last = finished.stream()
                .map(FinishedExperiment::end)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return Duration.between(first, last).toMillis()
                / (double) Duration.ofDays(1).toMillis();
    }
}
