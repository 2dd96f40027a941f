package org.showroomlab.reports.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.clusters.Cluster;

/**
 * What one metric is per cluster and period: n and S of a cluster-robust method.
 *
 * <ul>
 *   <li>mean and proportion are over units, which are cluster-periods: n = 1 and S is the unit's value;
 *   <li>ratio: n is the denominator and S the numerator;
 *   <li>share: n are events and S those at most the threshold;
 *   <li>quantile: n are events and S those at or below a given value, the quantile under test.
 * </ul>
 *
 * @param periods whether a cluster has more than one period
 * @param capped whether the metric's cap applies
 */
record ClusterMetric(Metric metric, boolean periods, boolean capped) {

    /** n and S of one cluster in one period. */
    record Contribution(ClusterCell cell, double n, double sum) {
        /** Both together, under this one's name. */
        Contribution plus(Contribution other) {
            return new Contribution(cell, n + other.n, sum + other.sum);
        }
    }

    static ClusterMetric of(Metric metric, boolean periods) {
        return new ClusterMetric(metric, periods, true);
    }

    ClusterMetric withoutCap() {
        return new ClusterMetric(metric, periods, false);
    }

    boolean isQuantile() {
        return metric.type() == Metric.Type.QUANTILE;
    }

    /** The share that a quantile metric asks for. */
    double quantile() {
        BigDecimal share = metric.quantile();
        if (share == null) {
            throw new IllegalStateException("not a quantile: " + metric.id());
        }
        return share.doubleValue();
    }

    /** The contributions to a metric that is no quantile, also of units without an event of it. */
    List<Contribution> contributions(ArmSums arm) {
        Map<ClusterCell, CellSums> cells = arm.cells();
        List<Contribution> list = new ArrayList<>();
        cells.forEach((cell, sums) -> list.add(contribution(cell, sums)));
        return list;
    }

    private Contribution contribution(ClusterCell cell, CellSums sums) {
        return switch (metric.type()) {
            case MEAN ->
                new Contribution(
                        cell, 1, capped(value(sums.sum(), metric.measure().scale())));
            case PROPORTION -> new Contribution(cell, 1, sums.sum().signum() > 0 ? 1 : 0);
            case RATIO ->
                new Contribution(
                        cell,
                        value(sums.denSum(), perScale()),
                        value(sums.sum(), metric.measure().scale()));
            case SHARE -> new Contribution(cell, sums.events(), value(sums.sum(), 0));
            case QUANTILE -> throw new IllegalStateException("a quantile has histograms: " + metric.id());
        };
    }

    private int perScale() {
        @Nullable Measure per = metric.per();
        return per == null ? 0 : per.scale();
    }

    private double capped(double value) {
        BigDecimal cap = metric.cap();
        if (cap == null || !capped) {
            return value;
        }
        // As counted: in whole units of the measure's scale.
        BigDecimal counted = cap.setScale(metric.measure().scale(), RoundingMode.HALF_EVEN);
        return Math.min(counted.doubleValue(), value);
    }

    private static double value(BigInteger scaled, int scale) {
        return new BigDecimal(scaled, scale).doubleValue();
    }

    /** ΣS/Σn of a metric that is no quantile. */
    OptionalDouble level(ArmSums arm) {
        double n = 0;
        double sum = 0;
        for (Contribution c : contributions(arm)) {
            n += c.n();
            sum += c.sum();
        }
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / n);
    }

    /**
     * What a cluster-robust method takes. One that has a numerator and no denominator counts: the ratio is that of the sums.
     * A negative denominator leaves no such method.
     */
    static Computable<List<Cluster>> clusters(Collection<Contribution> contributions, boolean treated) {
        for (Contribution c : contributions) {
            if (c.n() < 0) {
                return Computable.notComputable(
                        "negative_denominator",
                        "The denominator of '" + c.cell().cluster()
                                + "' adds up to less than 0, so its weight among the clusters is not defined.");
            }
        }
        return Computable.of(contributions.stream()
                .map(c -> new Cluster(c.n(), c.sum(), treated))
                .filter(c -> !c.isEmpty())
                .toList());
    }

    /** Of a quantile metric: events, and events at or below the value, per cluster and period. */
    List<Contribution> atOrBelow(ArmSums arm, double value) {
        List<Contribution> list = new ArrayList<>();
        arm.histograms()
                .forEach((cell, counts) -> list.add(
                        new Contribution(cell, counts.total(), ValueHistograms.atOrBelow(counts, value, scale()))));
        return list;
    }

    /** Which clusters and periods have events of a quantile metric. */
    List<Contribution> observed(ArmSums arm) {
        return arm.histograms().keySet().stream()
                .map(cell -> new Contribution(cell, 1, 0))
                .toList();
    }

    /** The arm by cluster and period. */
    ArmHistograms cellHistograms(ArmSums arm) {
        return arm.byCell();
    }

    /** The arm by cluster, over its periods. */
    ArmHistograms clusterHistograms(ArmSums arm) {
        if (!periods) {
            return cellHistograms(arm);
        }
        Map<String, BucketCounts> byCluster = new LinkedHashMap<>();
        arm.histograms()
                .forEach((cell, counts) -> byCluster
                        .computeIfAbsent(cell.cluster(), c -> new BucketCounts())
                        .add(counts));
        return new ArmHistograms(byCluster.values(), arm.wholeHistogram());
    }

    /** The quantile over the events of both arms: where their distributions are compared under no effect. */
    double pooledQuantile(ArmSums control, ArmSums treatment) {
        BucketCounts pooled = new BucketCounts();
        pooled.add(control.wholeHistogram());
        pooled.add(treatment.wholeHistogram());
        return pooled.isEmpty() ? 0 : ValueHistograms.of(pooled, scale()).quantile(quantile());
    }

    QuantileLevels levels(Significance significance) {
        return new QuantileLevels(quantile(), scale(), significance);
    }

    private int scale() {
        return metric.measure().scale();
    }
}
