package org.showroomlab.jobs.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.jspecify.annotations.Nullable;

/**
 * Hands files out in the order of their paths. Event files are mostly named by their day, and an event that comes in the
 * order of time is the cheapest to count: it stands at the end of its unit's history.
 */
final class FilesInOrder implements FileSplitAssigner {
    private final PriorityQueue<FileSourceSplit> waiting =
            new PriorityQueue<>(Comparator.comparing(split -> split.path().getPath()));

    FilesInOrder(Collection<FileSourceSplit> splits) {
        waiting.addAll(splits);
    }

    @Override
    public Optional<FileSourceSplit> getNext(@Nullable String hostname) {
        return Optional.ofNullable(waiting.poll());
    }

    @Override
    public void addSplits(Collection<FileSourceSplit> splits) {
        waiting.addAll(splits);
    }

    @Override
    public Collection<FileSourceSplit> remainingSplits() {
        return List.copyOf(waiting);
    }
}
