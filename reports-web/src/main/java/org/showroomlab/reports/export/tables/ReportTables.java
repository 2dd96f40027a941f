package org.showroomlab.reports.export.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.stats.Computable;

/** A report or a summary in several tables, for formats that have room for more than one. */
public final class ReportTables {
    /** The same in every row of a report, and said once beside the verdict. */
    private static final List<String> SAID_ONCE = List.of("experiment", "as_of", "status", "decision", "reasons");

    private ReportTables() {}

    /** Verdict, comparisons, arms, days, dimensions, and the special analysis where there is one. */
    public static List<Table> of(Report report) {
        Table all = ReportTable.of(report);
        List<Table> tables = new ArrayList<>();
        tables.add(VerdictTable.of(report));
        tables.add(all.part("Comparisons", row -> !isAnalysis(all, row) && isOverall(all, row))
                .without(SAID_ONCE));
        tables.add(ArmTable.of(report).without(List.of()));
        tables.add(DailyTable.of(report).without(List.of()));
        tables.add(all.part("Dimensions", row -> !isAnalysis(all, row) && !isOverall(all, row))
                .without(SAID_ONCE));
        addAnalysis(tables, all, report);
        return tables;
    }

    private static boolean isAnalysis(Table table, List<@Nullable Object> row) {
        return table.text(row, "type").equals("analysis");
    }

    private static boolean isOverall(Table table, List<@Nullable Object> row) {
        return table.text(row, "dimension").isEmpty();
    }

    private static void addAnalysis(List<Table> tables, Table all, Report report) {
        Computable<SpecialReading> reading = report.analysis();
        if (reading == null) {
            return;
        }
        if (reading.value().isEmpty()) {
            tables.add(new Table(
                    ReportTable.lower(report.experiment().analysis()),
                    List.of("value", "reason"),
                    List.of(Arrays.asList(null, reading.reason().orElseThrow()))));
            return;
        }
        SpecialReading special = reading.orElseThrow();
        tables.add(all.part(special.key(), row -> isAnalysis(all, row)).without(SAID_ONCE));
        tables.add(AnalysisTable.of(special.key(), special.json()));
    }

    /** The programme by quarter, and a row per experiment and treatment. */
    public static List<Table> of(Summary summary) {
        return List.of(ProgrammeTable.of(summary), SummaryTable.of(summary).part("Experiments", row -> true));
    }
}
