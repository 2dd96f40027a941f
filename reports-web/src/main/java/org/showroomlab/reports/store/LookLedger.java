package org.showroomlab.reports.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Effect;

/**
 * The append-only table {@code as_known}. One look per experiment and interval of event time is kept, the first, and each
 * that may decide: a page that is watched all day must not grow the file, and a repeated run must not change it. Looks at
 * what another Kafka cluster said, or under another {@link Plan}, stay, but nothing is told of them: they saw something
 * else.
 */
final class LookLedger {
    private static final String LOOK = "look";
    private static final String DECISION = "decision";
    private static final String IS_LOOK = "kind is distinct from '" + DECISION + "'";

    private LookLedger() {}

    /** Whether something was appended. */
    static boolean append(Connection connection, List<Look> looks, Duration interval) throws SQLException {
        if (looks.isEmpty() || isKnown(connection, looks.get(0), interval)) {
            return false;
        }
        insert(connection, looks, LOOK);
        return true;
    }

    /** Appends the one snapshot that a decision rests on, unless the experiment has it already; whether it did. */
    static boolean appendDecision(Connection connection, List<Look> looks) throws SQLException {
        if (looks.isEmpty() || decision(connection, looks.get(0).experiment()).isPresent()) {
            return false;
        }
        insert(connection, looks, DECISION);
        return true;
    }

    private static void insert(Connection connection, List<Look> looks, String kind) throws SQLException {
        String marks = String.join(", ", java.util.Collections.nCopies(21, "?"));
        LookDigests last = LookDigests.last(connection);
        long number = last.number();
        try (PreparedStatement insert = connection.prepareStatement("insert into as_known select " + marks
                + ", source, ?, plan, end_at, observe_until, ?, null from look_sources where experiment = ?")) {
            for (Look look : looks) {
                bind(insert, look, kind, ++number);
                insert.execute();
            }
        }
        last.goOn(connection);
    }

