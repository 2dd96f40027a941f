package org.showroomlab.reports.store;

/**
 * Where live rows came from, and the key of the offset stored with them.
 *
 * @param topic a topic of results
 * @param partition its partition, from 0
 */
public record ResultPartition(String topic, int partition) implements Comparable<ResultPartition> {
    @Override
    public int compareTo(ResultPartition other) {
        int byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }
}
