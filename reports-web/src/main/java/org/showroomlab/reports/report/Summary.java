package org.showroomlab.reports.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All experiments of a file, for the people who decide on the programme.
 *
 * @param asOf the newest event of any experiment; {@code null} before the first
 * @param experiments by quarter of their start, then by id as people count
 * @param scorecard of those that are finished, of whichever quarter: one quarter has too few to learn from
 */
public record Summary(@Nullable Instant asOf, List<Line> experiments, Scorecard scorecard) {
    public Summary {
        experiments = List.copyOf(experiments);
    }

    /** One experiment; its report has the rest. */
    public record Line(Report report) {

        /** The quarter in which it started, in its own time zone: {@code 2026-Q1}. */
        public String quarter() {
            LocalDate start = LocalDate.ofInstant(
                    report.experiment().start(), report.experiment().timeZone());
            return start.getYear() + "-Q" + (start.getMonthValue() + 2) / 3;
        }

        /** Exposed units of all arms. */
        public long units() {
            return report.health().units();
        }

        /** The first primary metric, or the first metric when none is primary. */
        public MetricReport primary() {
            return report.metrics().stream()
                    .filter(m -> m.metric().role() == org.showroomlab.ingest.experiment.Metric.Role.PRIMARY)
                    .findFirst()
                    .orElse(report.metrics().get(0));
        }
    }

    /** The quarters there are, oldest first. */
    public List<String> quarters() {
        return experiments.stream().map(Line::quarter).distinct().sorted().toList();
    }

    /** The experiments that started in that quarter. */
    public List<Line> of(String quarter) {
        return experiments.stream().filter(e -> e.quarter().equals(quarter)).toList();
    }
}
