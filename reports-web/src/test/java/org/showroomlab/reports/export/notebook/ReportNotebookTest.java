package org.showroomlab.reports.export.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.FileSamples;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.ScorecardSamples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.DeclaredPrior;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.reports.report.SummaryAssembler;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.many.ProgrammeScorecard;

/** Notebooks whose cells are run, and whose answers are those of the report. */
class ReportNotebookTest {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private static List<String> experiments() {
        return FileSamples.ids();
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void itsCellsComputeTheNumbersOfTheReport(String id) throws IOException {
        Report report = FileSamples.report(id);
        try (Kernel kernel = new Kernel()) {
            code(Reports.render(report, Format.IPYNB)).forEach(kernel::run);
            int at = 0;
            Map<Metric.Role, Integer> corrected = new EnumMap<>(Metric.Role.class);
            for (var metric : report.metrics()) {
                for (Comparison c : metric.comparisons()) {
                    at++;
                    if (c.difference().value().isPresent()) {
                        same(kernel, "c" + at, c.difference().orElseThrow());
                        relative(kernel, "relativec" + at, c);
                        Double p = c.pValueAdjusted();
                        if (p != null && metric.metric().role() != Metric.Role.GUARDRAIL) {
                            Metric.Role role = metric.metric().role();
                            int place = corrected.merge(role, 1, Integer::sum) - 1;
                            close(kernel.number(role.name().toLowerCase(Locale.ROOT) + "[" + place + "]"), p, 1);
                        }
                    }
                }
            }
        }
    }

    private static void same(Kernel kernel, String name, Effect effect) {
        double size = Math.abs(effect.estimate()) + effect.stdError();
        close(kernel.number(name + ".estimate()"), effect.estimate(), size);
        close(kernel.number(name + ".stdError()"), effect.stdError(), size);
        close(kernel.number(name + ".low()"), effect.ci().low(), size);
        close(kernel.number(name + ".high()"), effect.ci().high(), size);
        close(kernel.number(name + ".pValue()"), effect.pValue(), 1);
    }

    private static void relative(Kernel kernel, String name, Comparison c) {
        RelativeEffect relative = c.relative().value().orElse(null);
        if (relative != null
                && relative.method() == RelativeLift.Method.LOG_RATIO
                && !c.method().startsWith("cr2")) {
            close(kernel.number(name + "[0]"), relative.effect().ci().low(), 1);
            close(kernel.number(name + "[1]"), relative.effect().estimate(), 1);
            close(kernel.number(name + "[2]"), relative.effect().ci().high(), 1);
        }
    }