    private static boolean isKnown(Connection connection, Look look, Duration interval) throws SQLException {
        long millis = interval.toMillis();
        Instant from = Instant.ofEpochMilli(Math.floorDiv(look.asOf().toEpochMilli(), millis) * millis);
        try (PreparedStatement query = connection.prepareStatement("select count(*) from standing_looks where "
                + IS_LOOK + " and experiment = ? and as_of >= ? and as_of < ?")) {
            query.setString(1, look.experiment());
            query.setObject(2, from.atOffset(ZoneOffset.UTC));
            query.setObject(3, from.plus(interval).atOffset(ZoneOffset.UTC));
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getLong(1) > 0;
            }
        }
    }

    /** Whether there has been a look before that time, under any plan: who has watched has watched. */
    static boolean hasLookBefore(Connection connection, String experiment, Instant time) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select 1 from looks_at_these_data where " + IS_LOOK + " and experiment = ? and as_of < ? limit 1")) {
            query.setString(1, experiment);
            query.setObject(2, time.atOffset(ZoneOffset.UTC));
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** When the newest event was that a look at or before that time has seen. */
    static Optional<Instant> newest(Connection connection, String experiment, Instant until) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select epoch_ms(max(as_of)) from standing_looks where " + IS_LOOK
                        + " and experiment = ? and as_of <= ?")) {
            query.setString(1, experiment);
            query.setObject(2, until.atOffset(ZoneOffset.UTC));
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.ofNullable(instant(row.getObject(1, Long.class))) : Optional.empty();
            }
        }
    }

    /**
     * What the newest look at or before that time knew while the experiment ran. Metrics that the verdict does not go by
     * have all units, so the fewest count; where these are not those that the look calls matured, it knew none.
     */
    static Optional<KnownUnits> unitsKnown(Connection connection, String experiment, Instant until)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("with looks as (select * from standing_looks where " + IS_LOOK
                        + " and experiment = ? and as_of <= ? and status = 'running' and planned_units is not null),"
                        + " look as (select * from looks where as_of = (select max(as_of) from looks))"
                        + " select epoch_ms(any_value(as_of)), variant, min(units), any_value(matured_units) from"
                        + " (select as_of, variant, units, matured_units from look union all"
                        + " select as_of, control, control_units, matured_units from look) group by variant")) {
            query.setString(1, experiment);
            query.setObject(2, until.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = query.executeQuery()) {
                Map<String, Long> units = new TreeMap<>();
                long asOfMillis = 0;
                long matured = 0;
                while (rows.next()) {
                    asOfMillis = rows.getLong(1);
                    units.put(rows.getString(2), rows.getLong(3));
                    matured = rows.getLong(4);
                }
                long all = units.values().stream().mapToLong(Long::longValue).sum();
                return units.isEmpty() || all != matured
                        ? Optional.empty()
                        : Optional.of(new KnownUnits(Instant.ofEpochMilli(asOfMillis), units));
            }
        }
    }

    /** The looks of an experiment, oldest first; without those of a version that did not know the information. */
    static List<RecordedLook> read(Connection connection, String experiment) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select epoch_ms(as_of), any_value(decision),"
                + " coalesce(bool_or(contains(reasons, 'guardrail_harmed')), false) or coalesce(bool_or(contains("
                + "own_reasons, 'harm_stop') and (experiment, metric) in (select experiment, metric from"
                + " experiment_metrics where role = 'guardrail')), false), max(matured_units), max(planned_units),"
                + " list(distinct variant) filter (decision = 'ship' and contains(own_reasons, 'success_improved')),"
                + " any_value(status) = 'ended', epoch_ms(any_value(planned_end))"
                + " from standing_looks where " + IS_LOOK
                + " and experiment = ? and planned_units is not null group by as_of order by as_of")) {
            query.setString(1, experiment);
            try (ResultSet rows = query.executeQuery()) {
                List<RecordedLook> looks = new ArrayList<>();
                while (rows.next()) {
                    looks.add(new RecordedLook(
                            Instant.ofEpochMilli(rows.getLong(1)),
                            rows.getString(2),
                            rows.getBoolean(3),
                            rows.getLong(4),
                            rows.getLong(5),
                            variants(rows.getArray(6)),
                            rows.getBoolean(7),
                            instant(rows.getObject(8, Long.class))));
                }
                return looks;
            }
        }
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static Set<String> variants(@Nullable Array list) throws SQLException {
        return list == null
                ? Set.of()
                : Stream.of((Object[]) list.getArray()).map(String::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The snapshot that was decided on, with its comparisons: the first one that was planned as is planned now. Earlier
     * versions did not say until when outcomes were; theirs stands if nobody would be waited for any more now.
     */
    static Optional<DecisionSnapshot> decision(Connection connection, String experiment) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select epoch_ms(as_of), epoch_ms(known_at), decision, reasons,"
                        + " method_version, metric, variant, control, estimate, ci_low, ci_high, p_value"
                        + " from standing_looks join experiment_files using (experiment)"
                        + " where kind = '" + DECISION + "' and experiment = ?"
                        + " and (planned_observe_until = observe_until or planned_observe_until is null"
                        + " and epoch_ms(as_of) >= epoch_ms(observe_until) + ?)"
                        + " and (planned_end is null or planned_end = end_at)"
                        + " qualify dense_rank() over (order by as_of) = 1")) {
            query.setString(1, experiment);
            query.setLong(2, DecisionSnapshot.GRACE.toMillis());
            try (ResultSet rows = query.executeQuery()) {
                List<DecisionSnapshot.Line> lines = new ArrayList<>();
                DecisionSnapshot snapshot = null;
                while (rows.next()) {
                    lines.add(new DecisionSnapshot.Line(
                            rows.getString(6),
                            rows.getString(7),
                            rows.getString(8),
                            rows.getObject(9, Double.class),
                            rows.getObject(10, Double.class),
                            rows.getObject(11, Double.class),
                            rows.getObject(12, Double.class)));
                    snapshot = new DecisionSnapshot(
                            Instant.ofEpochMilli(rows.getLong(1)),
                            Instant.ofEpochMilli(rows.getLong(2)),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            lines);
                }
                return Optional.ofNullable(snapshot);
            }
        }
    }

    /** What the looks of these moments said of each comparison, oldest first. */
    static List<LookEffect> effects(Connection connection, String experiment, List<Instant> moments)
            throws SQLException {
        if (moments.isEmpty()) {
            return List.of();
        }
        String millis =
                moments.stream().map(m -> Long.toString(m.toEpochMilli())).collect(Collectors.joining(", "));
        try (PreparedStatement query = connection.prepareStatement(
                "select epoch_ms(as_of), metric, variant, estimate, std_error, p_value from standing_looks"
                        + " where " + IS_LOOK + " and experiment = ? and std_error > 0 and epoch_ms(as_of) in ("
                        + millis + ") order by as_of, metric, variant")) {
            query.setString(1, experiment);
            try (ResultSet rows = query.executeQuery()) {
                List<LookEffect> effects = new ArrayList<>();
                while (rows.next()) {
                    effects.add(new LookEffect(
                            Instant.ofEpochMilli(rows.getLong(1)),
                            rows.getString(2),
                            rows.getString(3),
                            Effect.z(rows.getDouble(4), rows.getDouble(5), rows.getDouble(6))));
                }
                return effects;
            }
        }
    }

    private static void bind(PreparedStatement insert, Look look, String kind, long number) throws SQLException {
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
            look.plannedUnits(),
            kind,
            look.reasons()
        };
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
        insert.setString(values.length + 1, look.ownReasons());
        insert.setLong(values.length + 2, number);
        insert.setString(values.length + 3, look.experiment());
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
