package org.showroomlab.reports.export.notebook;

/** The last cells: where the exact sums are, and how to ask for them. */
final class DatabaseCells {
    private DatabaseCells() {}

    /** @param filter the experiment's id; empty for all of them */
    static void write(Notebook notebook, String filter) {
        notebook.text("""
                ## The exact sums

                The database that this came from has every sum as an exact integer, day by day. Give its path below; nothing may
                write to the file meanwhile. In a notebook the driver comes by the line
                `%dependency /add org.duckdb:duckdb_jdbc:2.0.0.1 /resolve` in a cell of its own, and
                `select column_name, comment from duckdb_columns() where table_name = 'unit_statistics'` says what is in which
                column.
                """);
        notebook.code("""
                String database = "";
                String experiment = %s;
                String question = \"""
                        select experiment, metric, variant, day, n, sum, sum_squares
                        from unit_statistics
                        where (experiment = ? or ? = '') and dimension = ''
                        qualify day = max(day) over (partition by experiment, metric, variant)
                        order by experiment, metric, variant
                        \""";
                if (!database.isEmpty()) {
                    Class.forName("org.duckdb.DuckDBDriver");
                    try (var connection = java.sql.DriverManager.getConnection("jdbc:duckdb:" + database);
                            var asked = connection.prepareStatement(question)) {
                        asked.setString(1, experiment);
                        asked.setString(2, experiment);
                        try (var rows = asked.executeQuery()) {
                            while (rows.next()) {
                                System.out.println(IntStream.rangeClosed(1, 7)
                                        .mapToObj(i -> {
                                            try {
                                                return rows.getString(i);
                                            } catch (java.sql.SQLException e) {
                                                throw new IllegalStateException(e);
                                            }
                                        })
                                        .collect(Collectors.joining(" ")));
                            }
                        }
                    }
                }
                """.formatted(Written.java(filter)));
    }
}
