package stream.weir.connector.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stream.weir.api.pipeline.NearestName;

/**
 * A table as it is in the catalog of PostgreSQL.
 *
 * @param unique the columns of each index that {@code ON CONFLICT} can name
 * @param problems what speaks against the table whatever the rows are; whole sentences
 */
record TargetTable(TableName name, Map<String, TableColumn> columns, List<Set<String>> unique, List<String> problems) {
    private static final String TABLE = """
            SELECT c.relkind, c.relpersistence, has_any_column_privilege(c.oid, 'SELECT'),
                has_any_column_privilege(c.oid, 'INSERT'), has_any_column_privilege(c.oid, 'UPDATE')
            FROM pg_class c WHERE c.oid = to_regclass(?)""";
    private static final String COLUMNS = """
            SELECT a.attname, b.typname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END,
                a.attnotnull OR t.typnotnull, a.atthasdef OR a.attidentity <> '',
                a.attidentity = 'a' OR a.attgenerated <> ''
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
            WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""";
    private static final String INDEXES = """
            SELECT ARRAY(SELECT a.attname::text FROM pg_attribute a
                WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey[0 : i.indnkeyatts - 1]))
            FROM pg_index i
            WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indisvalid AND i.indimmediate
                AND i.indpred IS NULL AND i.indexprs IS NULL""";
    private static final String NEIGHBOURS = """
            SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND pg_table_is_visible(oid)
                AND relnamespace <> 'pg_catalog'::regnamespace""";

    /** Reads the catalog. */
    static TargetTable inspect(Connection connection, TableName name) throws SQLException {
        List<String> problems = new ArrayList<>();
        try (PreparedStatement statement = asking(connection, TABLE, name);
                ResultSet found = statement.executeQuery()) {
            if (!found.next()) {
                problems.add("There is no table " + name + nearest(connection, name)
                        + "; upper and lower case count. It has to be created before.");
                return new TargetTable(name, Map.of(), List.of(), problems);
            }
            problems(name, found, problems);
        }
        return new TargetTable(name, columns(connection, name), unique(connection, name), problems);
    }

    private static void problems(TableName name, ResultSet found, List<String> problems) throws SQLException {
        String kind = found.getString(1);
        if (!kind.equals("r") && !kind.equals("p")) {
            problems.add(name + " is no table but something else (relkind " + kind + ").");
        }
        if (found.getString(2).equals("u")) {
            problems.add("The table " + name + " is UNLOGGED: it would be empty after a crash of the database.");
        }
        List<String> missing = new ArrayList<>();
        List<String> wanted = List.of("SELECT", "INSERT", "UPDATE");
        for (int i = 0; i < wanted.size(); i++) {
            if (!found.getBoolean(i + 3)) {
                missing.add(wanted.get(i));
            }
        }
        if (!missing.isEmpty()) {
            problems.add("The user lacks " + String.join(", ", missing) + " on the table " + name + ".");
        }
    }

    private static String nearest(Connection connection, TableName name) throws SQLException {
        List<String> others = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NEIGHBOURS);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                others.add(found.getString(1));
            }
        }
        return NearestName.of(name.name(), others)
                .map(near -> ", did you mean " + near + "?")
                .orElse("");
    }

    private static Map<String, TableColumn> columns(Connection connection, TableName name) throws SQLException {
        Map<String, TableColumn> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = asking(connection, COLUMNS, name);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                columns.put(found.getString(1), column(found));
            }
        }
        return columns;
    }

    private static TableColumn column(ResultSet found) throws SQLException {
        boolean notNull = found.getBoolean(5);
        TableColumn.Writes writes =
                notNull && !found.getBoolean(6) ? TableColumn.Writes.NEEDED : TableColumn.Writes.OPTIONAL;
        return new TableColumn(
                found.getString(1),
                found.getString(2),
                found.getString(3),
                found.getInt(4),
                notNull ? TableColumn.Nulls.REFUSED : TableColumn.Nulls.ALLOWED,
                found.getBoolean(7) ? TableColumn.Writes.REFUSED : writes);
    }

    private static List<Set<String>> unique(Connection connection, TableName name) throws SQLException {
        List<Set<String>> unique = new ArrayList<>();
        try (PreparedStatement statement = asking(connection, INDEXES, name);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                Array names = found.getArray(1);
                unique.add(new HashSet<>(List.of((String[]) names.getArray())));
            }
        }
        return unique;
    }

    private static PreparedStatement asking(Connection connection, String sql, TableName name) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, name.quoted());
        return statement;
    }

    Optional<TableColumn> column(String field) {
        return Optional.ofNullable(columns.get(field));
    }
}
