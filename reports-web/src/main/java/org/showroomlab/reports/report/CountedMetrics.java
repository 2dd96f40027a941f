package org.showroomlab.reports.report;

import java.util.Locale;
import java.util.Optional;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.Computable;

/** Which metrics the jobs count in this version; the others appear in a report with the reason and no number. */
final class CountedMetrics {
    static final String CODE = "not_enough_data";

    private CountedMetrics() {}

    static boolean counts(Experiment experiment, Metric metric) {
        return reason(experiment, metric).isEmpty();
    }

    /** Why nothing is known of the metric; empty when it is counted. */
    static Optional<String> reason(Experiment experiment, Metric metric) {
        if (experiment.unit() != UnitKind.VISITOR) {
            String unit = experiment.unit().name().toLowerCase(Locale.ROOT);
            return Optional.of("not counted in this version: the unit is " + unit + ", and only visitors are counted.");
        }
        if (metric.type() == Metric.Type.SHARE || metric.type() == Metric.Type.QUANTILE) {
            String type = metric.type().name().toLowerCase(Locale.ROOT);
            return Optional.of("not counted in this version: metrics of type " + type + " are over events.");
        }
        return Optional.empty();
    }

    static <T> Computable<T> refusal(String reason) {
        return Computable.notComputable(CODE, reason);
    }
}
