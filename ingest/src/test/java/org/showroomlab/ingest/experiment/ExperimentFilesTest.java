package org.showroomlab.ingest.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.showroomlab.ingest.event.EventField;

class ExperimentFilesTest {
    /** The example of the file format as it is printed in its description, comments and all. */
    private static final String COMPLETE = """
            id: sub-price-2026q1            # [a-z0-9-]{1,64}
            name: Micro-subscription price
            hypothesis: A lower entry price lifts revenue per visitor
            owner: growth
            analysis: price_elasticity      # comparison (default) | ttl_speed | price_elasticity | preorder_walk_in
            unit: visitor                   # visitor | cache | showroom
            period_minutes: 240             # unit cache/showroom only: switchback period; omitted = one unit per cache/showroom
            washout_minutes: 60             # start of each period that is not counted
            start: 2026-01-05T00:00:00Z
            end:   2026-04-05T00:00:00Z
            time_zone: Europe/Lisbon        # day boundaries of the daily series; default UTC
            currency: EUR
            variants:                       # first with control: true is the control
              - {id: p499, weight: 1, control: true, price_minor: 499}
              - {id: p599, weight: 1, price_minor: 599}          # ttl_speed: ttl_seconds; preorder_walk_in: allotment
            metrics:
              - {id: conversion, type: proportion, event: purchase, where: {kind: subscription}, goal: increase, role: primary}
              - {id: revenue,    type: mean, event: purchase, where: {kind: [subscription, renewal]}, value: amount_minor, window_hours: 720, cap: 10000, goal: increase, role: secondary}
              - {id: basket,     type: ratio, event: purchase, value: amount_minor, per: {event: purchase, value: quantity}, role: secondary}
              - {id: lcp_p75,    type: quantile, event: cache_timing, value: lcp_ms, quantile: 0.75, goal: decrease, role: guardrail, margin: 0.05}
              - {id: good_lcp,   type: share, event: cache_timing, value: lcp_ms, at_most: 2500, role: secondary}   # share of events
            dimensions: [region, creator]   # each alone, never crossed
            covariate_days: 14              # CUPED: the same metric over this many days before first exposure; 0 = off
            alpha: 0.05
            correction: holm                # none | holm | bonferroni | benjamini_hochberg
            monitoring: group_sequential    # fixed | group_sequential | always_valid
            observe_until: 2026-04-19T00:00:00Z   # outcomes still count until then; default end
            """;

    private static final String SMALL = """
            id: small
            start: 2026-01-05T00:00:00Z
            end: 2026-01-06T00:00:00Z
            variants:
              - {id: a, control: true}
              - {id: b}
            metrics:
              - {id: m, type: mean, event: visit}
            """;

