package org.showroomlab.reports.calibration;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.showroomlab.stats.calibration.CalibrationResult;

/**
 * How often every method is wrong.
 *
 * @param seed of the simulations
 * @param rows one per method and situation
 */
public record CalibrationTable(long seed, List<CalibrationRow> rows) {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Copies the rows. */
    public CalibrationTable {
        rows = List.copyOf(rows);
    }

    /** The table of these results. */
    public static CalibrationTable of(long seed, List<CalibrationResult> results) {
        return new CalibrationTable(
                seed, results.stream().map(CalibrationRow::of).toList());
    }

    /** The long run that comes with the program. */
    public static CalibrationTable published() {
        return resource("calibration.json");
    }

    /** The long run of whole worlds that comes with the program: events, job, database, report. */
    public static CalibrationTable publishedEndToEnd() {
        return resource("end-to-end.json");
    }

    private static CalibrationTable resource(String name) {
        try (InputStream in = CalibrationTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return MAPPER.readValue(in, CalibrationTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table as JSON. */
    public byte[] json() {
        try {
            return MAPPER.writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table as Markdown, as it stands in the library's guide. */
    public String markdown() {
        StringBuilder text = new StringBuilder(
                        "| method | situation | wrong means | promised | measured | 95 % Monte-Carlo |\n")
                .append("|---|---|---|---|---|---|\n");
        for (CalibrationRow row : rows) {
            text.append("| ")
                    .append(String.join(
                            " | ",
                            row.method(),
                            row.situation(),
                            row.mistakeText(),
                            row.promisedText(),
                            row.rate(),
                            row.interval()))
                    .append(" |\n");
        }
        return text.toString();
    }
}
