package org.showroomlab.ingest.experiment;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.Experiment.Analysis;
import org.showroomlab.ingest.experiment.Experiment.Correction;
import org.showroomlab.ingest.experiment.Experiment.Monitoring;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns the YAML of one file into an {@link Experiment}, with every default and rule of the file format. */
final class ExperimentReader {
    private static final String ID_PATTERN = "[a-z0-9-]{1,64}";
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final String INSTANT = "an instant with offset such as 2026-01-05T00:00:00Z";
    private static final int MAX_VARIANTS = 100;

    /** By the name that people know, which is not that of {@link ZoneOffset#UTC}. */
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final YamlReader root;

    ExperimentReader(String file, Node node, List<InvalidExperiment.Problem> problems) {
        this.root = new YamlReader(file, "", node, problems);
    }

    Experiment read() {
        String id = root.parsed("id", ID_PATTERN, (text, n) -> text.matches(ID_PATTERN) ? text : null)
                .orElse("");
        if (root.node("id").isEmpty()) {
            root.missing("id");
        }
        Analysis analysis = root.choice("analysis", Analysis.class).orElse(Analysis.COMPARISON);
        UnitKind unit = unit();
        checkUnit(analysis, unit);
        Optional<Instant> start = requiredInstant("start");
        Optional<Instant> end = requiredInstant("end");
        Optional<Instant> observeUntil = instant("observe_until");
        checkOrder(start, end, observeUntil);
        OptionalInt period = integer("period_minutes", 1, 525_600);
        int washout = integer("washout_minutes", 0, 525_600).orElse(0);
        boolean hasPeriods = unit != UnitKind.VISITOR;
        if (hasPeriods) {
            checkWashout(period, washout, start, observeUntil.or(() -> end));
        }
        Experiment experiment = new Experiment(
                id,
                root.text("name").orElse(id),
                root.text("hypothesis").orElse(""),
                root.text("owner").orElse(""),
                analysis,
                unit,
                hasPeriods ? period : OptionalInt.empty(),
                hasPeriods ? washout : 0,
                start.orElse(Instant.EPOCH),
                end.orElse(Instant.EPOCH),
                timeZone(),
                currency(),
                variants(analysis),
                new MetricReader(root, unit).metrics(),
                dimensions(),
                integer("covariate_days", 0, 3650).orElse(0),
                root.decimal("alpha", "a number above 0 and below 1", v -> isBetween(v))
                        .map(BigDecimal::doubleValue)
                        .orElse(0.05),
                root.choice("correction", Correction.class).orElse(Correction.NONE),
                root.choice("monitoring", Monitoring.class).orElse(Monitoring.FIXED),
                observeUntil.or(() -> end).orElse(Instant.EPOCH));
        root.refuseUnknownFields();
        return experiment;
    }

    private UnitKind unit() {
        Optional<UnitKind> unit = root.choice("unit", UnitKind.class);
        return unit.orElse(UnitKind.VISITOR);
    }

    /** A TTL belongs to a cache: visitors share it, so their outcomes are not independent. */
    private void checkUnit(Analysis analysis, UnitKind unit) {
        if (analysis == Analysis.TTL_SPEED && unit == UnitKind.VISITOR) {
            root.problem("unit", "is visitor, but ttl_speed varies what caches do; allowed: cache, showroom");
        }
    }

    /** An instant that is absent or no instant has its own problem already. */
    private void checkOrder(Optional<Instant> start, Optional<Instant> end, Optional<Instant> observeUntil) {
        if (end.isEmpty()) {
            return;
        }
        Instant last = end.get();
        if (start.isPresent() && !start.get().isBefore(last)) {
            root.problem("end", "must be after start");
        }
        if (start.isPresent() && isTooLong(start.get(), last)) {
            root.problem("end", "must be within ten years of start");
        }
        if (observeUntil.isPresent() && observeUntil.get().isBefore(last)) {
            root.problem("observe_until", "must not be before end");
        }
        if (start.isPresent() && observeUntil.isPresent() && isTooLong(start.get(), observeUntil.get())) {
            root.problem("observe_until", "must be within ten years of start");
        }
    }

    /** Each day has a row of every statistic. */
    private static boolean isTooLong(Instant start, Instant last) {
        return last.isAfter(start.plusSeconds(3653L * 86_400));
    }

    /** Without periods there is one, from start to the last outcome; a washout as long as a period leaves nothing to count. */
    private void checkWashout(OptionalInt period, int washout, Optional<Instant> start, Optional<Instant> last) {
        if (period.isPresent() && washout >= period.getAsInt()) {
            root.problem("washout_minutes", "must be shorter than period_minutes");
        }
        boolean knowsTimes =
                start.isPresent() && last.isPresent() && start.get().isBefore(last.get());
        if (period.isEmpty()
                && knowsTimes
                && !start.get().plus(Duration.ofMinutes(washout)).isBefore(last.get())) {
            root.problem("washout_minutes", "must be shorter than the time from start to observe_until");
        }
    }

