package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.many.PValueAdjustment;

/**
 * Which p-values are corrected together.
 *
 * <ul>
 *   <li>Every treatment × every primary metric is one family, by the experiment's {@code correction}: what may ship is
 *       asked apart from what is looked at beside it, in the table as in the verdict.
 *   <li>Every treatment × every secondary metric is another, by the same.
 *   <li>Guardrails are not corrected: a decision needs all of them to hold, so looking at more of them makes a wrong ship
 *       rarer, not more frequent.
 *   <li>Each dimension of each metric is a family of its own by Benjamini–Hochberg, whatever the correction: slices are
 *       exploratory.
 * </ul>
 */
final class PValueFamilies {
    private PValueFamilies() {}

    static List<MetricReport> adjust(Experiment experiment, List<MetricReport> metrics) {
        return adjustRoles(method(experiment), metrics).stream()
                .map(PValueFamilies::adjustSlices)
                .toList();
    }

    private static PValueAdjustment method(Experiment experiment) {
        return switch (experiment.correction()) {
            case NONE -> PValueAdjustment.NONE;
            case HOLM -> PValueAdjustment.HOLM;
            case BONFERRONI -> PValueAdjustment.BONFERRONI;
            case BENJAMINI_HOCHBERG -> PValueAdjustment.BENJAMINI_HOCHBERG;
        };
    }

    private static List<MetricReport> adjustRoles(PValueAdjustment method, List<MetricReport> metrics) {
        List<MetricReport> result = new ArrayList<>(metrics);
        for (Metric.Role role : Metric.Role.values()) {
            List<Integer> places = IntStream.range(0, metrics.size())
                    .filter(i -> metrics.get(i).metric().role() == role)
                    .boxed()
                    .toList();
            List<List<Comparison>> family =
                    places.stream().map(i -> metrics.get(i).comparisons()).toList();
            List<List<Comparison>> adjusted =
                    adjustLists(role == Metric.Role.GUARDRAIL ? PValueAdjustment.NONE : method, family);
            for (int i = 0; i < places.size(); i++) {
                result.set(places.get(i), metrics.get(places.get(i)).withComparisons(adjusted.get(i)));
            }
        }
        return result;
    }

    private static MetricReport adjustSlices(MetricReport metric) {
        Map<String, List<Integer>> byDimension = new HashMap<>();
        for (int i = 0; i < metric.dimensions().size(); i++) {
            byDimension
                    .computeIfAbsent(metric.dimensions().get(i).name(), d -> new ArrayList<>())
                    .add(i);
        }
        List<SliceReport> slices = new ArrayList<>(metric.dimensions());
        for (List<Integer> places : byDimension.values()) {
            List<List<Comparison>> family =
                    places.stream().map(i -> slices.get(i).comparisons()).toList();
            List<List<Comparison>> adjusted = adjustLists(PValueAdjustment.BENJAMINI_HOCHBERG, family);
            for (int i = 0; i < places.size(); i++) {
                slices.set(places.get(i), slices.get(places.get(i)).withComparisons(adjusted.get(i)));
            }
        }
        return metric.withDimensions(slices);
    }

    private static List<List<Comparison>> adjustLists(PValueAdjustment method, List<List<Comparison>> lists) {
        double[] adjusted = method.adjust(lists.stream()
                .flatMap(List::stream)
                .map(c -> c.difference().value().map(Effect::pValue).orElse(null))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray());
        int next = 0;
        List<List<Comparison>> result = new ArrayList<>();
        for (List<Comparison> list : lists) {
            List<Comparison> one = new ArrayList<>();
            for (Comparison comparison : list) {
                boolean computable = comparison.difference().value().isPresent();
                one.add(computable ? comparison.withPValueAdjusted(adjusted[next++]) : comparison);
            }
            result.add(one);
        }
        return result;
    }
}
