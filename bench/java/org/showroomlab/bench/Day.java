package org.showroomlab.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code DATA EVENTS VISITORS EXPERIMENTS SEED RUNS}: one more day at day 90, beside counting everything again. */
final class Day {
    private static final String OURS = "ours: one more day, to the rows in the results topic";
    private static final String PEER = "DuckDB SQL over all days";

    private Day() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(System.getProperty("showroom.home"));
        Path data = Path.of(arguments[0]);
        BenchEvents events = new BenchEvents(
                Long.parseLong(arguments[4]),
                Long.parseLong(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]));
        long before = events.firstOf(BenchEvents.DAYS - LiveJob.MORE_DAYS);
        Figures figures = new Figures();
        int runs = Integer.parseInt(arguments[5]);
        for (int i = 0; i < runs; i++) {
            Path folder = Files.createTempDirectory("showroom-bench-");
            Path database = folder.resolve("peers.duckdb");
            figures.add(
                    PEER,
                    events.events(),
                    Backfill.query(home, "recompute.sql", data.resolve("events").toString(), database)
                            .part("query"));
            Files.delete(database);
            Files.delete(folder);
        }
        try (BrokerProcess broker = BrokerProcess.start();
                EventLoader loader = new EventLoader(broker.brokers())) {
            loader.send(events, 0, before);
            loader.flush();
            Child.Result result = Child.run(
                    Child.java(
                            List.of("-Xmx6g"),
                            LiveJob.class,
                            broker.brokers(),
                            data.resolve("experiments").toString(),
                            Long.toString(before),
                            arguments[1],
                            arguments[2],
                            arguments[3],
                            arguments[4]),
                    // From here, so that the processor time of sending is not the job's.
                    line -> sendDay(line, events, loader));
            int first = BenchEvents.DAYS - LiveJob.MORE_DAYS + LiveJob.WARM_UP_DAYS;
            for (int day = first; day < BenchEvents.DAYS; day++) {
                figures.add(OURS, events.events() / BenchEvents.DAYS, result.part("day-" + day));
            }
        }
        figures.print();
        figures.printRatio(OURS, PEER, ">= 50");
    }

    private static void sendDay(String line, BenchEvents events, EventLoader loader) {
        if (line.startsWith(LiveJob.NEXT_DAY)) {
            int day = Integer.parseInt(line.substring(LiveJob.NEXT_DAY.length()));
            loader.send(events, events.firstOf(day), events.firstOf(day + 1));
            loader.flush();
        }
    }
}