    private List<Variant> variants(Analysis analysis) {
        List<YamlReader> readers = root.mappings("variants");
        if (readers.size() < 2 || readers.size() > MAX_VARIANTS) {
            root.problem("variants", "needs 2 to " + MAX_VARIANTS + " variants, has " + readers.size());
        }
        List<Variant> variants = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        boolean controlFound = false;
        for (YamlReader reader : readers) {
            Variant variant = variant(reader, analysis, !controlFound);
            if (!ids.add(variant.id())) {
                reader.problem("id", "'" + variant.id() + "' stands twice among the variants");
            }
            controlFound |= variant.control();
            variants.add(variant);
        }
        if (!controlFound && !readers.isEmpty()) {
            root.problem("variants", "has no control; the first variant with control: true is the control");
        }
        if (analysis == Analysis.PRICE_ELASTICITY) {
            checkPrices(variants);
        }
        return variants;
    }

    /**
     * Demand at one price has no elasticity, nor has demand from a price of 0: no percentage leads away from it, and what is
     * free earns nothing whoever takes it. A price that is absent has its own problem already.
     */
    private void checkPrices(List<Variant> variants) {
        variants.stream()
                .filter(v -> v.priceMinor().orElse(1) == 0)
                .forEach(free -> root.problem(
                        "variants",
                        "'" + free.id() + "' has price_minor: 0; allowed: prices above 0 for price_elasticity (what is"
                                + " free can be compared with analysis: comparison)"));
        boolean complete = variants.size() > 1
                && variants.stream().allMatch(v -> v.priceMinor().isPresent());
        if (complete && variants.stream().map(Variant::priceMinor).distinct().count() < 2) {
            root.problem("variants", "have one price_minor; allowed: at least two prices for price_elasticity");
        }
    }

    private static Variant variant(YamlReader reader, Analysis analysis, boolean mayBeControl) {
        Variant variant = new Variant(
                reader.requiredText("id"),
                reader.decimal(
                                "weight",
                                "a number above 0, at most 1e9",
                                v -> v.signum() > 0 && v.compareTo(BigDecimal.valueOf(1_000_000_000)) <= 0)
                        .map(BigDecimal::doubleValue)
                        .orElse(1.0),
                reader.flag("control").orElse(false) && mayBeControl,
                amount(reader, "price_minor", analysis == Analysis.PRICE_ELASTICITY),
                amount(reader, "ttl_seconds", analysis == Analysis.TTL_SPEED),
                amount(reader, "allotment", false));
        if (variant.id().isBlank() && reader.node("id").isPresent()) {
            reader.problem("id", "is empty; allowed: a name");
        }
        reader.refuseUnknownFields();
        return variant;
    }

    private static OptionalLong amount(YamlReader reader, String name, boolean required) {
        Optional<Long> value = reader.integer(name, 0, Long.MAX_VALUE);
        if (required && reader.node(name).isEmpty()) {
            reader.missing(name);
        }
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    private List<EventField> dimensions() {
        List<EventField> dimensions = new ArrayList<>();
        Set<EventType> all = EnumSet.allOf(EventType.class);
        Set<EventField.Kind> allowed = EnumSet.complementOf(EnumSet.of(EventField.Kind.NUMBER));
        for (String name : root.texts("dimensions")) {
            Optional<EventField> field = EventField.named(name);
            if (field.isEmpty() || !allowed.contains(field.get().kind())) {
                root.problem(
                        "dimensions",
                        "'" + name + "' is not a text field of any event; allowed: "
                                + EventField.allowedNames(all, allowed));
            } else if (dimensions.stream().anyMatch(d -> d.name().equals(name))) {
                root.problem("dimensions", "'" + name + "' stands twice");
            } else {
                dimensions.add(field.get());
            }
        }
        return dimensions;
    }

    private ZoneId timeZone() {
        return root.parsed("time_zone", "a zone of the IANA database such as Europe/Lisbon", (text, n) -> {
                    try {
                        ZoneId zone = ZoneId.of(text);
                        return zone.equals(ZoneOffset.UTC) ? UTC : zone;
                    } catch (DateTimeException e) {
                        return null;
                    }
                })
                .orElse(UTC);
    }

    private @Nullable String currency() {
        return root.parsed("currency", "an ISO 4217 code such as EUR", (text, n) -> {
                    try {
                        return Currency.getInstance(text).getCurrencyCode();
                    } catch (IllegalArgumentException e) {
                        return null;
                    }
                })
                .orElse(null);
    }

    private Optional<Instant> requiredInstant(String name) {
        if (root.node(name).isEmpty()) {
            root.missing(name);
        }
        return instant(name);
    }

    private Optional<Instant> instant(String name) {
        return root.parsed(name, INSTANT, (text, n) -> {
            try {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                return instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST) ? null : instant;
            } catch (DateTimeException e) {
                return null;
            }
        });
    }

    private OptionalInt integer(String name, int min, int max) {
        return root.integer(name, min, max)
                .map(v -> OptionalInt.of(v.intValue()))
                .orElse(OptionalInt.empty());
    }

    private static boolean isBetween(BigDecimal v) {
        return v.signum() > 0 && v.compareTo(BigDecimal.ONE) < 0;
    }
}
