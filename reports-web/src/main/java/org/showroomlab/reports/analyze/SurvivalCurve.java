package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.survival.IncidenceCurve;
import org.showroomlab.stats.survival.IncidenceCurve.Point;
import org.showroomlab.stats.survival.LifeTable;
import org.showroomlab.stats.survival.RestrictedMean;

/** One arm's curve as parallel lists over its distinct times, those of censored units included. */
final class SurvivalCurve {

    private SurvivalCurve() {}

    static ObjectNode json(Fields item, LifeTable table) {
        Computable<IncidenceCurve> curve = IncidenceCurve.of(table);
        ObjectNode json = Answers.object();
        points(json, curve.value().map(IncidenceCurve::points).orElse(List.of()));
        curve.value().ifPresent(c -> summary(json, item, c));
        return curve.value().isPresent() ? json : refused(json, item, curve);
    }

    private static void points(ObjectNode json, List<Point> points) {
        list(json, "time", points, Point::time);
        list(json, "survival", points, Point::survival);
        list(json, "std_error", points, p -> p.survivalStdError().orElse(Double.NaN));
        list(json, "incidence", points, Point::incidence);
        list(json, "incidence_std_error", points, Point::incidenceStdError);
        list(json, "competing_incidence", points, Point::competingIncidence);
    }

    private static void list(ObjectNode json, String name, List<Point> points, ToDoubleFunction<Point> value) {
        json.set(name, Answers.numbers(points.stream().mapToDouble(value).toArray()));
    }

    private static void summary(ObjectNode json, Fields item, IncidenceCurve curve) {
        if (item.has("tau")) {
            RestrictedMean mean = RestrictedMean.of(curve, item.positive("tau"));
            json.put("rmst", mean.mean()).put("rmst_std_error", mean.stdError());
            curve.knownOnlyUntil(mean.tau())
                    .ifPresent(last -> json.put(
                            "rmst_note",
                            "Nobody was seen after " + last + ", with some still waiting; from there to " + mean.tau()
                                    + " the curve is taken to stay flat."));
        }
        Answers.number(json, "median", curve.median());
        boolean endsAtZero =
                curve.points().stream().anyMatch(p -> p.survivalStdError().isEmpty());
        if (curve.median().isEmpty() || endsAtZero) {
            json.put(
                    "reason",
                    curve.median().isEmpty()
                            ? "More than half are still waiting at the last time, so there is no median."
                            : "Greenwood's standard error does not exist where nobody is waiting any more.");
        }
    }

    private static ObjectNode refused(ObjectNode json, Fields item, Computable<IncidenceCurve> curve) {
        return item.has("tau")
                ? Answers.refused(json, curve, "rmst", "rmst_std_error", "median")
                : Answers.refused(json, curve, "median");
    }
}
