package org.showroomlab.reports.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.many.ProgrammePace;
import org.showroomlab.stats.many.ProgrammeScorecard;

/**
 * What all finished experiments of a file achieved together. Pace counts every one of them; what is achieved, those that
 * have an effect.
 *
 * @param finished in the order of the summary
 * @param pace not computable before the first is finished
 * @param achieved impact, avoided loss and the shrunken effects, on the scale of {@link ProgrammeEffect#benefit}; not
 *     computable while there are too few to learn from how large effects are and no prior is declared
 * @param declared the prior that they are shrunken by; {@code null} when they taught it themselves
 */
public record Scorecard(
        List<FinishedExperiment> finished,
        Computable<ProgrammePace> pace,
        Computable<ProgrammeScorecard> achieved,
        @Nullable DeclaredPrior declared) {
    /** Copies the list. */
    public Scorecard {
        finished = List.copyOf(finished);
    }

    /** The finished experiments with an effect, in the order of the shrunken ones. */
    public List<FinishedExperiment> withEffect() {
        return finished.stream().filter(e -> e.effect().value().isPresent()).toList();
    }

    /** Those without; why, their effect says. */
    public List<FinishedExperiment> leftOut() {
        return finished.stream().filter(e -> e.effect().value().isEmpty()).toList();
    }

    /** The effect of that experiment as it was measured. */
    public Computable<ProgrammeEffect> raw(String experimentId) {
        return finished(experimentId).flatMap(FinishedExperiment::effect);
    }

    /** The same shrunken towards the mean of all: what to expect of it, as a benefit. */
    public Computable<Double> shrunken(String experimentId) {
        List<String> ids = withEffect().stream().map(FinishedExperiment::id).toList();
        return raw(experimentId)
                .flatMap(raw -> achieved.map(a -> a.effects().shrunken().get(ids.indexOf(experimentId))));
    }

    private Computable<FinishedExperiment> finished(String experimentId) {
        return finished.stream()
                .filter(e -> e.id().equals(experimentId))
                .findFirst()
                .map(Computable::of)
                .orElseGet(() -> Computable.notComputable(
                        "not_finished", "The experiment is not finished: it runs, or its verdict waits for data."));
    }
}
