package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.special.PreorderWalkIn;
import org.showroomlab.stats.survival.CurveTest;
import org.showroomlab.stats.survival.GrayTest;
import org.showroomlab.stats.survival.IncidenceCurve;
import org.showroomlab.stats.survival.LifeTable;
import org.showroomlab.stats.survival.RestrictedMean;

class PreorderWalkInTest {
    private final PreorderDrop drop = new PreorderDrop();

    @Test
    void incidenceAndTestsAreThoseOfTheStatisticsOnTheSameTimes() {
        drop.twoArms();
        PreorderWalkIn reading = drop.reading();
        LifeTable small = PreorderDrop.table(
                new double[][] {{1, 10, 0, 0}, {2, 0, 5, 0}, {3, 6, 0, 0}, {24, 0, 4, 0}, {72, 0, 0, 75}});
        LifeTable large = PreorderDrop.table(
                new double[][] {{1, 20, 0, 0}, {2, 0, 6, 0}, {3, 9, 0, 0}, {24, 0, 5, 0}, {72, 0, 0, 80}});
        IncidenceCurve curve = IncidenceCurve.of(small).orElseThrow();
        List<PreorderWalkIn.Incidence> incidence =
                reading.arms().get(0).incidence().orElseThrow();
        assertThat(incidence).hasSize(5);
        assertThat(drop.json().path("incidence_basis").asText()).contains("before that many hours");
        for (PreorderWalkIn.Incidence point : incidence) {
            assertThat(point.pickedUp()).isCloseTo(curve.at(point.hours()).incidence(), within(1e-12));
            assertThat(point.cancelled() + point.noShow())
                    .isCloseTo(curve.at(point.hours()).competingIncidence(), within(1e-12));
            assertThat(point.waiting()).isCloseTo(curve.at(point.hours()).survival(), within(1e-12));
        }
        CurveTest gray = reading.contrasts().get(0).gray().orElseThrow();
        assertThat(gray).isEqualTo(GrayTest.test(small, large).orElseThrow());
    }

    @Test
    void meanTimeWithoutPickUpKeepsWhoCancelledWaiting() {
        drop.twoArms();
        PreorderWalkIn reading = drop.reading();
        assertThat(reading.tauHours()).isEqualTo(24);
        // 10 wait 3.5 bins, 6 wait 11.5 bins, 84 all of the 24 hours
        PreorderWalkIn.Level level = reading.arms().get(0).rmst().orElseThrow();
        assertThat(level.estimate()).isCloseTo((10 * 0.875 + 6 * 2.875 + 84 * 24) / 100, within(1e-9));
        RestrictedMean direct = RestrictedMean.of(
                IncidenceCurve.of(PreorderDrop.table(
                                new double[][] {{0.875, 10, 0, 0}, {2.875, 6, 0, 0}, {71.875, 0, 0, 84}}))
                        .orElseThrow(),
                24);
        assertThat(level.stdError()).isCloseTo(direct.stdError(), within(1e-12));
    }

    /** Small opened 12 hours before the end: nobody can have been seen for the 24 hours of tau. */
    @Test
    void whoWasNotSeenUpToTauIsSaid() {
        drop.twoArms();
        assertThat(drop.json().path("arms").get(0).path("rmst_hours").has("note"))
                .isFalse();
        assertThat(drop.json().path("rmst_difference").has("note")).isFalse();
        PreorderDrop late = new PreorderDrop();
        late.add(Samples.statistic("drop", "", "small", Samples.DAY, 10, 0));
        late.life("small", "exposure", 240, "entered", 0, 10);
        late.life("small", "exposure", 240, "picked_up", 1, 4);
        late.arm("large", 120, new long[][] {{0, 3, 20}});
        JsonNode json = late.json();
        assertThat(json.path("arms").get(0).path("rmst_hours").path("note").asText())
                .isEqualTo(
                        "Nobody was seen for more than 11.875 hours; from there on nobody is taken to pick up any more.");
        assertThat(json.path("arms").get(1).path("rmst_hours").has("note")).isFalse();
        assertThat(json.path("rmst_difference").path("note").asText()).contains("rmst_hours");
        assertThat(json.path("comparisons").get(0).path("rmst_difference").has("note"))
                .isTrue();
        assertThat(late.rendered(Format.HTML)).contains("Nobody of small was seen for more than 11.9");
    }

