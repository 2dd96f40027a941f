package org.showroomlab.app.cli;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import org.showroomlab.jobs.results.AccountingRow;

/** The accounting as a person reads it: a sum that closes, per source and in all. */
final class AccountingText {
    private static final int MAX_SOURCES = 20;

    private AccountingText() {}

    static void print(PrintStream out, List<AccountingRow> rows) {
        AccountingRow total = total(rows);
        out.printf(
                "%,d received = %,d counted + %,d in no experiment + %,d duplicates + %,d dead letters%n",
                total.received(), total.counted(), total.inNoExperiment(), total.duplicates(), total.deadLettered());
        if (total.conflictingDuplicates() > 0) {
            out.printf(
                    "  of the duplicates, %,d differ in content from the one that counts%n",
                    total.conflictingDuplicates());
        }
        if (total.unknownExposures() > 0) {
            out.printf("  %,d exposures to experiments or variants that are not loaded%n", total.unknownExposures());
        }
        if (rows.size() > 1 && rows.size() <= MAX_SOURCES) {
            rows.stream()
                    .sorted(Comparator.comparing(AccountingRow::source))
                    .forEach(row -> out.printf(
                            "  %s: %,d = %,d + %,d + %,d + %,d%n",
                            row.source(),
                            row.received(),
                            row.counted(),
                            row.inNoExperiment(),
                            row.duplicates(),
                            row.deadLettered()));
        }
    }

    private static AccountingRow total(List<AccountingRow> rows) {
        AccountingRow zero = new AccountingRow("", 0, 0, 0, 0, 0, 0, 0, 0, Long.MIN_VALUE);
        return rows.stream().reduce(zero, AccountingRow::plus);
    }
}
