package org.showroomlab.reports.export.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.pages.Figures;
import org.showroomlab.reports.pages.ResultRow;
import org.showroomlab.reports.report.ArmReport;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;

/** Cells that hold the statistics of arms and compute comparisons from them once more, in plain Java. */
final class Recomputation {
    private final Notebook notebook;
    private final List<String> arms = new ArrayList<>();
    private final List<Runnable> cells = new ArrayList<>();
    private final Map<Metric.Role, List<String>> families = new EnumMap<>(Metric.Role.class);
    private final List<String> adjusted = new ArrayList<>();
    private int comparisons;

    Recomputation(Notebook notebook) {
        this.notebook = notebook;
    }

    /** Takes up one comparison and the arms that it needs. */
    void add(String key, MetricReport metric, Comparison c, ResultRow row, double alpha) {
        addArm(key, metric.arm(c.control()));
        addArm(key, metric.arm(c.variant()));
        String name = "c" + ++comparisons;
        cells.add(() -> write(name, key, metric, c, row, alpha));
        Double p = c.pValueAdjusted();
        if (metric.metric().role() != Metric.Role.GUARDRAIL && p != null) {
            families.computeIfAbsent(metric.metric().role(), role -> new ArrayList<>())
                    .add(name + ".pValue()");
            adjusted.add(key + ", " + c.variant() + ": " + Figures.pValue(p));
        }
    }

    private void addArm(String key, ArmReport arm) {
        arm.estimate().value().map(level -> literal(key, arm.variant(), level)).ifPresent(literal -> {
            if (!arms.contains(literal)) {
                arms.add(literal);
            }
        });
    }

    private static String literal(String key, String variant, ArmEstimate level) {
        return "new Arm(" + Written.java(key) + ", " + Written.java(variant) + ", " + level.n() + "L, "
                + Written.java(level.estimate()) + ", " + Written.java(level.stdError()) + ")";
    }

    /** The methods, the data, and then each comparison with its text. */
    void write() {
        notebook.text("## Methods\n\nEverything below needs the JDK alone.");
        notebook.code(resource("methods.jshell"));
        notebook.text(
                "## Data\n\nOf every arm: its independent units, its level and the standard error of that. The exact"
                        + " sums behind them are in the database, see the end. Amounts are in minor units.");
        notebook.code("List<Arm> arms = List.of(\n        " + String.join(",\n        ", arms) + ");");
        notebook.text("## Comparisons");
        cells.forEach(Runnable::run);
    }

    /** The correction for several comparisons, over those that are corrected together. */
    void writeCorrection(String method) {
        if (families.isEmpty()) {
            return;
        }
        notebook.text("## Corrected p-values\n\nPrimary and secondary comparisons, each among themselves, by `" + method
                + "`; guardrails stand alone. The report says: " + Written.markdown(String.join("; ", adjusted)) + ".");
        families.forEach((role, pValues) -> {
            String name = role.name().toLowerCase(Locale.ROOT);
            notebook.code("double[] " + name + " = adjust(new double[] {" + String.join(", ", pValues) + "}, "
                    + Written.java(method) + ");\nSystem.out.println(Arrays.toString(" + name + "));");
        });
    }

    private void write(String name, String key, MetricReport metric, Comparison c, ResultRow row, double alpha) {
        StringBuilder text = new StringBuilder("### " + Written.markdown(key) + ": " + Written.markdown(c.variant())
                + " against " + Written.markdown(c.control()) + "\n\n");
        if (c.difference().value().isEmpty()) {
            text.append("There is no number: ")
                    .append(Written.markdown(c.difference().reason().orElseThrow()));
            notebook.text(text.toString());
            return;
        }
        Effect e = c.difference().orElseThrow();
        text.append("The report says ")
                .append(Written.markdown(row.difference() + " " + row.differenceInterval()))
                .append(", relative ")
                .append(Written.markdown(row.relative() + " " + row.relativeInterval()))
                .append(", p ")
                .append(Written.markdown(Figures.pValue(e.pValue())))
                .append(" before correction. Unit of the numbers below: ")
                .append(Written.markdown(metric.unit().label()))
                .append(".\n\n");
        for (ResultRow.Explained explained : row.explanation()) {
            text.append("- ")
                    .append(Written.markdown(explained.term() + ": " + explained.text()))
                    .append('\n');
        }
        if (isReported(c)) {
            text.append("\nThis method needs the clusters or the distribution themselves, which are in the database;"
                    + " below is the number of the report.");
        }
        notebook.text(text.toString());
        notebook.code(code(name, key, c, e, alpha));
    }

    private static boolean isReported(Comparison c) {
        return !List.of("welch", "delta_method", "score_newcombe", "fisher_newcombe", "cr2_satterthwaite", "switchback")
                .contains(c.method());
    }

    private static String code(String name, String key, Comparison c, Effect e, double alpha) {
        String pair = "arm(arms, " + Written.java(key) + ", " + Written.java(c.control()) + "), arm(arms, "
                + Written.java(key) + ", " + Written.java(c.variant()) + "), ";
        String level = Written.java(alpha);
        String computed = switch (c.method()) {
            case "welch", "delta_method" -> "welch(" + pair + level + ")";
            case "score_newcombe" -> "shares(" + pair + "false, " + level + ")";
            case "fisher_newcombe" -> "shares(" + pair + "true, " + level + ")";
            case "cr2_satterthwaite", "switchback" ->
                "student(" + Written.java(e.estimate()) + ", " + Written.java(e.stdError()) + ", "
                        + Written.java(e.df().orElse(Double.POSITIVE_INFINITY)) + ", " + level + ")";
            default ->
                String.format(
                        Locale.ROOT,
                        "new Effect(%s, %s, %s, %s, %s)",
                        Written.java(e.estimate()),
                        Written.java(e.stdError()),
                        Written.java(e.ci().low()),
                        Written.java(e.ci().high()),
                        Written.java(e.pValue()));
        };
        String code = "Effect " + name + " = " + computed + ";\nSystem.out.println(" + name + ");";
        return isLogRatio(c)
                ? code + "\ndouble[] relative" + name + " = logRatio(" + pair + level + ");\nSystem.out.println("
                        + "Arrays.toString(relative" + name + "));"
                : code;
    }

    /** Among clusters the relative change has another critical value than the normal distribution's. */
    private static boolean isLogRatio(Comparison c) {
        return List.of("welch", "delta_method", "score_newcombe", "fisher_newcombe")
                        .contains(c.method())
                && c.relative()
                        .value()
                        .map(RelativeEffect::method)
                        .filter(RelativeLift.Method.LOG_RATIO::equals)
                        .isPresent();
    }

    /** Code that is a file of its own. */
    static String resource(String name) {
        try (InputStream in = Recomputation.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
