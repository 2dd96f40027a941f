package org.showroomlab.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code RUNS (NAME EVENTS DATA)...}: the job over files of several sizes, in turns; the first is the measure. */
final class Growth {
    private Growth() {}

    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        Figures figures = new Figures();
        for (int run = 0; run < runs; run++) {
            for (int i = 1; i < arguments.length; i += 3) {
                Path data = Path.of(arguments[i + 2]);
                Child.Result result = Child.run(Child.java(
                        List.of("-XX:MaxRAMPercentage=60"),
                        BackfillJob.class,
                        data.resolve("events").toString(),
                        data.resolve("experiments").toString(),
                        "2"));
                long events = Long.parseLong(arguments[i + 1]);
                figures.add(arguments[i], events, result.part("reading"));
                figures.add(arguments[i] + ", again", events, result.part("reading-again"));
            }
        }
        figures.print();
        for (int i = 1; i < arguments.length; i += 3) {
            for (String suffix : new String[] {"", ", again"}) {
                String what = arguments[i] + suffix;
                long events = Long.parseLong(arguments[i + 1]);
                System.out.printf(
                        Locale.ROOT,
                        "%-36s %.2f us per event by the clock, %.2f us of CPU%n",
                        what,
                        figures.medianSeconds(what) / events * 1e6,
                        figures.medianCpuSeconds(what) / events * 1e6);
            }
        }
    }
}
