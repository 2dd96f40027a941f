package org.showroomlab.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Costs of repeated runs by what was run, and the table of them. */
final class Figures {
    private final Map<String, List<Child.Cost>> costs = new LinkedHashMap<>();
    private final Map<String, Long> events = new LinkedHashMap<>();

    /** Adds a run over so many events. */
    void add(String what, long events, Child.Cost cost) {
        this.events.put(what, events);
        costs.computeIfAbsent(what, w -> new ArrayList<>()).add(cost);
        System.err.printf(Locale.ROOT, "  %-52s %7.2f s %7.2f CPU s%n", what, cost.seconds(), cost.cpuSeconds());
    }

    double medianSeconds(String what) {
        return median(seconds(what));
    }

    double medianCpuSeconds(String what) {
        return median(of(what).stream().mapToDouble(Child.Cost::cpuSeconds).toArray());
    }

    private double[] seconds(String what) {
        return of(what).stream().mapToDouble(Child.Cost::seconds).toArray();
    }

    private List<Child.Cost> of(String what) {
        List<Child.Cost> found = costs.get(what);
        if (found == null) {
            throw new IllegalArgumentException("nothing was measured as '" + what + "'");
        }
        return found;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    void print() {
        System.out.printf(
                "| %-52s | runs | wall s: median (min - max) | CPU s | M events/s | M events/CPU s |%n", "what");
        System.out.println("|---|---|---|---|---|---|");
        for (String what : costs.keySet()) {
            double[] seconds = seconds(what);
            double median = median(seconds);
            double cpu = medianCpuSeconds(what);
            System.out.printf(
                    Locale.ROOT,
                    "| %-52s | %d | %.2f (%.2f - %.2f) | %.2f | %.2f | %.2f |%n",
                    what,
                    seconds.length,
                    median,
                    Arrays.stream(seconds).min().orElse(Double.NaN),
                    Arrays.stream(seconds).max().orElse(Double.NaN),
                    cpu,
                    events.getOrDefault(what, 0L) / median / 1e6,
                    events.getOrDefault(what, 0L) / cpu / 1e6);
        }
    }

    /** Prints how many times less the one costs than the other, run against run, by the clock and by the processors. */
    void printRatio(String ours, String peers, String target) {
        printRatio(ours, peers, target, 1);
    }

    /** The same, event against event: the two may have had different numbers of them, and what starts cold gains by more. */
    void printRatioPerEvent(String ours, String peers, String target) {
        printRatio(ours, peers, target, (double) events.getOrDefault(ours, 1L) / events.getOrDefault(peers, 1L));
    }

    private void printRatio(String ours, String peers, String target, double scale) {
        System.out.printf(
                Locale.ROOT,
                "ratio [%s, %,d events] : [%s, %,d events] = %.2f by the clock, %.2f by CPU seconds%s (target %s)%n",
                peers,
                events.getOrDefault(peers, 0L),
                ours,
                events.getOrDefault(ours, 0L),
                scale * medianSeconds(peers) / medianSeconds(ours),
                scale * medianCpuSeconds(peers) / medianCpuSeconds(ours),
                scale == 1 ? "" : ", per event",
                target);
    }
}
