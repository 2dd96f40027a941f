package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.survival.CurveTest;
import org.showroomlab.stats.survival.GrayTest;
import org.showroomlab.stats.survival.IncidenceCurve;
import org.showroomlab.stats.survival.LifeTable;
import org.showroomlab.stats.survival.LogRankTest;
import org.showroomlab.stats.survival.RestrictedMean;

/** Times to an event with a competing one: a curve per arm, and the tests when there are two arms. */
final class SurvivalAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        List<LifeTable> tables =
                item.list("arms").stream().map(SurvivalAnalysis::table).toList();
        ArrayNode arms = Answers.list();
        tables.forEach(t -> arms.add(SurvivalCurve.json(item, t)));
        ObjectNode json = Answers.object();
        json.set("arms", arms);
        if (tables.size() == 2) {
            compare(json, item, tables.get(0), tables.get(1));
        }
        return json;
    }

    private static LifeTable table(Fields arm) {
        double[] time = arm.numbers("time");
        long[] status = arm.counts("status", time.length);
        for (int i = 0; i < time.length; i++) {
            if (!(time[i] >= 0)) {
                throw new InvalidItem(arm.name("time") + "[" + i + "] must be at least 0: " + time[i] + ".");
            }
            if (status[i] > 2) {
                throw new InvalidItem(arm.name("status") + "[" + i
                        + "] must be 0 (censored), 1 (event) or 2 (competing): " + status[i] + ".");
            }
        }
        return LifeTable.of(
                time, LongStream.of(status).mapToInt(Math::toIntExact).toArray());
    }

    private static void compare(ObjectNode json, Fields item, LifeTable control, LifeTable treatment) {
        json.set("logrank", test(LogRankTest.withDefaults().test(control, treatment)));
        json.set("gray", test(GrayTest.test(control, treatment)));
        if (item.has("tau")) {
            json.set(
                    "rmst_difference", restrictedMeans(item, IncidenceCurve.of(control), IncidenceCurve.of(treatment)));
        }
    }

    private static ObjectNode restrictedMeans(
            Fields item, Computable<IncidenceCurve> control, Computable<IncidenceCurve> treatment) {
        double tau = item.positive("tau");
        Computable<RestrictedMean> c = control.map(curve -> RestrictedMean.of(curve, tau));
        Computable<RestrictedMean> t = treatment.map(curve -> RestrictedMean.of(curve, tau));
        Computable<Double> estimate = c.flatMap(a -> t.map(b -> b.mean() - a.mean()));
        Computable<Effect> difference =
                c.flatMap(a -> t.flatMap(b -> RestrictedMean.difference(a, b, item.significance())));
        ObjectNode json = Answers.effect(
                difference, estimate.value().map(OptionalDouble::of).orElse(OptionalDouble.empty()));
        boolean flat = Stream.of(control, treatment)
                .anyMatch(curve -> curve.value()
                        .filter(known -> known.knownOnlyUntil(tau).isPresent())
                        .isPresent());
        return flat && estimate.value().isPresent()
                ? json.put("note", "The curve of an arm is taken to stay flat beyond its last time: see its rmst_note.")
                : json;
    }

    private static ObjectNode test(Computable<CurveTest> test) {
        return test.value()
                .map(t -> Answers.object()
                        .put("statistic", t.statistic())
                        .put("df", t.df())
                        .put("p_value", t.pValue()))
                .orElseGet(() -> Answers.refused(Answers.object(), test, "statistic", "df", "p_value"));
    }
}
