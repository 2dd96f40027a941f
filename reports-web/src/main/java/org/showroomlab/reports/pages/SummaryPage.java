package org.showroomlab.reports.pages;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.showroomlab.reports.report.Accounting;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Summary;

/** The list of experiments and the programme's summary: the same lines, at two lengths. */
public record SummaryPage(Summary summary, RelativeAxis axis) {

    /** One experiment with its primary effects. */
    public record Line(
            Report report, VerdictView verdict, String metric, List<ResultRow> effects, ScorecardView scorecard) {
        public String asOf() {
            Instant asOf = report.asOf();
            return asOf == null ? "no event yet" : Figures.minute(asOf, ZoneOffset.UTC);
        }

        /** What to expect of an effect when all finished experiments are known; empty where it is not in the scorecard. */
        public String shrunken(ResultRow effect) {
            return scorecard.shrunken(report.experiment().id(), effect.variant());
        }

        public AccountingView accounting() {
            return new AccountingView(report.accounting(), report.sources(), List.of());
        }
    }

    public static SummaryPage of(Summary summary) {
        return new SummaryPage(
                summary,
                ReportPage.axis(summary.experiments().stream().flatMap(line -> line.primary().comparisons().stream())));
    }

    public ScorecardView scorecard() {
        return new ScorecardView(summary.scorecard());
    }

    public List<Line> lines() {
        return summary.experiments().stream().map(this::line).toList();
    }

    public List<Line> lines(String quarter) {
        return summary.of(quarter).stream().map(this::line).toList();
    }

    private Line line(Summary.Line line) {
        MetricReport primary = line.primary();
        String experiment = line.report().experiment().id();
        List<ResultRow> effects = primary.comparisons().stream()
                .map(c -> ResultRow.of(
                        experiment + "-" + c.variant(),
                        primary.metric().id(),
                        primary,
                        primary.arms(),
                        c,
                        axis,
                        line.report()))
                .toList();
        return new Line(
                line.report(), VerdictView.of(line.report()), primary.metric().id(), effects, scorecard());
    }

    public String asOf() {
        Instant asOf = summary.asOf();
        return asOf == null ? "no event seen yet" : "as of " + Figures.minute(asOf, ZoneOffset.UTC);
    }

    /** 12 experiments. */
    public String experimentCount(String quarter) {
        int count = summary.of(quarter).size();
        return count == 1 ? "1 experiment" : count + " experiments";
    }

    /** 3 ship, 1 roll back. */
    public String verdictCounts(String quarter) {
        Map<String, Long> counts = lines(quarter).stream()
                .collect(Collectors.groupingBy(l -> l.verdict().label(), TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** The accounting of every feed, each once. */
    public List<String> accountingSentences() {
        return lines().stream()
                .map(Line::accounting)
                .filter(a -> !a.total().equals(Accounting.of(List.of())))
                .map(AccountingView::sentence)
                .distinct()
                .toList();
    }
}
