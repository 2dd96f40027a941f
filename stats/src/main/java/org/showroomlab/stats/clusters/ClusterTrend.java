package org.showroomlab.stats.clusters;

import java.util.List;
import java.util.Locale;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Rounding;
import org.showroomlab.stats.Significance;

/**
 * The slope of a metric over a dose that was assigned to clusters: least squares over visits, CR2 variance, Satterthwaite's
 * degrees of freedom. {@link ClusterRobustTest} is the case of two doses, 0 and 1.
 *
 * <p>With M = (XᵀX)⁻¹ over visits, x_g = (1, dose), h_g = x_gᵀMx_g and u_g the sum of a cluster's residuals: a_g² =
 * (ℓᵀMx_g)²/(1 − n_g h_g), V = Σ a_g² u_g², K_gh = n_g·1[g=h] − n_g n_h x_gᵀMx_h, df = (ℓᵀMℓ)²/Σ a_g² a_h² K_gh²; ℓ picks
 * the slope.
 *
 * <p>Edges: a dose with a single cluster, when it alone carries the slope, or fewer than {@code smallestDf} degrees of
 * freedom, is {@code too_few_clusters}.
 *
 * <p>Source: Pustejovsky and Tipton (2018), doi:10.1080/07350015.2016.1247004.
 *
 * @param significance level and direction, about the slope
 * @param smallestDf degrees of freedom below which there is no answer
 */
public record ClusterTrend(Significance significance, double smallestDf) {

    /** Two-sided at .05, refusing below 4 degrees of freedom. */
    public static ClusterTrend withDefaults() {
        return new ClusterTrend(Significance.DEFAULT, 4);
    }

    /** The same at another level. */
    public ClusterTrend withAlpha(double alpha) {
        return new ClusterTrend(significance.withAlpha(alpha), smallestDf);
    }

    /** The same in another direction. */
    public ClusterTrend with(Alternative alternative) {
        return new ClusterTrend(significance.with(alternative), smallestDf);
    }

    /** The same refusing at another number of degrees of freedom. */
    public ClusterTrend withSmallestDf(double df) {
        return new ClusterTrend(significance, df);
    }

    /** Change of the metric per unit of x. */
    public Computable<Effect> slope(List<DosedCluster> clusters) {
        Line line = Line.through(clusters);
        if (!(line.sxx() > 0)) {
            return Computable.notComputable("not_enough_data", "A slope needs clusters at two different doses.");
        }
        double variance = 0;
        for (DosedCluster g : clusters) {
            double free = 1 - g.n() * line.leverage(g, g);
            if (free < 1e-9) {
                return Computable.notComputable(
                        "too_few_clusters",
                        "A dose has a single cluster, so its noise cannot be told from its effect.");
            }
            double weight = line.influence(g);
            double expected = g.n() * line.at(g.x());
            double residual = Rounding.orZero(g.sum() - expected, Math.abs(g.sum()) + Math.abs(expected));
            variance += weight * weight * residual * residual / free;
        }
        double df = df(clusters, line);
        if (df < smallestDf - 1e-9) {
            return Computable.notComputable(
                    "too_few_clusters",
                    String.format(
                            Locale.ROOT,
                            "%d clusters leave %.1f degrees of freedom for the slope, fewer than %.0f.",
                            clusters.size(),
                            df,
                            smallestDf));
        }
        return variance > 0
                ? Computable.of(significance.student(line.slope(), Math.sqrt(variance), df))
                : Computable.notComputable("zero_variance", "All clusters lie exactly on the line.");
    }

    private static double df(List<DosedCluster> clusters, Line line) {
        double squares = 0;
        for (int i = 0; i < clusters.size(); i++) {
            DosedCluster g = clusters.get(i);
            for (int j = 0; j < clusters.size(); j++) {
                DosedCluster h = clusters.get(j);
                double k = (i == j ? g.n() : 0) - g.n() * h.n() * line.leverage(g, h);
                squares += adjusted(g, line) * adjusted(h, line) * k * k;
            }
        }
        return 1 / (line.sxx() * line.sxx() * squares);
    }

    private static double adjusted(DosedCluster g, Line line) {
        return line.influence(g) * line.influence(g) / (1 - g.n() * line.leverage(g, g));
    }

    /** The least-squares line over visits, with x taken from its mean so that M is diagonal. */
    private record Line(double totalN, double meanX, double meanY, double sxx, double slope) {

        static Line through(List<DosedCluster> clusters) {
            double n = 0;
            double x = 0;
            double y = 0;
            for (DosedCluster g : clusters) {
                n += g.n();
                x += g.n() * g.x();
                y += g.sum();
            }
            double meanX = n > 0 ? x / n : 0;
            double meanY = n > 0 ? y / n : 0;
            double sxx = 0;
            double sxy = 0;
            for (DosedCluster g : clusters) {
                sxx += g.n() * Math.pow(g.x() - meanX, 2);
                sxy += (g.x() - meanX) * (g.sum() - g.n() * meanY);
            }
            return new Line(n, meanX, meanY, sxx, sxx > 0 ? sxy / sxx : 0);
        }

        double at(double x) {
            return meanY + slope * (x - meanX);
        }

        double influence(DosedCluster g) {
            return (g.x() - meanX) / sxx;
        }

        double leverage(DosedCluster g, DosedCluster h) {
            return 1 / totalN + (g.x() - meanX) * (h.x() - meanX) / sxx;
        }
    }
}
