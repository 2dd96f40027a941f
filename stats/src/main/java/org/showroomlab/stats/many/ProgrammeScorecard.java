package org.showroomlab.stats.many;

import java.util.List;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;

/**
 * What a programme of finished experiments achieved, with each effect shrunk towards the programme's mean so that winners
 * are not counted at their luckiest.
 *
 * <p>Impact = Σ over shipped of the shrunken effects, avoided loss = −Σ over not shipped of the negative ones; the interval
 * of the impact takes each effect's posterior variance τ²s²/(τ² + s²) and the uncertainty of μ, common to all. τ² by REML.
 *
 * <p>Edges: fewer than {@link RandomEffects#FEWEST_FOR_PRIOR} finished experiments cannot teach a prior ({@code
 * needs_declared_prior}); give one.
 *
 * <p>Source: Efron (2011), doi:10.1198/jasa.2011.tm11181; Azevedo et al. (2020), doi:10.1086/707419.
 *
 * @param experiments finished experiments
 * @param winRate share that shipped
 * @param winRateInterval Wilson's
 * @param perThirtyDays finished experiments per 30 days
 * @param impact sum of the shrunken effects of what shipped
 * @param impactInterval its interval
 * @param avoidedLoss shrunken harm of what was not shipped
 * @param effects the fit: raw effects are the input, shrunken ones stand here
 */
public record ProgrammeScorecard(
        int experiments,
        double winRate,
        Interval winRateInterval,
        double perThirtyDays,
        double impact,
        Interval impactInterval,
        double avoidedLoss,
        RandomEffects effects) {

    /**
     * One finished experiment.
     *
     * @param effect its primary effect, positive when better
     * @param stdError its standard error, > 0
     * @param shipped whether the treatment was shipped
     */
    public record Finished(double effect, double stdError, boolean shipped) {}

    /** The scorecard with a prior that is learned from the experiments themselves. */
    public static Computable<ProgrammeScorecard> of(List<Finished> finished, double days) {
        if (finished.size() < RandomEffects.FEWEST_FOR_PRIOR) {
            return Computable.notComputable(
                    "needs_declared_prior",
                    finished.size() + " finished experiments cannot teach a prior; " + RandomEffects.FEWEST_FOR_PRIOR
                            + " can, or declare one.");
        }
        return RandomEffects.of(estimates(finished), stdErrors(finished), RandomEffects.Method.REML)
                .map(fit -> summary(finished, days, fit));
    }

    /** The scorecard with a declared prior. */
    public static Computable<ProgrammeScorecard> withPrior(
            List<Finished> finished, double days, double mu, double tau2) {
        return finished.isEmpty()
                ? Computable.notComputable("not_enough_data", "No experiment is finished yet.")
                : Computable.of(summary(
                        finished, days, RandomEffects.withPrior(estimates(finished), stdErrors(finished), mu, tau2)));
    }

    private static ProgrammeScorecard summary(List<Finished> finished, double days, RandomEffects fit) {
        double impact = 0;
        double avoided = 0;
        double variance = 0;
        double pull = 0;
        int shipped = 0;
        for (int i = 0; i < finished.size(); i++) {
            double shrunken = fit.shrunken().get(i);
            double noise = Math.pow(finished.get(i).stdError(), 2);
            if (finished.get(i).shipped()) {
                shipped++;
                impact += shrunken;
                variance += fit.tau2() * noise / (fit.tau2() + noise);
                pull += noise / (fit.tau2() + noise);
            } else {
                avoided += Math.max(0, -shrunken);
            }
        }
        double sd = Math.sqrt(variance + Math.pow(pull * fit.muStdError(), 2));
        double half = Significance.DEFAULT.normalQuantile() * sd;
        ProgrammePace pace = new ProgrammePace(finished.size(), shipped, days);
        return new ProgrammeScorecard(
                finished.size(),
                pace.winRate(),
                pace.winRateInterval(),
                pace.perThirtyDays(),
                impact,
                new Interval(impact - half, impact + half),
                avoided,
                fit);
    }

    private static double[] estimates(List<Finished> finished) {
        return finished.stream().mapToDouble(Finished::effect).toArray();
    }

    private static double[] stdErrors(List<Finished> finished) {
        return finished.stream().mapToDouble(Finished::stdError).toArray();
    }
}
