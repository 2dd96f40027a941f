package org.showroomlab.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.codec.Refusal;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;

class SimulationNoiseTest {
    @TempDir
    Path folder;

    @Test
    void sharesAreNearTheirParameters() {
        NaiveReading reading = NaiveReading.of(Scenarios.world(folder, 30, 2000, 5, """
                noise: {duplicate_share: 0.02, malformed_share: 0.004, conflict_share: 0.003, mixed_share: 0.05, unknown_exposure_share: 0.01}
                """));
        double events = reading.events.size();
        assertThat((reading.duplicates - reading.conflicts) / events).isCloseTo(0.02, within(0.002));
        assertThat(reading.conflicts / events).isCloseTo(0.003, within(0.0015));
        assertThat(reading.refused / events).isCloseTo(0.004, within(0.001));
        long strange = reading.events.values().stream()
                .filter(e -> e.header().exposures().containsKey("retired-banner")
                        || e.header().exposures().containsValue("renamed"))
                .count();
        long visits = reading.events.values().stream()
                .filter(e -> e instanceof Event.Visit)
                .count();
        assertThat(strange / (double) visits).isCloseTo(0.01, within(0.003));
        assertThat(mixed(reading) / 2000.0).isCloseTo(0.05, within(0.015));
    }

    @Test
    void malformedRecordsAreOfEveryKindAndStayInTheirTopic() {
        NaiveReading reading = NaiveReading.of(Scenarios.world(folder, 10, 500, 5, "noise: {malformed_share: 0.02}"));
        Set<Refusal.Code> codes = new HashSet<>();
        for (Delivery delivery : reading.deliveries) {
            if (EventCodec.decode(delivery.value()) instanceof Decoded.Refused refused) {
                codes.add(refused.refusal().code());
                String text = new String(delivery.value(), StandardCharsets.UTF_8);
                assertThat(text).contains(delivery.topic().wireName());
                assertThat(delivery.key()).isNotEmpty();
            }
        }
        assertThat(codes)
                .contains(
                        Refusal.Code.MALFORMED_JSON,
                        Refusal.Code.MISSING_FIELD,
                        Refusal.Code.UNKNOWN_TYPE,
                        Refusal.Code.BAD_TIMESTAMP);
    }

    @Test
    void popUpsSyncLateAndSomeOutcomesOvertakeTheirExposure() {
        NaiveReading reading = NaiveReading.of(Scenarios.world(20, 1500, 5));
        long oneDayLate = 0;
        long overtakes = 0;
        Set<String> exposed = new HashSet<>();
        for (Delivery delivery : reading.deliveries) {
            if (!(EventCodec.decode(delivery.value()) instanceof Decoded.Accepted accepted)) {
                continue;
            }
            EventHeader header = accepted.event().header();
            long lateMillis = delivery.deliveredAtMillis() - header.timestampMillis();
            assertThat(lateMillis).isPositive();
            oneDayLate += lateMillis > Quarter.DAY_MILLIS ? 1 : 0;
            String key = new String(delivery.key(), StandardCharsets.UTF_8);
            if (header.exposures().containsKey(ExperimentIds.AA_CHECKOUT)
                    && !header.exposures().containsValue("renamed")) {
                exposed.add(key);
            } else if (NaiveReading.isPurchase(accepted.event(), "subscription", "subscription")
                    && !exposed.contains(key)) {
                overtakes++;
            }
        }
        assertThat(oneDayLate).isPositive();
        assertThat(overtakes).isPositive();
    }

    private static long mixed(NaiveReading reading) {
        List<String> arms = List.of("current", "same");
        return reading.byVisitor.values().stream()
                .filter(own -> own.stream()
                                .map(e -> e.header().exposures().getOrDefault(ExperimentIds.AA_CHECKOUT, ""))
                                .filter(arms::contains)
                                .distinct()
                                .count()
                        == 2)
                .count();
    }
}
