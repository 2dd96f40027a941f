package org.showroomlab.jobs.results;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;

/**
 * What one day added to the sufficient statistics of one metric in one arm: the sums over days up to d are the
 * statistics as of day d.
 *
 * <p>The row with metric {@link #UNITS} counts the exposed units of a variant; with metric {@link #MIXED} and variant
 * "" it counts the units seen with two variants; with metric {@link #LATE} and variant "" the events of its time that came
 * when the experiment was closed, and were counted for others alone.
 *
 * @param dimension "" for all units, else the dimension's field name
 * @param dimensionValue "" for all units, or for units without a value
 * @param day in the experiment's time zone
 * @param n units added (negative when units became mixed that day)
 * @param events matching events added
 * @param sums exact integers in the order of {@link Sum}; the scales come from the metric's measures
 */
public record UnitStatistic(
        String experiment,
        String metric,
        String variant,
        String dimension,
        String dimensionValue,
        LocalDate day,
        long n,
        long events,
        List<BigInteger> sums)
        implements ExperimentRow {
    public static final String UNITS = "";
    public static final String MIXED = "*mixed*";
    public static final String LATE = "*late*";

    public UnitStatistic {
        sums = List.copyOf(sums);
        if (sums.size() != Sum.values().length) {
            throw new IllegalArgumentException(
                    "sums must have " + Sum.values().length + " entries, had " + sums.size());
        }
    }

    /**
     * The sums kept per row: y is the unit's value (numerator), d its denominator (ratio only), x and z the same over the
     * covariate days, u the value before its cap (equal to y without one).
     */
    public enum Sum {
        Y("sum"),
        YY("sum_squares"),
        D("den_sum"),
        DD("den_sum_squares"),
        YD("cross_sum"),
        X("x_sum"),
        XX("x_sum_squares"),
        YX("xy_sum"),
        Z("z_sum"),
        ZZ("z_sum_squares"),
        YZ("yz_sum"),
        DX("dx_sum"),
        DZ("dz_sum"),
        XZ("xz_sum"),
        U("uncapped_sum"),
        UU("uncapped_sum_squares");

        private final String column;

        Sum(String column) {
            this.column = column;
        }

        /** The column of the table {@code unit_statistics} that holds it. */
        public String column() {
            return column;
        }
    }

    public BigInteger sum(Sum which) {
        return sums.get(which.ordinal());
    }

    @Override
    public String rowKey() {
        return RowKey.of("u", experiment, metric, variant, dimension, dimensionValue, day.toString());
    }

    @Override
    public UnitStatistic emptied() {
        return new UnitStatistic(
                experiment,
                metric,
                variant,
                dimension,
                dimensionValue,
                day,
                0,
                0,
                java.util.Collections.nCopies(Sum.values().length, BigInteger.ZERO));
    }
}
