package org.showroomlab.reports.verify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;

/**
 * One metric's part of the SQL: which events match and what each brings, and how a unit's sum becomes its value.
 *
 * <p>A match has the columns y and d (what it adds to the unit's y and d), events (1 when the unit counts it), added,
 * den_events and den_added (what it adds to its cluster), and measured (the value in a histogram).
 */
final class MetricSql {
    /** Empties the table of matches; the metric that counts the units themselves has none. */
    static final String NO_MATCHES = "create or replace temp table matches (record bigint, y hugeint, d hugeint,"
            + " events bigint, added hugeint, den_events bigint, den_added hugeint, measured hugeint)";

    private static final int DECIMAL_PLACES = 6;

    private final EventColumns columns;
    private final Metric metric;

    MetricSql(EventColumns columns, Metric metric) {
        this.columns = columns;
        this.metric = metric;
    }

    /** Fills the table of matches. */
    String matches() {
        String numerator = switch (metric.type()) {
            case MEAN, PROPORTION, RATIO ->
                select(
                        metric.measure(),
                        "signed as y, 0 as d, 1 as events, signed as added, 0 as den_events,"
                                + " 0 as den_added, null as measured");
            case SHARE -> {
                String within = "(value <= " + atMost() + ")::integer";
                yield select(
                        metric.measure(),
                        within + " as y, 1 as d, 1 as events, " + within + " as added,"
                                + " 0 as den_events, 0 as den_added, null as measured");
            }
            case QUANTILE ->
                select(
                        metric.measure(),
                        "0 as y, 0 as d, 1 as events, value as added, 0 as den_events,"
                                + " 0 as den_added, value as measured");
        };
        Measure per = metric.per();
        String all =
                per == null ? numerator : numerator + "\nunion all\n" + select(per, "0, signed, 0, 0, 1, signed, null");
        return "insert into matches\n" + all;
    }

    private String select(Measure measure, String brings) {
        return """
                select record, %s
                from (
                  select record, value, case when subtracts then -value else value end as signed
                  from (select record, cast(%s as hugeint) as value, %s as subtracts from events where %s)
                  where value is not null
                )""".formatted(
                        brings, columns.value(measure.value()), columns.subtracts(measure), columns.matches(measure));
    }

    /** The threshold in scaled units. It is rounded as numbers are when read; scaled values are integers. */
    private String atMost() {
        BigDecimal atMost = metric.atMost() == null ? BigDecimal.ZERO : metric.atMost();
        return atMost.setScale(DECIMAL_PLACES, RoundingMode.HALF_EVEN)
                        .movePointRight(metric.measure().scale())
                        .setScale(0, RoundingMode.FLOOR)
                        .toBigIntegerExact()
                + "::hugeint";
    }

    /** A unit's y from the total of what its matches add: capped, or whether there is one. */
    String valueOfTotal() {
        if (metric.type() == Metric.Type.PROPORTION) {
            return "(total >= 1)::integer::hugeint";
        }
        BigDecimal cap = metric.cap();
        if (cap == null) {
            return "total";
        }
        return "least(total, "
                + cap.movePointRight(metric.measure().scale())
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .toBigIntegerExact()
                + "::hugeint)";
    }

    /** A unit's u: "y before its cap". */
    String uncappedOfTotal() {
        return metric.type() == Metric.Type.PROPORTION ? valueOfTotal() : "total";
    }
}
