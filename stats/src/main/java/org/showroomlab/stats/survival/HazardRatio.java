package org.showroomlab.stats.survival;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;

/**
 * Cox's proportional-hazards model with the arm as its only covariate: the log of the hazard ratio of treatment to control,
 * as R's coxph. Competing events count as leaving.
 *
 * <p>Score at β: Σ over events of (treated − n₁e^β/(n₀ + n₁e^β)); ties by Efron (the risk set shrinks within the tie) or
 * Breslow (it does not). SE from the information; normal reference.
 *
 * <p>Edges: when all events while both are at risk are in one arm the estimate runs away ({@code no_convergence}).
 *
 * <p>Source: Cox (1972), doi:10.1111/j.2517-6161.1972.tb00899.x; Efron (1977), doi:10.1080/01621459.1977.10480613.
 *
 * @param ties how simultaneous events are treated
 * @param significance level and direction
 */
public record HazardRatio(Ties ties, Significance significance) {

    /** How simultaneous events are treated. */
    public enum Ties {
        /** More accurate; R's default. */
        EFRON,
        /** Simpler. */
        BRESLOW
    }

    private static final int MOST_ITERATIONS = 50;
    private static final double FARTHEST = 20;

    /** Efron's ties, two-sided at .05. */
    public static HazardRatio withDefaults() {
        return new HazardRatio(Ties.EFRON, Significance.DEFAULT);
    }

    /** The same with other ties. */
    public HazardRatio with(Ties newTies) {
        return new HazardRatio(newTies, significance);
    }

    /** One event and the risk set it came from. */
    private record Risk(double treated, double control, double treatedEvents) {}

    /** ln(hazard of treatment / hazard of control). */
    public Computable<Effect> logRatio(LifeTable control, LifeTable treatment) {
        List<Risk> risks = risks(control, treatment);
        double beta = 0;
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            double score = 0;
            double information = 0;
            for (Risk risk : risks) {
                double weight = risk.treated() * Math.exp(beta);
                double share = weight / (weight + risk.control());
                score += risk.treatedEvents() - share;
                information += share * (1 - share);
            }
            if (!(information > 0) || Math.abs(beta) > FARTHEST) {
                break;
            }
            double step = score / information;
            beta += Math.max(-2, Math.min(2, step));
            if (Math.abs(step) < 1e-12) {
                return Computable.of(significance.normal(beta, 1 / Math.sqrt(information)));
            }
        }
        return Computable.notComputable(
                "no_convergence",
                "No finite hazard ratio fits: while both arms are at risk, only one of them has events.");
    }

    private List<Risk> risks(LifeTable control, LifeTable treatment) {
        TreeSet<Double> times = new TreeSet<>(control.rows().keySet());
        times.addAll(treatment.rows().keySet());
        List<Risk> risks = new ArrayList<>();
        for (double t : times) {
            double d1 = treatment.at(t).events();
            double d0 = control.at(t).events();
            double d = d0 + d1;
            for (int k = 0; k < d; k++) {
                double gone = ties == Ties.EFRON ? k / d : 0;
                risks.add(new Risk(treatment.atRiskBefore(t) - gone * d1, control.atRiskBefore(t) - gone * d0, d1 / d));
            }
        }
        return risks;
    }
}
