package org.showroomlab.stats.survival;

import java.util.TreeSet;
import org.showroomlab.stats.Computable;

/**
 * The log-rank test of two arms, and its weighted form S(t−)^ρ (ρ = 1: Peto and Peto), as R's survdiff.
 *
 * <p>Score = Σ w(d₁ − d·n₁/n), variance = Σ w²·d·(n₁/n)(1 − n₁/n)(n − d)/(n − 1). Competing events count as leaving, so
 * this compares cause-specific hazards; incidences are compared by {@link GrayTest}.
 *
 * <p>Edges: no event while both arms were at risk, or only one that all of them had at once, is {@code not_enough_data}.
 *
 * <p>Source: Mantel (1966); Harrington and Fleming (1982), doi:10.1093/biomet/69.3.553.
 *
 * @param rho exponent of the weight, ≥ 0
 */
public record LogRankTest(double rho) {

    /** Checks the exponent. */
    public LogRankTest {
        if (!(rho >= 0)) {
            throw new IllegalArgumentException("rho must be >= 0: " + rho);
        }
    }

    /** The log-rank test. */
    public static LogRankTest withDefaults() {
        return new LogRankTest(0);
    }

    /** The test. */
    public Computable<CurveTest> test(LifeTable control, LifeTable treatment) {
        TreeSet<Double> times = new TreeSet<>(control.rows().keySet());
        times.addAll(treatment.rows().keySet());
        double score = 0;
        double variance = 0;
        double survival = 1;
        for (double t : times) {
            double n1 = treatment.atRiskBefore(t);
            double n = n1 + control.atRiskBefore(t);
            double d1 = treatment.at(t).events();
            double d = d1 + control.at(t).events();
            if (d == 0) {
                continue;
            }
            double weight = Math.pow(survival, rho);
            double share = n1 / n;
            score += weight * (d1 - d * share);
            variance += n > 1 ? weight * weight * d * share * (1 - share) * (n - d) / (n - 1) : 0;
            survival *= 1 - d / n;
        }
        return CurveTest.ofScore(score, variance);
    }
}
