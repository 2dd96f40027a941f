package org.showroomlab.jobs.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;

/**
 * All loaded experiments, compiled: which measures an event may feed (its value slots) and which dimension values are
 * kept of an exposure.
 *
 * <p>Experiments on caches and showrooms, and metrics of type share and quantile, are known (their exposures are not
 * unknown) but have no slots yet: nothing is counted for them.
 */
public final class CountingPlan {
    private final List<ExperimentPlan> experiments = new ArrayList<>();
    private final Map<String, ExperimentPlan> byId = new HashMap<>();
    private final List<Measure> measures = new ArrayList<>();
    private final List<EventField> dimensionFields = new ArrayList<>();

    public CountingPlan(List<Experiment> loaded) {
        loaded.forEach(this::add);
    }

    private void add(Experiment experiment) {
        int number = experiments.size();
        List<MetricPlan> metrics = new ArrayList<>();
        if (experiment.unit() == UnitKind.VISITOR) {
            for (Metric metric : experiment.metrics()) {
                if (isCounted(metric)) {
                    Measure per = metric.per();
                    int slot = slot(metric.measure());
                    metrics.add(MetricPlan.of(metric, slot, per == null ? MetricPlan.NONE : slot(per)));
                }
            }
        }
        int[] slots =
                experiment.dimensions().stream().mapToInt(this::dimensionSlot).toArray();
        List<String> names =
                experiment.dimensions().stream().map(EventField::name).toList();
        ExperimentPlan plan = ExperimentPlan.of(number, experiment, metrics, names, slots);
        experiments.add(plan);
        byId.put(plan.id(), plan);
    }

    private static boolean isCounted(Metric metric) {
        return switch (metric.type()) {
            case MEAN, PROPORTION, RATIO -> true;
            case SHARE, QUANTILE -> false;
        };
    }

    private int slot(Measure measure) {
        measures.add(measure);
        return measures.size() - 1;
    }

    private int dimensionSlot(EventField field) {
        for (int i = 0; i < dimensionFields.size(); i++) {
            if (dimensionFields.get(i).name().equals(field.name())) {
                return i;
            }
        }
        dimensionFields.add(field);
        return dimensionFields.size() - 1;
    }

    public List<ExperimentPlan> experiments() {
        return experiments;
    }

    public @Nullable ExperimentPlan experiment(String id) {
        return byId.get(id);
    }

    /** The measures by value slot. */
    public List<Measure> measures() {
        return measures;
    }

    public List<EventField> dimensionFields() {
        return dimensionFields;
    }
}
