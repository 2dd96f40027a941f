package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Effect;

/**
 * The append-only table {@code as_known}. One look per experiment and interval of event time is kept, the first: a page
 * that is watched all day must not grow the file, and a repeated run must not change it.
 */
final class LookLedger {
    private LookLedger() {}

    static void append(Connection connection, List<Look> looks, Duration interval) throws SQLException {
        if (looks.isEmpty() || isKnown(connection, looks.get(0), interval)) {
            return;
        }
        String marks = String.join(", ", java.util.Collections.nCopies(19, "?"));
        try (PreparedStatement insert = connection.prepareStatement("insert into as_known values (" + marks + ")")) {
            for (Look look : looks) {
                bind(insert, look);
                insert.execute();
            }
        }
    }

    private static boolean isKnown(Connection connection, Look look, Duration interval) throws SQLException {
        long millis = interval.toMillis();
        Instant from = Instant.ofEpochMilli(Math.floorDiv(look.asOf().toEpochMilli(), millis) * millis);
        try (PreparedStatement query = connection.prepareStatement(
                "select count(*) from as_known where experiment = ? and as_of >= ? and as_of < ?")) {
            query.setString(1, look.experiment());
            query.setObject(2, from.atOffset(ZoneOffset.UTC));
            query.setObject(3, from.plus(interval).atOffset(ZoneOffset.UTC));
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getLong(1) > 0;
            }
        }
    }

    /** The looks of an experiment, oldest first; without those of a version that did not know the information. */
    static List<RecordedLook> read(Connection connection, String experiment) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select epoch_ms(as_of), any_value(decision), max(matured_units), max(planned_units) from as_known"
                        + " where experiment = ? and planned_units is not null group by as_of order by as_of")) {
            query.setString(1, experiment);
            try (ResultSet rows = query.executeQuery()) {
                List<RecordedLook> looks = new ArrayList<>();
                while (rows.next()) {
                    looks.add(new RecordedLook(
                            Instant.ofEpochMilli(rows.getLong(1)),
                            rows.getString(2),
                            rows.getLong(3),
                            rows.getLong(4)));
                }
                return looks;
            }
        }
    }

    private static void bind(PreparedStatement insert, Look look) throws SQLException {
        Effect effect = look.difference();
        @Nullable
        Object[] values = {
            look.experiment(),
            look.asOf().atOffset(ZoneOffset.UTC),
            look.knownAt().atOffset(ZoneOffset.UTC),
            look.decision(),
            look.status(),
            look.metric(),
            look.variant(),
            look.control(),
            look.method(),
            look.controlUnits(),
            look.units(),
            effect == null ? null : effect.estimate(),
            effect == null ? null : effect.stdError(),
            effect == null ? null : finite(effect.ci().low()),
            effect == null ? null : finite(effect.ci().high()),
            effect == null ? null : effect.pValue(),
            look.methodVersion(),
            look.maturedUnits(),
            look.plannedUnits()
        };
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
