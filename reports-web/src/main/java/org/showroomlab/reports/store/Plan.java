package org.showroomlab.reports.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Filter;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.ingest.experiment.Variant;

/**
 * What the verdict of an experiment is about: who is compared, and by which metrics. A look at another one decides nothing
 * here and has spent nothing, as after an arm was renamed or a filter corrected.
 *
 * <p>Not in it: what is only shown (names, secondary metrics, dimensions), and how long and how strictly is watched. Whoever
 * extends an experiment or changes its alpha has still looked at it.
 */
final class Plan {
    private static final int HEX_DIGITS = 16;

    private Plan() {}

    /** The plan as a digest that depends on what it means and not on how it is written. */
    static String digest(Experiment e) {
        double weights = e.variants().stream().mapToDouble(Variant::weight).sum();
        String text = Stream.of(
                        Stream.of(
                                e.analysis().name(),
                                e.unit().name(),
                                shown(e.periodMinutes()),
                                Integer.toString(e.washoutMinutes()),
                                e.start().toString()),
                        e.variants().stream().map(v -> text(v, weights)).sorted(),
                        e.metrics().stream()
                                .filter(m -> m.role() != Metric.Role.SECONDARY)
                                .map(Plan::text)
                                .sorted())
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Weights say how to split, so 1 and 1 are as good as 2 and 2. */
    private static String text(Variant v, double weights) {
        return String.join(
                " ",
                "variant",
                v.id(),
                String.format(Locale.ROOT, "%.9f", v.weight() / weights),
                Boolean.toString(v.control()),
                shown(v.priceMinor()),
                shown(v.ttlSeconds()),
                shown(v.allotment()));
    }

    private static String text(Metric m) {
        Measure per = m.per();
        return String.join(
                " ",
                "metric",
                m.id(),
                m.type().name(),
                text(m.measure()),
                per == null ? "-" : text(per),
                shown(m.windowHours()),
                shown(m.cap()),
                shown(m.quantile()),
                shown(m.atMost()),
                shown(m.margin()),
                m.goal().name(),
                m.role().name());
    }

    private static String text(Measure m) {
        Filter subtract = m.subtract();
        return sorted(m.events().stream().map(Enum::name)) + " " + text(m.where()) + " "
                + (subtract == null ? "-" : text(subtract)) + " "
                + (m.value() == null ? "-" : m.value().name());
    }

    private static String text(Filter filter) {
        return sorted(filter.conditions().stream()
                .map(c -> c.field().name()
                        + sorted(c.texts().stream())
                        + sorted(c.numbers().stream().map(BigDecimal::toPlainString))));
    }

    /** Lengths stand before the parts, so that no name can look like two. */
    private static String sorted(Stream<String> parts) {
        List<String> list = parts.sorted().toList();
        return list.stream().map(part -> part.length() + ":" + part).collect(Collectors.joining(",", "[", "]"));
    }

    private static String shown(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "-";
    }

    private static String shown(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
    }

    private static String shown(@Nullable BigDecimal number) {
        return number == null ? "-" : number.toPlainString();
    }
}