    @Test
    void oneMinusKaplanMeierWouldSayMore() {
        drop.arm("small", 100, new long[][] {{1, 0, 40}, {0, 4, 30}});
        drop.arm("large", 100, new long[][] {{0, 4, 30}});
        PreorderWalkIn reading = drop.reading();
        List<PreorderWalkIn.Incidence> incidence =
                reading.arms().get(0).incidence().orElseThrow();
        // 1 − KM with the cancelled as censored: 30 of the 60 that are left
        assertThat(incidence.get(incidence.size() - 1).pickedUp()).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void whoCameLateIsCensoredByTheBinOfEntry() {
        drop.arm("small", 10, new long[][] {{0, 0, 2}});
        drop.life("small", "exposure", 280, "entered", 0, 10);
        drop.life("small", "exposure", 280, "picked_up", 1, 1);
        drop.arm("large", 10, new long[][] {{0, 0, 2}});
        List<PreorderWalkIn.Incidence> incidence =
                drop.reading().arms().get(0).incidence().orElseThrow();
        // 288 bins: those of bin 280 are seen for 7 more
        assertThat(incidence.stream().map(PreorderWalkIn.Incidence::hours)).containsExactly(0.25, 0.5, 2.0, 72.0);
        assertThat(incidence.get(1).pickedUp()).isCloseTo(0.1 + 0.9 / 18, within(1e-12));
    }

    /** Of so many exposed, these bought one piece each. */
    private void channel(String metric, String variant, long exposed, long bought) {
        drop.add(Samples.statistic(
                "drop",
                metric,
                variant,
                "",
                "",
                Samples.DAY,
                exposed,
                bought,
                1_000_000 * bought,
                1_000_000_000_000L * bought));
    }

    @Test
    void aGainOnlineThatTheShowroomsLostIsShiftedNotAdded() {
        drop.twoArms();
        channel("*drop.online", "small", 100, 20);
        channel("*drop.online", "large", 120, 60);
        channel("*drop.walk_in", "small", 100, 60);
        channel("*drop.walk_in", "large", 120, 36);
        channel("*drop.all_channels", "small", 100, 80);
        channel("*drop.all_channels", "large", 120, 96);
        JsonNode channels = drop.json().path("channels");
        assertThat(channels.path("arms").get(1).path("walk_in").path("units").asInt())
                .isEqualTo(36);
        JsonNode comparison = channels.path("comparisons").get(0);
        assertThat(comparison.path("online").path("estimate").asDouble()).isCloseTo(0.3, within(1e-12));
        assertThat(comparison.path("walk_in").path("estimate").asDouble()).isCloseTo(-0.3, within(1e-12));
        assertThat(comparison.path("total").path("estimate").asDouble()).isCloseTo(0, within(1e-12));
        assertThat(comparison.path("warning").path("code").asText()).isEqualTo("shifted_not_added");
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons()).anyMatch(reason -> reason.code().equals("shifted_not_added"));
    }

    @Test
    void aGainThatNobodyLostIsNotShifted() {
        drop.twoArms();
        channel("*drop.online", "small", 100, 20);
        channel("*drop.online", "large", 120, 60);
        channel("*drop.walk_in", "small", 100, 20);
        channel("*drop.walk_in", "large", 120, 24);
        channel("*drop.all_channels", "small", 100, 40);
        channel("*drop.all_channels", "large", 120, 84);
        JsonNode comparison = drop.json().path("channels").path("comparisons").get(0);
        assertThat(comparison.path("warning").isNull()).isTrue();
    }

    @Test
    void returnsAreNotToldBeforeEverybodysTimeIsOver() {
        drop.twoArms();
        JsonNode returns = drop.json().path("returns");
        assertThat(returns.path("arms").isNull()).isTrue();
        assertThat(returns.path("reason_code").asText()).isEqualTo("immature_returns");
        assertThat(returns.path("mature_at").asText()).isEqualTo("2026-01-21T00:00:00Z");
    }

    @Test
    void pageAndTableShowTheDrop() {
        drop.twoArms();
        drop.preorders("small", "lisboa", 60, 10);
        drop.preorders("large", "lisboa", 70, 12);
        assertThat(drop.rendered(Format.HTML))
                .contains("From preorder to walk-in", "incidence-t", "burn-down.small-t", "The drop so far");
        assertThat(drop.rendered(Format.CSV))
                .contains("preorder_walk_in.gray", "preorder_walk_in.picked_up", "preorder_walk_in.stock.sold");
        assertThat(drop.rendered(Format.CSV).lines().skip(1))
                .allSatisfy(row -> assertThat(row).matches("[^,]+,[^,]+,[a-z]+,[a-z_]+,.*"));
    }

    @Test
    void nothingIsSaidBeforeTheFirstExposure() {
        assertThat(drop.json().path("reason").asText()).isEqualTo("Nobody has been exposed yet.");
        assertThat(drop.json().path("reason_code").asText()).isEqualTo("not_enough_data");
        assertThat(drop.rendered(Format.CSV)).contains(",preorder_walk_in,analysis,", "Nobody has been exposed yet.");
    }
}
