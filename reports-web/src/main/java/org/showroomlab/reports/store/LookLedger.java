package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Effect;

/**
 * The append-only table {@code as_known}. One look per experiment and hour of event time is kept, the first: a page that
 * is watched all day must not grow the file, and a repeated run must not change it.
 */
final class LookLedger {
    private LookLedger() {}

    static void append(Connection connection, List<Look> looks) throws SQLException {
        if (looks.isEmpty() || isKnown(connection, looks.get(0))) {
            return;
        }
        String marks = String.join(", ", java.util.Collections.nCopies(17, "?"));
        try (PreparedStatement insert = connection.prepareStatement("insert into as_known values (" + marks + ")")) {
            for (Look look : looks) {
                bind(insert, look);
                insert.execute();
            }
        }
    }

    private static boolean isKnown(Connection connection, Look look) throws SQLException {
        Instant hour = look.asOf().truncatedTo(ChronoUnit.HOURS);
        try (PreparedStatement query = connection.prepareStatement(
                "select count(*) from as_known where experiment = ? and as_of >= ? and as_of < ?")) {
            query.setString(1, look.experiment());
            query.setObject(2, hour.atOffset(ZoneOffset.UTC));
            query.setObject(3, hour.plus(1, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC));
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getLong(1) > 0;
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
            look.methodVersion()
        };
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
