package org.showroomlab.jobs.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Filter;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.jobs.packed.NameTable;

/**
 * All loaded experiments, compiled: which measures an event may feed (its value slots; equal measures share one) and
 * which dimension values are kept of it.
 */
public final class CountingPlan {
    private final List<ExperimentPlan> experiments = new ArrayList<>();
    private final NameTable experimentNumbers = new NameTable();
    private final List<MeasurePlan> measures = new ArrayList<>();
    private final Map<String, Integer> slots = new LinkedHashMap<>();
    private final BitSet placedSlots = new BitSet();
    private final List<EventField> dimensionFields = new ArrayList<>();

    public CountingPlan(List<Experiment> loaded) {
        loaded.forEach(this::add);
    }

    private void add(Experiment experiment) {
        int number = experimentNumbers.number(experiment.id());
        boolean hasCovariate = experiment.unit() == Experiment.UnitKind.VISITOR && experiment.covariateDays() > 0;
        List<MetricPlan> metrics = new ArrayList<>();
        for (Metric metric : experiment.countedMetrics()) {
            Measure per = metric.per();
            int slot = slot(metric.measure());
            metrics.add(MetricPlan.of(metric, slot, per == null ? MetricPlan.NONE : slot(per), hasCovariate));
        }
        LifeTablePlan lifeTable = LifeTablePlan.of(experiment, this::slot);
        StockPlan stock = StockPlan.of(experiment, this::slot);
        stock.flows().forEach(flow -> placedSlots.set(flow.slot()));
        int[] dimensionSlots = experiment.countedDimensions().stream()
                .mapToInt(this::dimensionSlot)
                .toArray();
        List<String> names =
                experiment.countedDimensions().stream().map(EventField::name).toList();
        experiments.add(ExperimentPlan.of(number, experiment, metrics, lifeTable, stock, names, dimensionSlots));
    }

    private int slot(Measure measure) {
        return slots.computeIfAbsent(signature(measure), s -> {
            measures.add(new MeasurePlan(measure));
            return measures.size() - 1;
        });
    }

    /** Equal for measures that read the same of every event. */
    private static String signature(Measure measure) {
        EventField value = measure.value();
        Filter subtract = measure.subtract();
        return measure.events().stream().sorted().toList() + "|" + signature(measure.where()) + "|"
                + (subtract == null ? "" : signature(subtract)) + "|" + (value == null ? "" : escaped(value.name()));
    }

    private static String signature(Filter filter) {
        return filter.conditions().stream()
                .map(c -> escaped(c.field().name()) + "="
                        + c.texts().stream().map(CountingPlan::escaped).sorted().toList())
                .sorted()
                .collect(Collectors.joining("&", "(", ")"));
    }

    /** Texts may hold what stands between them. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\\\[\\],=&|()]", "\\\\$0");
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

    /** Goes up when docs/TABLES.md promises rows that the totals of older state lack. */
    private static final int TABLES = 2;

    /**
     * What the numbers in state stand for: the measures and the dimensions, in the order of their slots, and the tables
     * that the totals are of.
     */
    public String meaning() {
        return TABLES + " " + slots.keySet() + " "
                + dimensionFields.stream().map(EventField::name).toList()
                + cohorts();
    }

    /** Nothing where none are counted, so that state from before there were any is read. */
    private String cohorts() {
        return experiments.stream()
                .filter(plan -> plan.cohortMillis() > 0)
                .map(plan -> " cohorts of " + plan.id() + ": " + plan.cohortMillis())
                .collect(Collectors.joining());
    }

    public List<ExperimentPlan> experiments() {
        return experiments;
    }

    /** The experiment whose id stands in that region, if it is loaded. */
    public @Nullable ExperimentPlan experiment(byte[] bytes, int start, int length) {
        int number = experimentNumbers.find(bytes, start, length);
        return number < 0 ? null : experiments.get(number);
    }

    /** The measures by value slot. */
    public List<MeasurePlan> measures() {
        return measures;
    }

    /** Whether the showroom and the product of the slot's events are kept with their values. */
    public boolean isPlaced(int slot) {
        return placedSlots.get(slot);
    }

    public List<EventField> dimensionFields() {
        return dimensionFields;
    }
}
