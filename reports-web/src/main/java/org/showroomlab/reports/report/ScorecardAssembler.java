package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.many.ProgrammePace;
import org.showroomlab.stats.many.ProgrammeScorecard;
import org.showroomlab.stats.many.RandomEffects;

/** Makes the scorecard of a programme from the lines of its summary. */
final class ScorecardAssembler {
    private ScorecardAssembler() {}

    /** @param prior is used while too few are finished to learn one */
    static Scorecard assemble(List<Summary.Line> lines, @Nullable DeclaredPrior prior) {
        List<FinishedExperiment> finished = lines.stream()
                .filter(line -> FinishedExperiment.isFinished(line.report()))
                .map(FinishedExperiment::of)
                .toList();
        int shipped =
                (int) finished.stream().filter(FinishedExperiment::shipped).count();
        double days = days(finished);
        List<ProgrammeScorecard.Finished> effects = effects(finished);
        DeclaredPrior declared = effects.size() < RandomEffects.FEWEST_FOR_PRIOR ? prior : null;
        return new Scorecard(
                finished,
                ProgrammePace.of(finished.size(), shipped, days),
                declared == null
                        ? ProgrammeScorecard.of(effects, days)
                        : ProgrammeScorecard.withPrior(effects, days, declared.mean(), declared.sd() * declared.sd()),
                declared);
    }

    private static List<ProgrammeScorecard.Finished> effects(List<FinishedExperiment> finished) {
        return finished.stream()
                .flatMap(e -> e.effect().value().stream()
                        .map(effect ->
                                new ProgrammeScorecard.Finished(effect.benefit(), effect.stdError(), e.shipped())))
                .toList();
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