    private static void close(double recomputed, double reported, double size) {
        assertThat(recomputed).isCloseTo(reported, within(1e-9 * size));
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void itIsANotebookOfItsFormat(String id) throws IOException {
        byte[] bytes = Reports.render(FileSamples.report(id), Format.IPYNB);
        JsonNode notebook = new ObjectMapper().readTree(bytes);
        assertThat(notebook.get("nbformat").asInt()).isEqualTo(4);
        assertThat(notebook.get("nbformat_minor").asInt()).isEqualTo(5);
        assertThat(notebook.at("/metadata/kernelspec/name").asText()).isEqualTo("rapaio-jupyter-kernel");
        assertThat(notebook.at("/metadata/kernelspec/language").asText()).isEqualTo("java");
        Set<String> ids = new HashSet<>();
        for (JsonNode cell : notebook.get("cells")) {
            assertThat(cell.get("id").asText()).matches(ID);
            assertThat(ids.add(cell.get("id").asText())).isTrue();
            assertThat(cell.get("metadata").isObject()).isTrue();
            boolean code = cell.get("cell_type").asText().equals("code");
            assertThat(cell.has("outputs") && cell.has("execution_count")).isEqualTo(code);
            assertThat(cell.get("source").isArray()).isTrue();
        }
        assertThat(Reports.render(FileSamples.report(id), Format.IPYNB)).isEqualTo(bytes);
    }

    @Test
    void itSaysTheVerdictAndWhereANumberIsMissingWhy() throws IOException {
        Report report = FileSamples.report("empty");
        String text = text(Reports.render(report, Format.IPYNB));
        assertThat(text)
                .contains("## Verdict: Review", "There is no number: An arm has 0 units; at least 2 are needed")
                .contains("Methods version " + Report.METHOD_VERSION);
        assertThat(text(Reports.render(FileSamples.report("hostile"), Format.IPYNB)))
                .contains("# =cmd\\|' /C calc'!A0", "\\<b\\>");
    }

    @Test
    void theSummaryRunsToo() throws IOException {
        try (Store store = FileSamples.store();
                Kernel kernel = new Kernel()) {
            byte[] bytes = Reports.renderSummary(store, Format.IPYNB);
            code(bytes).forEach(kernel::run);
            int at = 0;
            for (var line : SummaryAssembler.assemble(store).experiments()) {
                for (Comparison c : line.primary().comparisons()) {
                    at++;
                    if (c.difference().value().isPresent()) {
                        same(kernel, "c" + at, c.difference().orElseThrow());
                    }
                }
            }
        }
    }

    @Test
    void theScorecardIsComputedAgain() throws IOException {
        Summary summary = ScorecardSamples.summary();
        ProgrammeScorecard card = summary.scorecard().achieved().orElseThrow();
        try (Kernel kernel = new Kernel()) {
            code(Reports.render(summary, Format.IPYNB)).forEach(kernel::run);
            // A search finds the place of a maximum to the root of what its height is known to.
            for (int i = 0; i < 9; i++) {
                assertThat(kernel.number("shrunken[" + i + "]"))
                        .isCloseTo(card.effects().shrunken().get(i), within(1e-6));
            }
            assertThat(kernel.number("impact")).isCloseTo(card.impact(), within(1e-6));
            assertThat(kernel.number("avoidedLoss")).isCloseTo(card.avoidedLoss(), within(1e-6));
        }
    }

    @Test
    void aDeclaredPriorIsInTheNotebook() throws IOException {
        try (Store store = ScorecardSamples.young();
                Kernel kernel = new Kernel()) {
            Summary young = SummaryAssembler.assemble(store, new DeclaredPrior(0.01, 0.05));
            code(Reports.render(young, Format.IPYNB)).forEach(kernel::run);
            assertThat(kernel.number("shrunken[0]"))
                    .isCloseTo(young.scorecard().shrunken("e1").orElseThrow(), within(1e-12));
        }
    }

    @Test
    void theDatabaseAnswersItsQuestion(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("lab.duckdb");
        byte[] notebook;
        try (Store store = Store.open(file)) {
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            notebook = Reports.render(store, "gate", Format.IPYNB);
        }
        List<String> cells = code(notebook);
        try (Kernel kernel = new Kernel()) {
            kernel.run(cells.get(0));
            String last = cells.get(cells.size() - 1);
            kernel.run(last.replace("database = \"\"", "database = " + Written.java(file.toString())));
            assertThat(kernel.printed()).contains("gate retention_7 a 2026-01-05 44700 8502 8502");
        }
    }

    private static List<String> code(byte[] notebook) throws IOException {
        return cells(notebook, "code");
    }

    private static String text(byte[] notebook) throws IOException {
        return String.join("\n\n", cells(notebook, "markdown"));
    }

    private static List<String> cells(byte[] notebook, String type) throws IOException {
        List<String> cells = new ArrayList<>();
        for (JsonNode cell : new ObjectMapper().readTree(notebook).get("cells")) {
            if (cell.get("cell_type").asText().equals(type)) {
                StringBuilder source = new StringBuilder();
                cell.get("source").forEach(line -> source.append(line.asText()));
                cells.add(source.toString());
            }
        }
        return cells;
    }
}
