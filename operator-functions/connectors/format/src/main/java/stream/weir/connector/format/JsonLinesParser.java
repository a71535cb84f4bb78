package stream.weir.connector.format;

import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** One JSON object in each line; empty lines are passed over. */
public final class JsonLinesParser extends LineParser {
    private final JsonRow row;

    private JsonLinesParser(JsonRow row) {
        this.row = row;
    }

    /**
     * @throws IllegalArgumentException when a field is of a type that files cannot hold
     */
    public static JsonLinesParser of(RowType type) {
        return new JsonLinesParser(JsonParsers.row(type, ""));
    }

    @Override
    public boolean blank() {
        return Ascii.trimStart(data, start, end) == end;
    }

    @Override
    public Row row() throws MalformedRecordException {
        return (Row) JsonParsers.document(row, data, start, end);
    }

    /** The row of one JSON object that is not bound to a line. */
    public Row whole(byte[] document) throws MalformedRecordException {
        return (Row) JsonParsers.document(row, document, 0, document.length);
    }
}
