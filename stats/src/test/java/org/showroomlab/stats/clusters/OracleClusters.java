package org.showroomlab.stats.clusters;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.showroomlab.stats.Oracles;

/** Clusters as the reference values give them. */
final class OracleClusters {
    private OracleClusters() {}

    static List<Cluster> totals(JsonNode in) {
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < in.get("n_g").size(); g++) {
            clusters.add(new Cluster(
                    in.get("n_g").get(g).asDouble(),
                    in.get("sum_g").get(g).asDouble(),
                    in.get("arm").get(g).asInt() == 1));
        }
        return clusters;
    }

    static List<Cluster> visits(JsonNode in) {
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < in.get("clusters").size(); g++) {
            double[] y = Oracles.doubles(in.get("clusters").get(g));
            clusters.add(new Cluster(
                    y.length, DoubleStream.of(y).sum(), in.get("arm").get(g).asInt() == 1));
        }
        return clusters;
    }

    static List<Cluster> rows(JsonNode in) {
        Map<Integer, Cluster> clusters = new TreeMap<>();
        for (int i = 0; i < in.get("y").size(); i++) {
            Cluster row = new Cluster(
                    1, in.get("y").get(i).asDouble(), in.get("treat").get(i).asInt() == 1);
            clusters.merge(
                    in.get("cluster").get(i).asInt(),
                    row,
                    (a, b) -> new Cluster(a.n() + b.n(), a.sum() + b.sum(), a.treated()));
        }
        return List.copyOf(clusters.values());
    }
}
