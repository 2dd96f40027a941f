package org.showroomlab.stats.survival;

import java.util.TreeSet;
import org.showroomlab.stats.Computable;

/**
 * Gray's test that two arms have the same cumulative incidence in the presence of a competing event.
 *
 * <p>With S_k the waiting curve and F_k the incidence of arm k, the risk sets are replaced by R_k = n_k(1 − F_k(t−))/S_k(t−):
 * those at risk and, in expectation, those who already had the competing event. Score = Σ (d¹₁ − d¹·R₁/R). Its variance
 * sums, over both arms and both kinds of event, the squared influence of each event on the score: what it does at once
 * (the weight a at its time) less what it does later through F, which is known only at the end. The sums below are
 * therefore kept as a square in the yet unknown final value: V₂, V₁ and V₀ multiply its powers.
 *
 * <p>Edges: no event while both arms were at risk, or only one that all of them had at once, is {@code not_enough_data}. An
 * event in an arm that is alone adds nothing, whatever the pooled incidence has become by then.
 *
 * <p>Source: Gray (1988), doi:10.1214/aos/1176350951; reference values from R's cmprsk.
 */
public final class GrayTest {

    private GrayTest() {}

    /** The test of the event; of the competing one with {@link LifeTable#exchanged()} arms. */
    public static Computable<CurveTest> test(LifeTable control, LifeTable treatment) {
        TreeSet<Double> times = new TreeSet<>(control.rows().keySet());
        times.addAll(treatment.rows().keySet());
        Run run = new Run();
        for (double t : times) {
            run.step(new Arm[] {Arm.at(treatment, t), Arm.at(control, t)});
        }
        return CurveTest.ofScore(run.score, run.variance());
    }

    /** One arm at one time. */
    private record Arm(double atRisk, double events, double competing) {
        static Arm at(LifeTable table, double t) {
            LifeTable.Counts counts = table.at(t);
            return new Arm(table.atRiskBefore(t), counts.events(), counts.competing());
        }
    }

    private static final class Run {
        private final double[] survival = {1, 1};
        private final double[] incidence = {0, 0};
        private double pooledIncidence;
        /** Σ of the weight over the subdistribution hazard: + for the treatment, − for the control. */
        private double drift;

        private double score;
        private final double[] v0 = {0, 0};
        private final double[] v1 = {0, 0};
        private final double[] v2 = {0, 0};

        void step(Arm[] arms) {
            double events = arms[0].events() + arms[1].events();
            double competing = arms[0].competing() + arms[1].competing();
            if (events + competing == 0) {
                return;
            }
            double[] before = survival.clone();
            double[] weighted = new double[2];
            double expectedBase = 0;
            for (int k = 0; k < 2; k++) {
                weighted[k] = arms[k].atRisk() > 0 ? arms[k].atRisk() / before[k] : 0;
                expectedBase += weighted[k] * (1 - incidence[k]);
            }
            double total = weighted[0] + weighted[1];
            double weight = weighted[0] * weighted[1] / total;
            score += arms[0].events() - events * weighted[0] * (1 - incidence[0]) / expectedBase;
            // once one arm is empty the pooled incidence can be 1 already
            drift += weight > 0 ? weight * events / (total * (1 - pooledIncidence)) : 0;
            pooledIncidence += events / total;
            for (int k = 0; k < 2; k++) {
                if (arms[k].atRisk() > 0) {
                    advance(k, arms[k]);
                    addEvents(k, arms[k], events, before[k], weight, total);
                    addCompeting(k, arms[k], before[k]);
                }
            }
        }

        private void advance(int k, Arm arm) {
            incidence[k] += survival[k] * arm.events() / arm.atRisk();
            survival[k] *= (arm.atRisk() - arm.events() - arm.competing()) / arm.atRisk();
        }

        private void addEvents(int k, Arm arm, double events, double before, double weight, double total) {
            if (events == 0) {
                return;
            }
            double later = survival[k] > 0 ? 1 - (1 - pooledIncidence) / survival[k] : 1;
            double ties = events > 1 ? 1 - (events - 1) / (total * before - 1) : 1;
            add(k, weight - later * drift, later, ties * before * events / (total * arm.atRisk()));
        }

        private void addCompeting(int k, Arm arm, double before) {
            if (survival[k] <= 0 || arm.competing() == 0) {
                return;
            }
            double later = (1 - pooledIncidence) / survival[k];
            double ties = arm.competing() > 1 ? 1 - (arm.competing() - 1) / (arm.atRisk() - 1) : 1;
            double hazard = before * before * arm.competing() / (arm.atRisk() * arm.atRisk());
            add(k, later * drift, -later, ties * hazard);
        }

        /** (now + later·final)²·size as a polynomial in the final drift. */
        private void add(int k, double now, double later, double size) {
            v0[k] += now * now * size;
            v1[k] += now * later * size;
            v2[k] += later * later * size;
        }

        double variance() {
            double sum = 0;
            for (int k = 0; k < 2; k++) {
                sum += v0[k] + 2 * drift * v1[k] + drift * drift * v2[k];
            }
            return sum;
        }
    }
}
