package org.showroomlab.jobs.count;

import java.util.Comparator;
import java.util.List;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.LoadedExperiment;

/** State as it stands after a generated world, with all that only few entries have. */
public final class StateSamples {
    private static final long WORLD = 4;

    private StateSamples() {}

    private static PureCount counted() {
        List<Experiment> experiments = GeneratedEvents.experiments().stream()
                .map(LoadedExperiment::experiment)
                .toList();
        PureCount count = new PureCount(experiments, WORLD);
        count.deliver(GeneratedEvents.of(WORLD));
        return count;
    }

    public static IdentityTable identities() {
        IdentityTable identities = counted().identities();
        if (identities.copies().isEmpty() || identities.clusterParts().isEmpty()) {
            throw new IllegalStateException("this world has no duplicates or no clusters");
        }
        long one = identities.clusterParts().keySet().iterator().next();
        identities.unusual().put(one, new IdentityTable.Unusual(-1, 300));
        return identities;
    }

    public static UnitTable histories() {
        return counted().units();
    }

    public static ClusterSums clusterSums() {
        return counted().clusters().values().stream()
                .max(Comparator.comparingInt(sums -> sums.days().size()))
                .orElseThrow();
    }

    public static Cell cell() {
        BucketCounts buckets = new BucketCounts();
        buckets.add(-3, 4);
        buckets.add(70_000, -1);
        return Cell.of(
                new long[] {1, -2},
                new long[] {-1, 5, Long.MAX_VALUE, Long.MIN_VALUE, 0, 0, 0, 0, -1, -1, -1, -7, 0, 0, 1, -1},
                buckets);
    }
}
