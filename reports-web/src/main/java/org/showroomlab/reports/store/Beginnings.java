package org.showroomlab.reports.store;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.showroomlab.jobs.results.CountedExperiment;

/**
 * What it means to the tables that jobs begin: what was said before of the experiments that one begins to count anew, goes,
 * and with it the accounting of the job before, which would vouch for tables that are empty now.
 * From then on they are what the job takes them for, whether somebody has registered them or not. Always inside the caller's
 * transaction.
 */
final class Beginnings {
    private record Begun(String feed, JobBeginning beginning) {}

    private record Believed(CountedExperiment experiment, String feed) {}

    private final ExperimentRegistry registry;
    private final Feeds feeds;
    private final LiveOwners owners;

    Beginnings(ExperimentRegistry registry, Feeds feeds, LiveOwners owners) {
        this.registry = registry;
        this.feeds = feeds;
        this.owners = owners;
    }

    /**
     * Takes in what jobs say of their beginnings.
     *
     * @return the feeds of the jobs that counted their experiments before
     */
    Set<String> take(Map<String, LiveRows> saidByJob) throws SQLException {
        Set<String> before = new TreeSet<>();
        Set<String> ofRuns = registry.ofRuns();
        // A job says its experiments in every beginning; in a long topic they are many.
        Map<String, Believed> believed = new TreeMap<>();
        for (Begun begun : inOrder(saidByJob)) {
            JobBeginning beginning = begun.beginning;
            if (!beginning.jobId().isEmpty() && owners.beginAccounting(begun.feed, beginning)) {
                feeds.dropOfJob(begun.feed);
            }
            for (CountedExperiment experiment : beginning.experiments()) {
                if (ofRuns.contains(experiment.id())) {
                    continue;
                }
                if (owners.begin(experiment.id(), begun.feed, beginning)) {
                    registry.dropIncrements(experiment.id());
                    before.addAll(registry.countedBy(begun.feed, Set.of(experiment.id())));
                }
                if (owners.believes(experiment.id(), begun.feed, beginning.jobId())) {
                    believed.put(experiment.id(), new Believed(experiment, begun.feed));
                }
            }
        }
        for (Believed each : believed.values()) {
            registry.define(each.experiment, each.feed);
        }
        return before;
    }

    private static List<Begun> inOrder(Map<String, LiveRows> saidByJob) {
        return saidByJob.entrySet().stream()
                .flatMap(said ->
                        said.getValue().beginnings().stream().map(begun -> new Begun(Feeds.live(said.getKey()), begun)))
                .sorted(Comparator.comparingLong(begun -> begun.beginning.offset()))
                .toList();
    }
}
