package org.showroomlab.jobs.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.codec.Fingerprints;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.scan.EventScanner;
import org.showroomlab.ingest.scan.ScannedEvent;
import org.showroomlab.jobs.count.Accounts.Way;
import org.showroomlab.jobs.observe.EventHashes;
import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.observe.Observer;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.packed.PackedWriter;
import org.showroomlab.jobs.plan.CountingPlan;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ResultRow;

/** The pure core fed event by event and flushed now and then, without Flink around it. */
final class PureCount implements IdentityTable.Consequences, UnitTable.Totals {
    private final CountingPlan plan;
    private final Observer observer;
    private final ScannedEvent event = new ScannedEvent();
    private final EventHashes hashes = new EventHashes();
    private final PackedWriter written = new PackedWriter(64);
    private final Accounts accounts = new Accounts(List.of("test"));
    private final IdentityTable identities = new IdentityTable();
    private final UnitTable units = new UnitTable();
    private final UnitChanges changes;
    private final UnitContribution contribution;
    private final ClusterChanges clusterChanges;
    private final Map<ClusterUnit, ClusterSums> clusters = new HashMap<>();
    private final Map<CellKey, Cell> totals = new HashMap<>();
    private final Random random;
    private int repeats;
    private final Map<String, Integer> takenOutFrom = new HashMap<>();

    /** A count that flushes at moments chosen by the seed. */
    PureCount(List<Experiment> experiments, long seed) {
        this.plan = new CountingPlan(experiments);
        this.observer = new Observer(plan);
        this.changes = new UnitChanges(plan.experiments());
        this.contribution = new UnitContribution(plan, changes, accounts);
        this.clusterChanges = new ClusterChanges(plan);
        this.random = new Random(seed);
    }

    void deliver(List<byte[]> records) {
        int flushEvery = 1 + random.nextInt(8);
        for (byte[] record : records) {
            deliver(record);
            if (random.nextInt(flushEvery) == 0) {
                flush();
            }
        }
        flush();
    }

    private void deliver(byte[] record) {
        if (random.nextBoolean() && EventScanner.scan(record, 0, record.length, event)) {
            observe(record);
        } else if (EventCodec.decode(record) instanceof Decoded.Accepted accepted) {
            event.load(accepted.event());
            observe(record);
        } else {
            setAside();
        }
    }

    private void setAside() {
        accounts.add(0, Way.RECEIVED, 1);
        accounts.add(0, Way.DEAD_LETTERED, 1);
    }

    private void observe(byte[] record) {
        try {
            observer.observe(event);
        } catch (Observer.Unreadable e) {
            setAside();
            return;
        }
        accounts.received(0, event.timestampMillis());
        hashes.read(event);
        written.truncate(0);
        observer.write(
                event,
                hashes.identityHigh(),
                hashes.identityLow(),
                Fingerprints.ofContent(record),
                0,
                hashes.unitHigh(),
                hashes.unitLow(),
                written);
        identities.deliver(written.bytes(), 0, this);
    }

    @Override
    public void put(byte[] bytes, int observation) {
        units.put(
                bytes,
                observation + ObservationLayout.VISITOR_PART,
                PackedReader.intAt(bytes, observation + ObservationLayout.VISITOR_PART_SIZE),
                PackedReader.longAt(bytes, observation + ObservationLayout.TIME_AND_SOURCE),
                ObservationLayout.entryId(
                        PackedReader.longAt(bytes, observation + ObservationLayout.IDENTITY_LOW),
                        PackedReader.intAt(bytes, observation + ObservationLayout.CONTENT_HASH)),
                this);
    }

    @Override
    public void takeBack(int unitTag, long timeAndSource, long entryId) {
        units.takeBack(unitTag, timeAndSource, entryId, this);
    }

    @Override
    public void takeOut(byte[] unit, int from, int until) {
        takenOutFrom.merge(from == 0 ? "the first" : "a later one", 1, Integer::sum);
        contribution.takeOut(unit, from, until);
    }

    @Override
    public void addRepeat(int source, boolean isAccounted) {
        repeats++;
        contribution.addRepeat(source, isAccounted);
    }

    @Override
    public void cluster(byte[] bytes, int part, long millis, int sign) {
        clusterChanges.add(bytes, part, millis, sign);
    }

    @Override
    public void account(int source, Way way, long change) {
        accounts.add(source, way, change);
    }

    private void flush() {
        units.flush(contribution::addSince);
        changes.drain((key, cell) -> add(key, cell, 1));
        clusterChanges.drain((unit, more) -> {
            ClusterSums sums = clusters.computeIfAbsent(unit, u -> new ClusterSums());
            contribute(unit, sums, -1);
            sums.add(more);
            contribute(unit, sums, 1);
        });
    }

    private void contribute(ClusterUnit unit, ClusterSums sums, int sign) {
        ClusterContribution.of(plan.experiments().get(unit.experiment()), unit, sums)
                .forEach((key, cell) -> add(key, cell, sign));
    }

    private void add(CellKey key, Cell cell, int sign) {
        Cell total = totals.computeIfAbsent(key, k -> cell.zero());
        if (sign > 0) {
            total.add(cell);
        } else {
            total.subtract(cell);
        }
    }

    /** How many entries joined those in the totals because they only repeated an exposure. */
    int repeats() {
        return repeats;
    }

    /** How often the whole of a history, or its end only, was taken out of the totals. */
    Map<String, Integer> takenOutFrom() {
        return takenOutFrom;
    }

    IdentityTable identities() {
        return identities;
    }

    UnitTable units() {
        return units;
    }

    Map<ClusterUnit, ClusterSums> clusters() {
        return clusters;
    }

    AccountingRow accounting() {
        return accounts.take().get(0);
    }

    /** Every cell that is not empty, as its row. */
    List<ResultRow> changes() {
        List<ResultRow> rows = new ArrayList<>();
        totals.forEach((key, cell) -> {
            if (!cell.isZero()) {
                rows.add(CellRows.row(key, cell));
            }
        });
        return rows;
    }

    /** The same by key. */
    Map<CellKey, Cell> cells() {
        Map<CellKey, Cell> cells = new HashMap<>(totals);
        cells.values().removeIf(Cell::isZero);
        return cells;
    }
}
