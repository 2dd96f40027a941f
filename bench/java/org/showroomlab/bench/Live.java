package org.showroomlab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code DATA EVENTS VISITORS EXPERIMENTS SEED RUNS}: topics into answers, beside the ceiling and Flink SQL, in turns. */
final class Live {
    private static final String CEILING = "ceiling: two consumers, Jackson streaming, no answer";
    private static final String OURS = "ours: topics to results, from the first record";
    private static final String WHOLE = "ours: the same with the start of the embedded Flink";
    private static final String WARM_CEILING = "ceiling: the second half of the events";
    private static final String WARM_OURS = "ours: the second half of the events";
    private static final String SECOND_HALF = "second-half";
    private static final String SQL = "Flink SQL, only as of now: topics to blackhole";
    private static final String OURS_OF_FEW = "ours: of as many events as Flink SQL gets";

    /** Of so many events Flink SQL takes half a minute already. */
    private static final long MOST_SQL_EVENTS = 500_000;

    private Live() {}

    public static void main(String[] arguments) throws Exception {
        String experiments = Path.of(arguments[0], "experiments").toString();
        BenchEvents events = new BenchEvents(
                Long.parseLong(arguments[4]),
                Long.parseLong(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]));
        long few = Math.min(MOST_SQL_EVENTS, events.events());
        BenchEvents fewEvents = new BenchEvents(
                events.seed(), few, (int) (events.visitors() * few / events.events()), events.experiments());
        String count = Long.toString(events.events());
        String script = Path.of(System.getProperty("showroom.home"), "bench", "sql", "flink.sql")
                .toString();
        Figures figures = new Figures();
        try (BrokerProcess broker = BrokerProcess.start();
                BrokerProcess fewBroker = BrokerProcess.start()) {
            fill(broker, events);
            fill(fewBroker, fewEvents);
            int runs = Integer.parseInt(arguments[5]);
            for (int i = 0; i < runs; i++) {
                Child.Result ceiling = run(LiveCeiling.class, broker.brokers(), count);
                figures.add(CEILING, events.events(), ceiling.part("consuming"));
                figures.add(WARM_CEILING, events.events() / 2, ceiling.part(SECOND_HALF));
                Child.Result ours = run(LiveJob.class, broker.brokers(), experiments, count);
                figures.add(OURS, events.events(), ours.part("consuming"));
                figures.add(WARM_OURS, events.events() / 2, ours.part(SECOND_HALF));
                figures.add(WHOLE, events.events(), ours.part("job"));
                figures.add(
                        SQL,
                        few,
                        run(LiveSql.class, script, fewBroker.brokers()).part("consuming"));
                figures.add(
                        OURS_OF_FEW,
                        few,
                        run(LiveJob.class, fewBroker.brokers(), experiments, Long.toString(few))
                                .part("consuming"));
            }
        }
        figures.print();
        figures.printRatioPerEvent(OURS, CEILING, ">= 1");
        figures.printRatioPerEvent(WARM_OURS, WARM_CEILING, ">= 1");
        figures.printRatioPerEvent(OURS, SQL, ">= 3");
        figures.printRatio(OURS_OF_FEW, SQL, ">= 3");
    }

    private static void fill(BrokerProcess broker, BenchEvents events) throws IOException {
        Stopwatch watch = Stopwatch.start();
        try (EventLoader loader = new EventLoader(broker.brokers())) {
            loader.send(events, 0, events.events());
            loader.flush();
        }
        System.err.printf("  %,d events went into the topics in %.1f s%n", events.events(), watch.seconds());
    }

    private static Child.Result run(Class<?> main, String... arguments) throws Exception {
        return Child.run(Child.java(List.of("-Xmx6g"), main, arguments));
    }
}
