package org.showroomlab.jobs.count;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.count.Accounts.Way;
import org.showroomlab.jobs.observe.Hash128;
import org.showroomlab.jobs.observe.Observation;
import org.showroomlab.jobs.observe.Observer;
import org.showroomlab.jobs.plan.CountingPlan;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.UnitStatistic;

/** The pure core fed event by event, without Flink around it. */
final class PureCount implements IdentityLedger.Consequences {
    private static final String SOURCE = "test";

    private final CountingPlan plan;
    private final Observer observer;
    private final Accounts accounts = new Accounts();
    private final Map<Hash128, IdentityLedger> ledgers = new HashMap<>();
    private final Map<Hash128, UnitHistory> histories = new HashMap<>();
    private final Map<CellKey, Cell> totals = new HashMap<>();

    PureCount(List<Experiment> experiments) {
        this.plan = new CountingPlan(experiments);
        this.observer = new Observer(plan);
    }

    void deliver(List<byte[]> records) {
        records.forEach(this::deliver);
    }

    private void deliver(byte[] record) {
        accounts.add(SOURCE, Way.RECEIVED, 1);
        if (EventCodec.decode(record) instanceof Decoded.Accepted accepted) {
            try {
                Observation o = observer.observe(accepted.event(), SOURCE, record);
                ledgers.computeIfAbsent(o.identity(), i -> new IdentityLedger()).deliver(o, this);
            } catch (Observer.Unreadable e) {
                throw new AssertionError(e);
            }
        } else {
            accounts.add(SOURCE, Way.DEAD_LETTERED, 1);
        }
    }

    @Override
    public void put(Observation o) {
        UnitHistory history = histories.computeIfAbsent(o.unit(), u -> new UnitHistory());
        contribute(history, -1);
        history.put(o);
        contribute(history, 1);
    }

    @Override
    public void takeBack(Hash128 unit, Hash128 identity) {
        UnitHistory history = histories.getOrDefault(unit, new UnitHistory());
        contribute(history, -1);
        history.remove(identity);
        contribute(history, 1);
    }

    @Override
    public void account(String source, Way way, long change) {
        accounts.add(source, way, change);
    }

    private void contribute(UnitHistory history, int sign) {
        for (ExperimentPlan experiment : plan.experiments()) {
            UnitContribution.of(experiment, history.observations()).forEach((key, cell) -> {
                Cell total = totals.computeIfAbsent(key, k -> new Cell());
                if (sign > 0) {
                    total.add(cell);
                } else {
                    total.subtract(cell);
                }
            });
        }
        long counted = CountedEvents.of(plan.experiments(), history.observations()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        accounts.add(SOURCE, Way.COUNTED, sign * counted);
        accounts.add(
                SOURCE, Way.IN_NO_EXPERIMENT, sign * (history.observations().size() - counted));
    }

    AccountingRow accounting() {
        return accounts.take().get(0);
    }

    List<UnitStatistic> changes() {
        return totals.entrySet().stream()
                .filter(e -> !e.getValue().isZero())
                .map(e -> new UnitStatistic(
                        e.getKey().experiment(),
                        e.getKey().metric(),
                        e.getKey().variant(),
                        e.getKey().dimension(),
                        e.getKey().dimensionValue(),
                        LocalDate.ofEpochDay(e.getKey().day()),
                        e.getValue().n(),
                        e.getValue().events(),
                        e.getValue().sums()))
                .toList();
    }
}
