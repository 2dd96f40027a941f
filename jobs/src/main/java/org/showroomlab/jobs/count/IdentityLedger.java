package org.showroomlab.jobs.count;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.Hash128;
import org.showroomlab.jobs.observe.Observation;

/**
 * All deliveries of one identity: which of them counts and what the others were. The earliest
 * counts, then the one with the smaller content hash, then the one from the source with the smaller name. Its
 * answers to any order of the same deliveries add up to the same.
 */
public final class IdentityLedger {
    /** The map of a single copy, one per source and process. */
    private static final Map<String, Map<String, Long>> SINGLE = new ConcurrentHashMap<>();

    private @Nullable Winner winner;
    // Deliveries with the winner's content, by source: they become conflicting when other content wins. There is one
    // ledger per event and nearly always one copy, so that case has no map.
    private Map<String, Long> copies = Map.of();

    /** What is kept of the delivery that counts: enough to compare it and to take it back. */
    public record Winner(
            long timestampMillis,
            long contentHash,
            String source,
            Hash128 unit,
            boolean relevant,
            int unknownExposures) {
        static Winner of(Observation o) {
            return new Winner(
                    o.timestampMillis(), o.contentHash(), o.source(), o.unit(), o.isRelevant(), o.unknownExposures());
        }

        boolean hasContentOf(Observation o) {
            return timestampMillis == o.timestampMillis() && contentHash == o.contentHash();
        }

        boolean isPrecededBy(Observation o) {
            if (timestampMillis != o.timestampMillis()) {
                return o.timestampMillis() < timestampMillis;
            }
            int byContent = Long.compareUnsigned(o.contentHash(), contentHash);
            return byContent < 0 || (byContent == 0 && o.source().compareTo(source) < 0);
        }
    }

    /** Where the consequences of a delivery go. */
    public interface Consequences {
        void put(Observation observation);

        void takeBack(Hash128 unit, Hash128 identity);

        void account(String source, Accounts.Way way, long change);
    }

    public IdentityLedger() {}

    /** A ledger from its parts. */
    public IdentityLedger(Winner winner, Map<String, Long> copies) {
        this.winner = winner;
        this.copies = copies;
    }

    public @Nullable Winner winner() {
        return winner;
    }

    public Map<String, Long> copies() {
        return copies;
    }

    public IdentityLedger copy() {
        IdentityLedger copy = new IdentityLedger();
        copy.winner = winner;
        // Never changed in place, so it may be shared.
        copy.copies = copies;
        return copy;
    }

    /** Takes in one delivery. */
    public void deliver(Observation o, Consequences to) {
        Winner before = winner;
        if (before == null) {
            win(o, null, to);
        } else if (before.isPrecededBy(o)) {
            to.account(before.source(), Accounts.Way.DUPLICATE, 1);
            if (!before.hasContentOf(o)) {
                copies.forEach((source, count) -> to.account(source, Accounts.Way.CONFLICTING, count));
                copies = Map.of();
            }
            win(o, before, to);
        } else {
            to.account(o.source(), Accounts.Way.DUPLICATE, 1);
            if (before.hasContentOf(o)) {
                addCopy(o.source());
            } else {
                to.account(o.source(), Accounts.Way.CONFLICTING, 1);
            }
        }
    }

    private void win(Observation o, @Nullable Winner before, Consequences to) {
        if (before != null) {
            to.account(before.source(), Accounts.Way.UNKNOWN_EXPOSURE, -before.unknownExposures());
            takeBack(before, o, to);
        }
        to.account(o.source(), Accounts.Way.UNKNOWN_EXPOSURE, o.unknownExposures());
        if (o.isRelevant()) {
            to.put(o);
        } else {
            to.account(o.source(), Accounts.Way.IN_NO_EXPERIMENT, 1);
        }
        addCopy(o.source());
        winner = Winner.of(o);
    }

    private void addCopy(String source) {
        if (copies.isEmpty()) {
            copies = SINGLE.computeIfAbsent(source, s -> Map.of(s, 1L));
        } else {
            Map<String, Long> more = new TreeMap<>(copies);
            more.merge(source, 1L, Long::sum);
            copies = more;
        }
    }

    private static void takeBack(Winner before, Observation o, Consequences to) {
        if (!before.relevant()) {
            to.account(before.source(), Accounts.Way.IN_NO_EXPERIMENT, -1);
        } else if (!o.isRelevant() || !o.unit().equals(before.unit())) {
            // In the same unit the new observation takes the old one's place by its identity.
            to.takeBack(before.unit(), o.identity());
        }
    }
}
