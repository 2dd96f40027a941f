package org.showroomlab.bench;

import java.nio.file.Path;
import java.util.List;

/** {@code DATA EVENTS VISITORS EXPERIMENTS SEED RUNS}: topics into answers, beside the ceiling and Flink SQL, in turns. */
final class Live {
    private static final String CEILING = "ceiling: two consumers, Jackson streaming, no answer";
    private static final String OURS = "ours: topics to results, from the first record";
    private static final String SQL = "Flink SQL, not every day: topics to blackhole";

    private Live() {}

    public static void main(String[] arguments) throws Exception {
        String experiments = Path.of(arguments[0], "experiments").toString();
        BenchEvents events = new BenchEvents(
                Long.parseLong(arguments[4]),
                Long.parseLong(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]));
        String count = Long.toString(events.events());
        String script = Path.of(System.getProperty("showroom.home"), "bench", "sql", "flink.sql")
                .toString();
        Figures figures = new Figures();
        try (BrokerProcess broker = BrokerProcess.start()) {
            try (EventLoader loader = new EventLoader(broker.brokers())) {
                Stopwatch loading = Stopwatch.start();
                loader.send(events, 0, events.events());
                loader.flush();
                System.err.printf("  the topics were filled in %.1f s%n", loading.seconds());
            }
            int runs = Integer.parseInt(arguments[5]);
            for (int i = 0; i < runs; i++) {
                figures.add(CEILING, part(LiveCeiling.class, "consuming", broker.brokers(), count));
                figures.add(OURS, part(LiveJob.class, "consuming", broker.brokers(), experiments, count));
                figures.add(SQL, part(LiveSql.class, "consuming", script, broker.brokers()));
            }
        }
        figures.print(events.events());
        figures.printRatio(OURS, CEILING, ">= 1");
        figures.printRatio(OURS, SQL, ">= 3");
    }

    private static Child.Cost part(Class<?> main, String part, String... arguments) throws Exception {
        return Child.run(Child.java(List.of("-Xmx6g"), main, arguments)).part(part);
    }
}
