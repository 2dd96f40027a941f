package org.showroomlab.reports.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.reports.pages.Pages;
import org.showroomlab.stats.calibration.Calibration;

class CalibrationTableTest {

    private static final CalibrationTable PUBLISHED = CalibrationTable.published();

    private static final CalibrationTable END_TO_END = CalibrationTable.publishedEndToEnd();

    /** Whole worlds cost seconds each, so there are fewer of them. */
    @Test
    void thePublishedWorldsAreInBand() {
        assertThat(END_TO_END.rows()).hasSize(14);
        assertThat(END_TO_END.rows()).allMatch(CalibrationRow::inBand);
        assertThat(END_TO_END.rows()).allMatch(row -> row.simulations() >= 50);
    }

    /** The published table knows every scenario, was long enough, and holds no method outside its band. */
    @Test
    void thePublishedTableIsWholeAndInBand() {
        assertThat(PUBLISHED.rows().stream().map(r -> r.method() + r.situation() + r.mistake()))
                .containsExactlyElementsOf(CalibrationTable.of(1, Calibration.run(1, 1)).rows().stream()
                        .map(r -> r.method() + r.situation() + r.mistake())
                        .toList());
        assertThat(PUBLISHED.rows()).allMatch(CalibrationRow::inBand);
        assertThat(PUBLISHED.rows()).allMatch(row -> row.simulations() >= 20_000);
    }

    /** The README of the library shows the same table. */
    @Test
    void theReadmeShowsIt() throws IOException {
        assertThat(Files.readString(Path.of("../stats/README.md"))).contains(PUBLISHED.markdown());
    }

    @Test
    void thePageShowsIt() {
        String page = new String(Pages.calibration(PUBLISHED, END_TO_END, Pages.Mode.LIVE), StandardCharsets.UTF_8);
        assertThat(page)
                .contains(
                        "How often is each method wrong?",
                        "wild_bootstrap",
                        ".0578",
                        "simulated experiments whose truth is known",
                        "From events to the report",
                        "sub-price: pooled elasticity");
    }

    @Test
    void whatNeverAnswersHasNoRate() {
        CalibrationRow silent = new CalibrationRow("rmst", "refused in 5 more", "missed_truth", 0.05, 0, 0, false);
        assertThat(new CalibrationTable(1, List.of(silent)).markdown()).contains("| .05 | – | [.0000, 1.0000] |");
    }

    @Test
    void jsonComesBack() throws IOException {
        CalibrationTable small = CalibrationTable.of(3, Calibration.run(2, 3));
        assertThat(small.json()).isNotEmpty();
        assertThat(List.copyOf(small.rows())).hasSameSizeAs(PUBLISHED.rows());
    }
}
