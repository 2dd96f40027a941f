package org.showroomlab.reports.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * The chain of digests of {@code as_known}: each is of its row and of the digest before. What was known then cannot be
 * counted again, so nothing else can show that a row is as it was written. It shows a slip, not a forger, who can make them
 * anew; so MD5, which SQL has too, is enough. The last of them stands in {@code last_look} as well.
 *
 * @param number of the last row that was written; 0 before the first
 * @param digest of that row
 */
record LookDigests(long number, String digest) {
    private static final LookDigests NONE = new LookDigests(0, "");

    static LookDigests last(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("select number, digest from last_look")) {
            return row.next() ? new LookDigests(row.getLong(1), row.getString(2)) : NONE;
        }
    }

    /** Writes all of them as this version does. */
    static void renew(Connection connection) throws SQLException {
        NONE.goOn(connection);
    }

    /** Writes those of the rows behind it. */
    void goOn(Connection connection) throws SQLException {
        StringJoiner digests = new StringJoiner(", ");
        LookDigests last = this;
        try (PreparedStatement query =
                connection.prepareStatement("select number, text from look_texts where number > ? order by number")) {
            query.setLong(1, number);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    last = new LookDigests(rows.getLong(1), md5(last.digest + rows.getString(2)));
                    digests.add("(" + last.number + ", '" + last.digest + "')");
                }
            }
        }
        if (digests.length() > 0) {
            try (Statement update = connection.createStatement()) {
                update.execute("update as_known set digest = written.digest from (values " + digests
                        + ") written(number, digest) where as_known.number = written.number and as_known.number > "
                        + number);
                update.execute("delete from last_look");
                update.execute("insert into last_look values (" + last.number + ", '" + last.digest + "')");
            }
        }
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
