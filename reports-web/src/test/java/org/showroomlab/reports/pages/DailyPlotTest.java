package org.showroomlab.reports.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.report.ReportAssembler;
import org.showroomlab.reports.store.Store;

class DailyPlotTest {
    private static final Pattern Y = Pattern.compile(",(-?[0-9.]+)");

    private static List<Double> ys(String points) {
        return Y.matcher(points)
                .results()
                .map(MatchResult::group)
                .map(y -> Double.parseDouble(y.substring(1)))
                .toList();
    }

    /** Twenty days; on the first all of twenty in b convert and few in a, later nobody tells them apart. */
    private static DailyPlot plot() {
        LoadedExperiment experiment =
                Samples.experiment("e", "metrics: [{id: bought, type: proportion, event: purchase, role: primary}]\n");
        List<ResultRow> rows = new ArrayList<>();
        for (int day = 0; day < 20; day++) {
            long n = day == 0 ? 20 : 5_000;
            add(rows, "a", day, n, day == 0 ? 2 : 1_000);
            add(rows, "b", day, n, day == 0 ? 20 : 1_000);
        }
        rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), rows);
            return DailyPlot.of(ReportAssembler.assemble(store, "e").metrics().get(0))
                    .get(0);
        }
    }

    private static void add(List<ResultRow> rows, String variant, int day, long n, long bought) {
        rows.add(Samples.statistic("e", "", variant, Samples.DAY.plusDays(day), n, 0));
        rows.add(Samples.statistic("e", "bought", variant, Samples.DAY.plusDays(day), n, bought, bought, bought));
    }

    @Test
    void everyEstimateIsInThePicture() {
        DailyPlot plot = plot();
        assertThat(ys(plot.line()))
                .hasSizeGreaterThanOrEqualTo(20)
                .allMatch(y -> y >= DailyPlot.TOP && y <= DailyPlot.BOTTOM);
    }
}
