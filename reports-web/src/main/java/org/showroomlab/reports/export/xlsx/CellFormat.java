package org.showroomlab.reports.export.xlsx;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a workbook shows a number: its column says what kind it is, the unit of its row whether it is a share. */
final class CellFormat {
    private static final Set<String> NOT_IN_UNIT =
            Set.of("alpha", "weight", "df", "adjusted_df", "uncapped_df", "matured_df");
    private static final Set<String> IN_UNIT = Set.of(
            "control_estimate",
            "estimate",
            "difference",
            "std_error",
            "adjusted",
            "uncapped",
            "shrunken_difference",
            "adjusted_std_error",
            "uncapped_std_error",
            "matured_difference",
            "matured_std_error");

    private CellFormat() {}

    /** Whether values of that column are in the unit that their row names. */
    static boolean isInUnit(String column) {
        return IN_UNIT.contains(column)
                || (!column.startsWith("relative") && (column.endsWith("ci_low") || column.endsWith("ci_high")));
    }

    /** The number format; {@code null} for what is no number. */
    static @Nullable String of(String column, String unit, @Nullable Object cell) {
        if (cell instanceof Instant) {
            return "yyyy-mm-dd hh:mm";
        }
        if (cell instanceof LocalDate) {
            return "yyyy-mm-dd";
        }
        if (!(cell instanceof Number number)) {
            return null;
        }
        if (number instanceof Long || number instanceof Integer) {
            return "#,##0";
        }
        if (column.contains("p_value")) {
            return "0.0000";
        }
        if (column.startsWith("relative") || column.contains("share") || column.equals("heterogeneity_i2")) {
            return "0.00%";
        }
        if (isInUnit(column) && unit.startsWith("share")) {
            return "0.000%";
        }
        return NOT_IN_UNIT.contains(column) ? "General" : bySize(Math.abs(number.doubleValue()));
    }

    private static String bySize(double size) {
        if (size >= 100 || size == 0) {
            return "#,##0.0";
        }
        return size >= 0.01 ? "0.0000" : "0.00E+00";
    }
}
