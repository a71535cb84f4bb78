package stream.weir.connector.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import stream.weir.testservers.PostgresServer;

/** A table of its own in a schema of its own, and what others see of it. */
final class Table {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final PostgresServer server;
    private final String schema;

    private Table(PostgresServer server, String schema) {
        this.server = server;
        this.schema = schema;
    }

    /** @param columns as in {@code CREATE TABLE} */
    static Table of(String columns) throws Exception {
        return of(PostgresServer.shared(), columns);
    }

    static Table of(PostgresServer server, String columns) throws SQLException {
        Table table = new Table(server, "s" + NEXT.incrementAndGet());
        table.run("CREATE SCHEMA " + table.schema);
        table.run("CREATE TABLE t (" + columns + ")");
        return table;
    }

    /** Statements find the table without its schema. */
    String url() {
        return server.url() + "&currentSchema=" + schema;
    }

    String schema() {
        return schema;
    }

    PostgresServer server() {
        return server;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows with {@code |} between columns. */
    List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(found.getString(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    List<String> rows() throws SQLException {
        return query("SELECT * FROM t ORDER BY 1");
    }

    /** How often rows were written, seen from the row versions: {@code xmin} is the transaction that wrote a row. */
    List<String> writers() throws SQLException {
        return query("SELECT DISTINCT xmin::text FROM t ORDER BY 1");
    }
}
