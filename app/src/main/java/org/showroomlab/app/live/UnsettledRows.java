package org.showroomlab.app.live;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.results.Settled;
import org.showroomlab.jobs.results.Stamp;
import org.showroomlab.reports.store.ResultPartition;

/**
 * Rows that one job has said since its last complete checkpoint. Should it fail, it goes back to that checkpoint and says
 * so: then those of them that it does not say again must go. Reading begins at the oldest of them, so that a process that
 * starts again knows them too.
 */
final class UnsettledRows {
    private record Said(ResultRow row, Stamp stamp, ResultPartition partition, long offset) {}

    private final Map<String, Said> said = new HashMap<>();
    private Map<String, ResultRow> newest = new LinkedHashMap<>();

    /** Takes the next row of the topic. */
    void take(ResultCodec.Stamped stamped, ResultPartition partition, long offset) {
        ResultRow row = stamped.row();
        if (row instanceof RolledBack back) {
            goBack(back);
        } else if (row instanceof Settled settled) {
            said.values().removeIf(each -> settled.settles(each.stamp));
        } else {
            newest.put(row.rowKey(), row);
            Optional<Stamp> stamp = stamped.stamp();
            stamp.ifPresent(value -> said.put(row.rowKey(), new Said(row, value, partition, offset)));
        }
    }

    private void goBack(RolledBack back) {
        for (Iterator<Said> each = said.values().iterator(); each.hasNext(); ) {
            Said row = each.next();
            if (back.voids(row.stamp)) {
                newest.put(row.row.rowKey(), row.row.emptied());
                each.remove();
            }
        }
    }

    /** The newest row of each key since the last time; void ones are empty. */
    Map<String, ResultRow> drain() {
        Map<String, ResultRow> drained = newest;
        newest = new LinkedHashMap<>();
        return drained;
    }

    /** Moves offsets back to the oldest row that is not settled. */
    void hold(Map<ResultPartition, Long> offsets) {
        for (Said row : said.values()) {
            offsets.merge(row.partition, row.offset, Math::min);
        }
    }
}