    @Test
    void aCompleteFileIsRead() {
        Experiment e = ExperimentFiles.parse("x.yaml", COMPLETE).experiment();
        assertThat(e.id()).isEqualTo("sub-price-2026q1");
        assertThat(e.analysis()).isEqualTo(Experiment.Analysis.PRICE_ELASTICITY);
        assertThat(e.timeZone().getId()).isEqualTo("Europe/Lisbon");
        assertThat(e.variants().get(1).priceMinor()).isEqualTo(OptionalLong.of(599));
        assertThat(e.controlIndex()).isZero();
        // A visitor has no periods, whatever the file says about them.
        assertThat(e.periodMinutes()).isEmpty();
        assertThat(e.washoutMinutes()).isZero();
        assertThat(e.dimensions()).extracting(EventField::name).containsExactly("region", "creator");
        Metric revenue = e.metrics().get(1);
        assertThat(revenue.windowHours()).isEqualTo(OptionalInt.of(720));
        assertThat(revenue.cap()).isEqualTo(new BigDecimal("10000"));
        assertThat(revenue.role()).isEqualTo(Metric.Role.SECONDARY);
        assertThat(e.metrics().get(2).per()).isNotNull();
        assertThat(e.metrics()).extracting(Metric::id).endsWith("lcp_p75", "good_lcp");
        assertThat(e.correction()).isEqualTo(Experiment.Correction.HOLM);
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        Experiment e = ExperimentFiles.parse("x.yaml", SMALL).experiment();
        assertThat(e.analysis()).isEqualTo(Experiment.Analysis.COMPARISON);
        assertThat(e.unit()).isEqualTo(Experiment.UnitKind.VISITOR);
        assertThat(e.timeZone().getId()).isEqualTo("UTC");
        for (String sameZone : List.of("Z", "+00:00")) {
            Experiment said = ExperimentFiles.parse("x.yaml", SMALL + "\ntime_zone: '" + sameZone + "'\n")
                    .experiment();
            assertThat(said.timeZone()).as(sameZone).isEqualTo(e.timeZone());
        }
        assertThat(e.alpha()).isEqualTo(0.05);
        assertThat(e.covariateDays()).isZero();
        assertThat(e.observeUntil()).isEqualTo(e.end());
        assertThat(e.variants().get(0).weight()).isEqualTo(1.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: small|id: Small Thing|x.yaml:1: id: is 'Small Thing'",
                "{id: a, control: true}|{id: a}|variants: has no control",
                "{id: b}|{id: b, weight: 0}|x.yaml:6: variants[1].weight: is '0'; allowed: a number above 0",
                "{id: b}|{id: a}|variants[1].id: 'a' stands twice",
                "end: 2026-01-06|end: 2026-01-04|x.yaml:3: end: must be after start",
                "end: 2026-01-06T00:00:00Z|end: tomorrow|x.yaml:3: end: is 'tomorrow'; allowed: an instant",
                "event: visit}|event: visit, value: lcp_ms}|x.yaml:8: metrics[0].value: is 'lcp_ms'; allowed: attributes.",
                "event: visit}|event: visit, where: {kind: sale}}|metrics[0].where.kind: unknown field of these events; allowed: type, id",
                "event: visit}|event: walk}|metrics[0].event: is 'walk'; allowed: visit, cache_timing, purchase, stock",
                "type: mean|type: median|metrics[0].type: is 'median'; allowed: mean, proportion, ratio, share, quantile",
                "type: mean|type: ratio|metrics[0].per: is required",
                "event: visit}|event: visit, colour: red}|metrics[0].colour: unknown field; allowed: at_most",
                "event: visit}|event: visit, cap: 2.5}|x.yaml:8: metrics[0].cap: must be a whole number",
                "id: small|id: small\\nalpha: 1|x.yaml:2: alpha: is '1'",
                "id: small|id: small\\nowners: me|x.yaml:2: owners: unknown field; allowed: alpha",
                "id: small|id: small\\nunit: cache\\nperiod_minutes: 60\\nwashout_minutes: 60|x.yaml:4: washout_minutes: must be shorter than period_minutes",
                "id: small|id: small\\nanalysis: price_elasticity|variants[0].price_minor: is required",
                "id: small|id: small\\nanalysis: ttl_speed\\nunit: visitor|x.yaml:3: unit: is visitor, but ttl_speed varies what caches do; allowed: cache, showroom",
                "id: small|id: small\\nanalysis: ttl_speed|unit: is visitor, but ttl_speed",
                "id: small|id: small\\nanalysis: ttl_speed\\nunit: cache|x.yaml:7: variants[0].ttl_seconds: is required",
                "id: small|id: small: x|x.yaml:1: is not YAML",
                "id: small|id: small\\ndimensions: [colour]|dimensions: 'colour' is not a text field",
                "id: small|id: small\\ndimensions: [amount_minor]|'amount_minor' is not a text field of any event; allowed: type, id, showroom, region, market, creator, channel, visitor, page, cache, served_by, status, failover, order, kind, plan, currency, sku, attributes.…"
            })
    void refusedWithFileLineFieldAndWhatIsAllowed(String good, String bad, String message) {
        String yaml = SMALL.replace(good, bad.replace("\\n", "\n"));
        assertThat(yaml).isNotEqualTo(SMALL);
        InvalidExperiment refused =
                catchThrowableOfType(InvalidExperiment.class, () -> ExperimentFiles.parse("x.yaml", yaml));
        assertThat(refused).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: gift|is 'gift', which no event carries; allowed: cancellation, no_show, pickup, preorder, refund, renewal, sale, subscription",
                "kind: [sale, Sale]|is 'Sale', which no event carries",
                "status: cold|is 'cold', which no event carries; allowed: bypass, hit, miss, stale",
                "channel: phone|is 'phone', which no event carries; allowed: online, walk_in",
                "type: walk|is 'walk', which no event carries; allowed: cache_timing, purchase, stock, visit",
                "market: UK|is 'UK', which no event carries; allowed: an ISO 3166 country such as PT",
                "currency: eur|is 'eur', which no event carries; allowed: an ISO 4217 code such as EUR",
                "failover: 'yes'|is 'yes', which no event carries; allowed: true, false",
                "quantity: two|is 'two', which no event carries; allowed: a number"
            })
    void aFilterForWhatNoEventCarriesIsRefused(String condition, String message) {
        String name = condition.substring(0, condition.indexOf(':'));
        for (String filter : List.of("where", "subtract")) {
            String metric = "event: [visit, purchase, cache_timing], " + filter + ": {" + condition + "}}";
            assertThat(refused(SMALL.replace("event: visit}", metric)))
                    .hasMessageStartingWith("x.yaml:8: metrics[0]." + filter + "." + name + ": " + message);
        }
    }

    @Test
    void aFilterForWhatAnEventMayCarryIsRead() {
        String filter =
                "{kind: [sale, no_show], status: stale, channel: walk_in, type: visit, market: GB, currency: EUR,"
                        + " failover: false, quantity: 2, page: anything, attributes.tier: gold}";
        assertThat(ExperimentFiles.parse(
                                "x.yaml",
                                SMALL.replace(
                                        "event: visit}",
                                        "event: [visit, purchase, cache_timing], where: " + filter + "}"))
                        .experiment()
                        .metrics())
                .hasSize(1);
    }

    @Test
    void pricesOfAnElasticityAreAboveZero() {
        String free = SMALL.replace("{id: a, control: true}", "{id: a, control: true, price_minor: 0}")
                .replace("{id: b}", "{id: b, price_minor: 499}");
        assertThat(ExperimentFiles.parse("x.yaml", free)
                        .experiment()
                        .variants()
                        .get(0)
                        .priceMinor())
                .hasValue(0);
        assertThat(refused(free.replace("id: small", "id: small\nanalysis: price_elasticity")))
                .hasMessage(
                        "x.yaml:6: variants: 'a' has price_minor: 0; allowed: prices above 0 for price_elasticity (what is"
                                + " free can be compared with analysis: comparison)");
    }

    @Test
    void pricesOfAnElasticityDiffer() {
        String same = SMALL.replace("id: small", "id: small\nanalysis: price_elasticity")
                .replace("{id: a, control: true}", "{id: a, control: true, price_minor: 499}")
                .replace("{id: b}", "{id: b, price_minor: 499}");
        assertThat(refused(same))
                .hasMessage(
                        "x.yaml:6: variants: have one price_minor; allowed: at least two prices for price_elasticity");
        String two =
                same.replace("{id: b, price_minor: 499}", "{id: b, price_minor: 499}\n  - {id: c, price_minor: 599}");
        assertThat(ExperimentFiles.parse("x.yaml", two).experiment().variants()).hasSize(3);
    }

    /** Without periods there is one, which is as long as the experiment. */
    @Test
    void aWashoutLeavesSomethingToCount() {
        String day = SMALL.replace("id: small", "id: small\nunit: cache\nwashout_minutes: 1439");
        assertThat(ExperimentFiles.parse("x.yaml", day).experiment().washoutMinutes())
                .isEqualTo(1439);
        assertThat(refused(day.replace("1439", "1440")))
                .hasMessage("x.yaml:3: washout_minutes: must be shorter than the time from start to observe_until");
        assertThat(ExperimentFiles.parse("x.yaml", day.replace("1439", "1440\nobserve_until: 2026-01-07T00:00:00Z"))
                        .experiment()
                        .washoutMinutes())
                .isEqualTo(1440);
    }

    @Test
    void whatMeansTheSameIsEqual() {
        String yaml =
                SMALL.replace("event: visit", "event: visit, where: {attributes.tier: [gold, 2], region: x}, cap: 100")
                        + "dimensions: [attributes.colour]\n";
        Experiment experiment = ExperimentFiles.parse("x.yaml", yaml).experiment();
        assertThat(ExperimentFiles.parse("y.yaml", "# a comment\n" + yaml.replace("[gold, 2]", "[2, gold]"))
                        .experiment())
                .isEqualTo(experiment);
        assertThat(ExperimentFiles.parse(
                                "x.yaml",
                                yaml.replace(
                                                "attributes.tier: [gold, 2], region: x",
                                                "region: x, attributes.tier: [gold, 2]")
                                        .replace("cap: 100", "cap: 100.0"))
                        .experiment())
                .isEqualTo(experiment);
        assertThat(ExperimentFiles.parse("x.yaml", yaml.replace("gold", "silver"))
                        .experiment())
                .isNotEqualTo(experiment);
        assertThat(ExperimentFiles.parse("x.yaml", yaml.replace("colour", "size"))
                        .experiment())
                .isNotEqualTo(experiment);
    }

    @Test
    void everyDayHasRowsSoTheDaysAreBounded() {
        String always = SMALL.replace("id: small", "id: small\nobserve_until: 9999-12-31T00:00:00Z");
        assertThat(refused(always)).hasMessage("x.yaml:2: observe_until: must be within ten years of start");
    }

    @Test
    void aVariantHasAName() {
        assertThat(refused(SMALL.replace("{id: b}", "{id: ''}"))).hasMessageContaining("variants[1].id: is empty");
    }

    private static InvalidExperiment refused(String yaml) {
        return catchThrowableOfType(InvalidExperiment.class, () -> ExperimentFiles.parse("x.yaml", yaml));
    }

    @Test
    void theFirstControlIsTheControl() {
        Experiment e = ExperimentFiles.parse(
                        "x.yaml",
                        SMALL.replace("{id: a, control: true}", "{id: a}")
                                .replace("{id: b}", "{id: b, control: true}\n  - {id: c, control: true}"))
                .experiment();
        assertThat(e.controlIndex()).isEqualTo(1);
        assertThat(e.variants()).extracting(Variant::control).containsExactly(false, true, false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start: 2026-01-05T00:00:00Z|start: soon|start: is 'soon'",
                "start: 2026-01-05T00:00:00Z|owner: me|start: is required",
                "end: 2026-01-06T00:00:00Z|end: later|end: is 'later'",
                "end: 2026-01-06T00:00:00Z|observe_until: 2026-01-01T00:00:00Z|end: is required",
                "end: 2026-01-06T00:00:00Z|end: 2036-01-07T00:00:00Z|end: must be within ten years of start",
                "end: 2026-01-06T00:00:00Z|end: +300000000-01-01T00:00:00Z|end: is '+300000000-01-01T00:00:00Z'",
                "start: 2026-01-05T00:00:00Z|start: +999999999-01-01T00:00:00Z|start: is '+999999999-01",
            })
    void oneMistakeInTheTimesIsOneProblem(String good, String bad, String message) {
        InvalidExperiment refused = catchThrowableOfType(
                InvalidExperiment.class, () -> ExperimentFiles.parse("x.yaml", SMALL.replace(good, bad)));
        assertThat(refused.problems()).hasSize(1);
        assertThat(refused).hasMessageContaining(message);
    }

    @Test
    void everyProblemOfAFileIsNamedAtOnce() {
        String yaml = SMALL.replace("id: small", "id: NO").replace("type: mean", "type: median");
        InvalidExperiment refused =
                catchThrowableOfType(InvalidExperiment.class, () -> ExperimentFiles.parse("x.yaml", yaml));
        assertThat(refused.problems()).hasSize(2);
    }

    /** In quotes YAML can write one, and no tool behind the reader can be trusted to read on behind it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: small|id: \"sm\\0all\"|x.yaml:1: id",
                "start: 2026|hypothesis: \"a\\u0000b\"#start: 2026|x.yaml:2: hypothesis",
                "start: 2026|owner: \"\\x00\"#start: 2026|x.yaml:2: owner",
                "start: 2026|\"na\\0me\": n#start: 2026|x.yaml:2: na\\0me",
                "start: 2026|dimensions: [region, \"attributes.a\\0b\"]#start: 2026|x.yaml:2: dimensions",
                "{id: b}|{id: \"b\\0\"}|x.yaml:6: variants[1].id",
                "event: visit}|event: visit, where: {page: [a, \"\\0b\"]}}|x.yaml:8: metrics[0].where.page",
                "event: visit}|event: visit, where: {\"attributes.\\0\": b}}|x.yaml:8: metrics[0].where.attributes.\\0"
            })
    void aTextHasNoNul(String good, String bad, String where) {
        String yaml = SMALL.replace(good, bad.replace('#', '\n'));
        InvalidExperiment refused =
                catchThrowableOfType(InvalidExperiment.class, () -> ExperimentFiles.parse("x.yaml", yaml));
        assertThat(refused.problems().get(0))
                .hasToString(where + ": has a NUL character; allowed: text without NUL characters");
        assertThat(refused.getMessage()).doesNotContain("\0");
    }

    @Test
    void anIdMayStandOnceInAFolder(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), SMALL);
        assertThat(ExperimentFiles.load(folder)).hasSize(1);
        Files.writeString(folder.resolve("b.yml"), SMALL);
        assertThat(catchThrowableOfType(InvalidExperiment.class, () -> ExperimentFiles.load(folder)))
                .hasMessageContaining("'small' stands in");
    }

    @Test
    void aFolderWithoutExperimentsIsRefused(@TempDir Path folder) {
        assertThat(catchThrowableOfType(InvalidExperiment.class, () -> ExperimentFiles.load(folder)))
                .hasMessageContaining("no experiment files");
    }
}
