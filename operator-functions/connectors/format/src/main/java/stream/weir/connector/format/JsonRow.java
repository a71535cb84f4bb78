package stream.weir.connector.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** An object as a row: names that the row does not have are passed over, fields that the object does not have are null. */
final class JsonRow implements JsonParsers.Value {
    private final RowType type;
    private final String path;
    private final JsonParsers.Value[] values;

    /** @param values one for each column */
    JsonRow(RowType type, String path, JsonParsers.Value[] values) {
        this.type = type;
        this.path = path;
        this.values = values;
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, MalformedRecordException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw JsonParsers.mismatch(path, in, path.isEmpty() ? "an object" : "a row");
        }
        @Nullable Object[] row = new @Nullable Object[values.length];
        while (in.nextToken() != JsonToken.END_OBJECT) {
            int index = type.indexOf(in.currentName());
            in.nextToken();
            if (index < 0) {
                in.skipChildren();
            } else {
                row[index] = values[index].read(in);
            }
        }
        return Row.owning(type, row);
    }
}
