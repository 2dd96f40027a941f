package org.showroomlab.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.util.ResizableDoubleArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.event.Event;

/** One large world of caches: what its views show is what the truth says, once the washout is left out. */
class SimulationTtlTruthTest {
    private static final long PERIOD_MILLIS = EdgeSource.PERIOD_MINUTES * 60_000L;
    private static final long WASHOUT_MILLIS = EdgeSource.WASHOUT_MINUTES * 60_000L;
    private static final double MICROS = 1e6;

    private static final class Arm {
        final ResizableDoubleArray lcpMillis = new ResizableDoubleArray();
        final ResizableDoubleArray inpMillis = new ResizableDoubleArray();
        double good;
        double hits;
        double stale;
        double own;
    }

    @TempDir
    Path folder;

    @Test
    void viewsAgreeWithTheTruth() throws IOException {
        Simulation world = Scenarios.world(folder, 60, 8000, 4, """
                experiments: [ttl-speed]
                shop: {visits_before: 0, visits_after: 0}
                ttl_speed: {timings_per_visitor: 30}
                """);
        Map<String, Arm> arms = read(world);
        JsonNode truth = new ObjectMapper().readTree(world.truthJson()).at("/ttl-speed/analysis/ttl_speed/arms");
        assertThat(truth).hasSize(3);
        for (JsonNode expected : truth) {
            Arm arm = arms.getOrDefault(expected.get("variant").asText(), new Arm());
            double views = arm.lcpMillis.getNumElements();
            double p75 = percentile(arm.lcpMillis);
            assertThat(p75).isCloseTo(expected.at("/p75_lcp_ms/estimate").asDouble(), within(15.0));
            assertThat(arm.good / views)
                    .isCloseTo(expected.at("/good_share/estimate").asDouble(), within(0.006));
            assertThat(arm.hits / views)
                    .isCloseTo(expected.at("/hit_share/estimate").asDouble(), within(0.006));
            assertThat(arm.stale / views)
                    .isCloseTo(expected.at("/stale_share/estimate").asDouble(), within(0.002));
            assertThat(arm.own / views).isCloseTo(0.98, within(0.002));
        }
        List<Double> inp =
                arms.values().stream().map(a -> percentile(a.inpMillis)).toList();
        assertThat(inp).allSatisfy(p -> assertThat(p).isCloseTo(inp.get(0), within(2.0)));
    }

    @Test
    void theFastestTimeToLiveIsTheOneThatIsNotExcluded() throws IOException {
        JsonNode truth = new ObjectMapper()
                .readTree(Scenarios.world(folder, 60, 100, 4, "experiments: [ttl-speed]")
                        .truthJson())
                .at("/ttl-speed/analysis/ttl_speed");
        JsonNode fastest = truth.at("/arms/0");
        for (JsonNode arm : truth.get("arms")) {
            boolean faster = arm.at("/p75_lcp_ms/estimate").asDouble()
                    < fastest.at("/p75_lcp_ms/estimate").asDouble();
            fastest = faster ? arm : fastest;
        }
        assertThat(truth.get("not_excluded")).containsExactly(fastest.get("ttl_seconds"));
    }

    private static Map<String, Arm> read(Simulation world) {
        Map<String, Arm> arms = new HashMap<>();
        Map<String, Integer> ttlOfPeriod = new HashMap<>();
        for (Event event : NaiveReading.of(world).events.values()) {
            long sinceStart = event.header().timestampMillis() - new Quarter(60).startMillis();
            if (!(event instanceof Event.CacheTiming view) || sinceStart % PERIOD_MILLIS < WASHOUT_MILLIS) {
                continue;
            }
            String variant = view.header().exposures().getOrDefault(ExperimentIds.TTL_SPEED, "none");
            int ttl = (int) (view.ttlSecondsMicros().orElse(0) / MICROS);
            assertThat(variant).isEqualTo("ttl-" + ttl);
            Integer other = ttlOfPeriod.putIfAbsent(view.cache() + "/" + sinceStart / PERIOD_MILLIS, ttl);
            assertThat(other == null || other == ttl).isTrue();
            count(view, arms.computeIfAbsent(variant, v -> new Arm()));
        }
        return arms;
    }

    private static void count(Event.CacheTiming view, Arm arm) {
        double lcp = view.lcpMicros().orElse(0) / MICROS;
        arm.lcpMillis.addElement(lcp);
        arm.inpMillis.addElement(view.inpMicros().orElse(0) / MICROS);
        arm.good += lcp <= 2500 ? 1 : 0;
        arm.hits += "hit".equals(view.status()) ? 1 : 0;
        arm.stale += "stale".equals(view.status()) ? 1 : 0;
        arm.own += view.cache().equals(view.servedBy()) ? 1 : 0;
    }

    private static double percentile(ResizableDoubleArray values) {
        return new Percentile(75).evaluate(values.getElements());
    }
}
