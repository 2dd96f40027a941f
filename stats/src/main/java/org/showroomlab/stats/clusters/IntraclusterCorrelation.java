package org.showroomlab.stats.clusters;

import java.util.List;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Variable;

/**
 * How alike visits of one cluster are: the ANOVA estimator, pooled within arms.
 *
 * <p>MSB = Σ n_g(ȳ_g − ȳ_a)²/(G − A), MSW = Σ(n_g − 1)s_g²/(N − G), n₀ = (N − Σ_a Σ n_g²/N_a)/(G − A); ICC = (MSB −
 * MSW)/(MSB + (n₀ − 1)·MSW). May be slightly negative; that is noise around zero and is reported as it is.
 *
 * <p>Edges: without a cluster of two visits or a second cluster in an arm there is nothing to compare.
 *
 * <p>Source: Donner and Klar (2000), Design and Analysis of Cluster Randomization Trials, section 1.4.
 *
 * @param betweenMeanSquare MSB
 * @param withinMeanSquare MSW
 * @param typicalSize n₀
 * @param icc the correlation
 */
public record IntraclusterCorrelation(
        double betweenMeanSquare, double withinMeanSquare, double typicalSize, double icc) {

    /** The estimate from the moments of the clusters of each arm. */
    public static Computable<IntraclusterCorrelation> of(List<List<ArmMoments>> arms) {
        double between = 0;
        double within = 0;
        double unequal = 0;
        double visits = 0;
        long clusters = 0;
        long visitedArms = 0;
        for (List<ArmMoments> arm : arms) {
            ArmMoments whole = arm.stream().reduce(ArmMoments.ofValues(), ArmMoments::merge);
            double inside = 0;
            for (ArmMoments cluster : arm) {
                inside += cluster.centredMoment(Variable.Y, Variable.Y);
                unequal += whole.n() == 0 ? 0 : (double) cluster.n() * cluster.n() / whole.n();
            }
            within += inside;
            between += whole.centredMoment(Variable.Y, Variable.Y) - inside;
            visits += whole.n();
            clusters += arm.stream().filter(c -> c.n() > 0).count();
            visitedArms += whole.n() > 0 ? 1 : 0;
        }
        double freeClusters = clusters - visitedArms;
        double freeVisits = visits - clusters;
        if (freeClusters < 1 || freeVisits < 1) {
            return Computable.notComputable(
                    "not_enough_data", "An intracluster correlation needs several clusters with several visits.");
        }
        double msb = between / freeClusters;
        double msw = within / freeVisits;
        double n0 = (visits - unequal) / freeClusters;
        double total = msb + (n0 - 1) * msw;
        if (!(total > 0)) {
            return Computable.notComputable("zero_variance", "All visits have the same value.");
        }
        return Computable.of(new IntraclusterCorrelation(msb, msw, n0, (msb - msw) / total));
    }
}
