package stream.weir.definition.aggregate;

import stream.weir.api.row.Row;

/**
 * A row with its time, for aggregates that go by it.
 *
 * @param time event time in milliseconds
 */
public record TimedRow(Row row, long time) {
    /** As the row, since messages are about that. */
    @Override
    public String toString() {
        return row.toString();
    }
}
