package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.quantile.Histogram;
import org.showroomlab.stats.quantile.QuantileEstimate;
import org.showroomlab.stats.quantile.WoodruffQuantile;

/** A quantile of each arm from histograms, and the difference when there are two arms. */
final class QuantileAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        WoodruffQuantile quantile = new WoodruffQuantile(item.share("quantile"), item.significance());
        List<Computable<QuantileEstimate>> estimates =
                item.list("arms").stream().map(arm -> estimate(quantile, arm)).toList();
        ArrayNode arms = Answers.list();
        estimates.forEach(e -> arms.add(json(e)));
        ObjectNode json = Answers.object();
        json.set("arms", arms);
        if (estimates.size() == 2) {
            json.set("difference", difference(quantile, estimates.get(0), estimates.get(1)));
        }
        return json;
    }

    private static Computable<QuantileEstimate> estimate(WoodruffQuantile quantile, Fields arm) {
        return arm.has("clusters")
                ? quantile.estimate(histograms(arm.list("clusters")))
                : quantile.estimate(histogram(arm));
    }

    private static List<Histogram> histograms(List<Fields> clusters) {
        for (Fields cluster : clusters) {
            if (!Arrays.equals(cluster.numbers("edges"), clusters.get(0).numbers("edges"))) {
                throw new InvalidItem(cluster.name("edges") + " must be those of the arm's first cluster.");
            }
        }
        return clusters.stream().map(QuantileAnalysis::histogram).toList();
    }

    private static Histogram histogram(Fields fields) {
        double[] edges = fields.numbers("edges");
        long[] counts = fields.counts("counts");
        if (edges.length != counts.length + 1 || counts.length == 0) {
            throw new InvalidItem(fields.name("edges") + " must have one entry more than counts, which needs one: "
                    + edges.length + " edges, " + counts.length + " counts.");
        }
        for (int i = 0; i < counts.length; i++) {
            if (!(edges[i] < edges[i + 1])) {
                throw new InvalidItem(
                        fields.name("edges") + " must ascend: " + edges[i] + ", then " + edges[i + 1] + ".");
            }
        }
        return Histogram.of(edges, Arrays.stream(counts).asDoubleStream().toArray());
    }

    private static ObjectNode difference(
            WoodruffQuantile quantile, Computable<QuantileEstimate> control, Computable<QuantileEstimate> treatment) {
        Computable<Effect> difference = control.flatMap(c -> treatment.flatMap(t -> quantile.difference(c, t)));
        OptionalDouble estimate =
                control.value().isPresent() && treatment.value().isPresent()
                        ? OptionalDouble.of(treatment.orElseThrow().estimate()
                                - control.orElseThrow().estimate())
                        : OptionalDouble.empty();
        return Answers.effect(difference, estimate);
    }

    private static ObjectNode json(Computable<QuantileEstimate> estimate) {
        if (estimate.value().isEmpty()) {
            return Answers.refused(Answers.object(), estimate, "estimate", "ci");
        }
        QuantileEstimate q = estimate.orElseThrow();
        ObjectNode json = Answers.object().put("estimate", q.estimate());
        json.set("ci", Answers.interval(q.ci()));
        Computable<Double> stdError = q.asArm().boundedStdError();
        stdError.value()
                .ifPresentOrElse(
                        error -> json.put("std_error", error), () -> Answers.refused(json, stdError, "std_error"));
        return json.put("units", q.units());
    }
}
