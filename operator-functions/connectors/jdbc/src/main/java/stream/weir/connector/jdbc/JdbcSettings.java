package stream.weir.connector.jdbc;

import java.time.Duration;
import java.util.List;
import stream.weir.api.row.RowType;

/**
 * What a JDBC sink writes, and where.
 *
 * @param key fields by which a row replaces an earlier one
 * @param commits the table that holds what was committed
 * @param batchSize rows in one round trip, at least 1
 * @param timeout for an answer of the database, at least a second
 */
record JdbcSettings(
        String url,
        Credentials credentials,
        TableName table,
        TableName commits,
        List<String> key,
        RowType rows,
        int batchSize,
        Duration timeout,
        Beyond beyond) {
    /** What to do when rows of checkpoints after the restored one are committed. */
    enum Beyond {
        FAIL,
        OVERWRITE
    }

    /** The URL for people: without its properties, among which may be a password. */
    String database() {
        return withoutProperties(url);
    }

    static String withoutProperties(String url) {
        int properties = url.indexOf('?');
        return properties < 0 ? url : url.substring(0, properties);
    }
}
