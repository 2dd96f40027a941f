package org.showroomlab.reports.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ExperimentRow;
import org.showroomlab.jobs.results.ResultRow;

/**
 * What one named job has said since the last time.
 *
 * @param beginnings of the times that it was submitted, in the order of the topic
 * @param rowsByJobId the newest row of each key, by which of its submissions said it; empty where the row does not say that
 */
public record LiveRows(
        List<JobBeginning> beginnings, Map<String, ? extends Collection<? extends ResultRow>> rowsByJobId) {
    /** Copies the outer collections. */
    public LiveRows {
        beginnings = List.copyOf(beginnings);
        rowsByJobId = new TreeMap<>(rowsByJobId);
    }

    boolean isEmpty() {
        return beginnings.isEmpty() && rowsByJobId.values().stream().allMatch(Collection::isEmpty);
    }

    Set<String> experiments() {
        return RowExperiments.of(
                rowsByJobId.values().stream().flatMap(Collection::stream).toList());
    }

    /**
     * The rows that stand, said by the job of this feed. A record that was set aside stays so for the next submission, which
     * does not say it again when it begins from a savepoint.
     */
    List<ResultRow> believedBy(LiveOwners owners, String feed) {
        List<ResultRow> believed = new ArrayList<>();
        rowsByJobId.forEach((jobId, rows) -> {
            for (ResultRow row : rows) {
                if (row instanceof DeadLetterRow
                        || (row instanceof ExperimentRow of
                                ? owners.believes(of.experiment(), feed, jobId)
                                : owners.believesAccounting(feed, jobId))) {
                    believed.add(row);
                }
            }
        });
        return believed;
    }
}
