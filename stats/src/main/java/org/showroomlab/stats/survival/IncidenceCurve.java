package org.showroomlab.stats.survival;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.showroomlab.stats.Computable;

/**
 * The share still waiting (Kaplan–Meier over any event) and the cumulative incidence of the event (Aalen–Johansen), with
 * their standard errors. The shares of waiting, event and competing event add up to 1 at every time; 1 − Kaplan–Meier of
 * the event alone would overstate it as soon as there is a competing one.
 *
 * <p>S(t) = Π(1 − d_j/n_j), Greenwood's SE = S√Σ d_j/(n_j(n_j − d_j)), d both kinds. F(t) = Σ S(t_j−)d¹_j/n_j with var F =
 * Σ [(F(t) − F_j)² d_j/(n_j(n_j − d_j)) + S²(t_j−)d¹_j(n_j − d¹_j)/n_j³ − 2(F(t) − F_j)S(t_j−)d¹_j/n_j²].
 *
 * <p>Edges: Greenwood's standard error does not exist where the curve is at 0. The median follows R: where the curve is
 * exactly at ½ the middle of that step.
 *
 * <p>Source: Kaplan and Meier (1958), doi:10.1080/01621459.1958.10501452; Aalen and Johansen (1978); Marubini and
 * Valsecchi (1995), section 10.
 */
public final class IncidenceCurve {

    private static final double TOLERANCE = 1e-9;
    private static final Point START = new Point(0, 1, OptionalDouble.of(0), 0, 0, 0);

    /**
     * The curve from one time on.
     *
     * @param time from which these hold
     * @param survival share still waiting
     * @param survivalStdError Greenwood's; empty where the curve is at 0
     * @param incidence share that had the event
     * @param incidenceStdError its standard error
     * @param competingIncidence share that had the competing event
     */
    public record Point(
            double time,
            double survival,
            OptionalDouble survivalStdError,
            double incidence,
            double incidenceStdError,
            double competingIncidence) {}

    private final LifeTable table;
    private final List<Point> points;

    private IncidenceCurve(LifeTable table, List<Point> points) {
        this.table = table;
        this.points = points;
    }

    /** The curve of one arm. */
    public static Computable<IncidenceCurve> of(LifeTable table) {
        return table.units() == 0
                ? Computable.notComputable("not_enough_data", "The arm has no units.")
                : Computable.of(new IncidenceCurve(table, points(table)));
    }

    private static List<Point> points(LifeTable table) {
        List<Point> points = new ArrayList<>();
        VarianceSums variance = new VarianceSums();
        Point before = START;
        for (int j = 0; j < table.size(); j++) {
            double n = table.atRisk(j);
            double d1 = table.events(j);
            double d2 = table.competing(j);
            double survival = before.survival() * ((n - d1 - d2) / n);
            double incidence = before.incidence() + before.survival() * d1 / n;
            double competing = before.competingIncidence() + before.survival() * d2 / n;
            variance.add(n, d1, d2, before, incidence, competing);
            before = new Point(
                    table.time(j),
                    survival,
                    survival > 0 ? OptionalDouble.of(survival * Math.sqrt(variance.greenwood)) : OptionalDouble.empty(),
                    incidence,
                    Math.sqrt(variance.ofIncidence(incidence, survival + competing)),
                    competing);
            points.add(before);
        }
        return List.copyOf(points);
    }

    /**
     * The variance as a sum over times of squares only, because with S_j = S(t_j), C_j the competing incidence at t_j and
     * S + F + C = 1 it is Σ [(1 − F(t) − C_j)² d¹_j + (F(t) − F_j)² d²_j]/(n_j(n_j − d_j)) + S²(t_j−)d¹_j d²_j/n_j³. The
     * squares are multiplied out, so that one pass over the times is enough; without competing events nothing cancels.
     */
    private static final class VarianceSums {
        private double greenwood;
        private double event;
        private double eventC;
        private double eventCc;
        private double competing;
        private double competingF;
        private double competingFf;
        private double both;

        void add(double n, double d1, double d2, Point before, double f, double c) {
            double left = n - d1 - d2;
            both += before.survival() * before.survival() * d1 * d2 / (n * n * n);
            if (left > 0) {
                // where nobody is left the curve ends, and with it every term of this time but the one above
                greenwood += (d1 + d2) / (n * left);
                double own = d1 / (n * left);
                event += own;
                eventC += own * c;
                eventCc += own * c * c;
                double other = d2 / (n * left);
                competing += other;
                competingF += other * f;
                competingFf += other * f * f;
            }
        }

        double ofIncidence(double f, double rest) {
            double ofEvents = rest * rest * event - 2 * rest * eventC + eventCc;
            double ofCompeting = f * f * competing - 2 * f * competingF + competingFf;
            return Math.max(0, ofEvents) + Math.max(0, ofCompeting) + both;
        }
    }

    /** The curve, one point per distinct time. */
    public List<Point> points() {
        return points;
    }

    /** The curve at a time: everything waiting before the first one. */
    public Point at(double time) {
        Point last = START;
        for (Point point : points) {
            if (point.time() > time) {
                break;
            }
            last = point;
        }
        return last;
    }

    /**
     * Where the curve stops being known before a time: the last time at which anybody was seen, with some still waiting.
     * Empty when it is known up to that time, or when nobody is waiting any more.
     */
    public OptionalDouble knownOnlyUntil(double time) {
        Point last = points.get(points.size() - 1);
        return last.survival() > 0 && last.time() < time ? OptionalDouble.of(last.time()) : OptionalDouble.empty();
    }

    /** The time by which half are no longer waiting, if the curve gets there. */
    public OptionalDouble median() {
        for (int i = 0; i < points.size(); i++) {
            double s = points.get(i).survival();
            if (s <= 0.5 + TOLERANCE) {
                return OptionalDouble.of(
                        Math.abs(s - 0.5) < TOLERANCE
                                ? middleOfStep(i)
                                : points.get(i).time());
            }
        }
        return OptionalDouble.empty();
    }

    private double middleOfStep(int i) {
        double start = points.get(i).time();
        return points.stream()
                .filter(p -> p.survival() < points.get(i).survival() - TOLERANCE)
                .mapToDouble(Point::time)
                .findFirst()
                .stream()
                .map(next -> (start + next) / 2)
                .findFirst()
                .orElse(start);
    }

    LifeTable table() {
        return table;
    }
}
