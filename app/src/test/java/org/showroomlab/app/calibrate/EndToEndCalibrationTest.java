package org.showroomlab.app.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.reports.calibration.CalibrationRow;
import org.showroomlab.reports.calibration.CalibrationTable;

class EndToEndCalibrationTest {
    private static final int WORLDS = 5;

    @TempDir
    Path folder;

    /** Few worlds, in one run of the job: a method that is right leaves the exact band once in two thousand times. */
    @Test
    void intervalsOfReportsHoldTheTruth() throws IOException {
        CalibrationTable table = new EndToEndCalibration(folder, 2).run(WORLDS, 7, done -> {});
        assertThat(table.rows()).hasSize(14);
        assertThat(table.rows()).allMatch(row -> row.simulations() > WORLDS / 2 && row.simulations() <= WORLDS);
        assertThat(table.rows()).allMatch(CalibrationRow::inBand);
    }

    /** Bin(100, .05): P(X ≥ 14) = .00047, P(X ≥ 13) = .0015; P(X ≤ 0) = .0059. Bin(200, .05): P(X = 0) = .000035. */
    @Test
    void theBandIsTheExactBinomialOne() {
        assertThat(EndToEndCalibration.inBand(5, 100, false)).isTrue();
        assertThat(EndToEndCalibration.inBand(13, 100, false)).isTrue();
        assertThat(EndToEndCalibration.inBand(14, 100, false)).isFalse();
        assertThat(EndToEndCalibration.inBand(0, 100, false)).isTrue();
        assertThat(EndToEndCalibration.inBand(0, 200, false)).isFalse();
        assertThat(EndToEndCalibration.inBand(0, 200, true)).isTrue();
    }

    @Test
    void aNumberThatMostReportsRefuseDoesNotPass() {
        assertThat(EndToEndCalibration.isAnswered(0, 0)).isFalse();
        assertThat(EndToEndCalibration.isAnswered(0, 5)).isFalse();
        assertThat(EndToEndCalibration.isAnswered(5, 5)).isFalse();
        assertThat(EndToEndCalibration.isAnswered(6, 5)).isTrue();
    }
}
