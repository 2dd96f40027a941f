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
        double survival = 1;
        double incidence = 0;
        double competing = 0;
        for (int j = 0; j < table.size(); j++) {
            double n = table.atRisk(j);
            double before = survival;
            double both = (double) table.events(j) + table.competing(j);
            incidence += before * table.events(j) / n;
            competing += before * table.competing(j) / n;
            survival *= (n - both) / n;
            variance.add(n, (double) table.events(j), both, before, incidence);
            points.add(new Point(
                    table.time(j),
                    survival,
                    survival > 0 ? OptionalDouble.of(survival * Math.sqrt(variance.greenwood)) : OptionalDouble.empty(),
                    incidence,
                    Math.sqrt(Math.max(0, variance.ofIncidence(incidence))),
                    competing));
        }
        return List.copyOf(points);
    }

    /** (F(t) − F_j)² multiplied out, so that one pass over the times is enough. */
    private static final class VarianceSums {
        private double greenwood;
        private double greenwoodF;
        private double greenwoodFf;
        private double own;
        private double cross;
        private double crossF;

        void add(double n, double events, double both, double before, double incidence) {
            // at n = d the curve ends: F(t) − F_j is 0 from here on and the term with it
            double g = n > both ? both / (n * (n - both)) : 0;
            greenwood += g;
            greenwoodF += g * incidence;
            greenwoodFf += g * incidence * incidence;
            own += before * before * events * (n - events) / (n * n * n);
            double c = before * events / (n * n);
            cross += c;
            crossF += c * incidence;
        }

        double ofIncidence(double f) {
            return f * f * greenwood - 2 * f * greenwoodF + greenwoodFf + own - 2 * (f * cross - crossF);
        }
    }

    /** The curve, one point per distinct time. */
    public List<Point> points() {
        return points;
    }

    /** The curve at a time: everything waiting before the first one. */
    public Point at(double time) {
        Point last = new Point(0, 1, OptionalDouble.of(0), 0, 0, 0);
        for (Point point : points) {
            if (point.time() > time) {
                break;
            }
            last = point;
        }
        return last;
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
