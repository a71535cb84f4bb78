package stream.weir.connector.format;

import stream.weir.api.row.Row;

/**
 * Cuts bytes into records and makes rows of them. Used in pairs of calls: {@link #find} tells where the next record ends, the
 * other methods speak about the record found last.
 */
public interface RowParser {
    /** Answer of {@link #find}: the record goes on beyond the bytes at hand. */
    int INCOMPLETE = -1;

    /** What follows the bytes at hand. */
    enum Tail {
        /** More bytes may follow. */
        OPEN,
        /** Nothing: a last record without a line end is complete. */
        FINAL
    }

    /**
     * Finds the record that begins at {@code from}. Bytes that cannot be a record are found as one, so that what follows them
     * can be read; {@link #row} then throws.
     *
     * @param from less than {@code to}
     * @return the index behind the record and its line end, or {@link #INCOMPLETE}, never with {@link Tail#FINAL}
     */
    int find(byte[] data, int from, int to, Tail tail);

    /** Line ends in the record, at least 1; one that the end of the input stands for is counted. */
    int lines();

    /** Whether there is nothing to make a row of: an empty line where the format means nothing by it. */
    boolean blank();

    /** The row; the bytes given to {@link #find} must not have changed since. */
    Row row() throws MalformedRecordException;
}
