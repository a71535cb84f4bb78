package stream.weir.connector.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of values of one type. */
record JsonList(String path, JsonParsers.Value element, boolean nullable) implements JsonParsers.Value {
    @Override
    public @Nullable Object read(JsonParser in) throws IOException, MalformedRecordException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw JsonParsers.mismatch(path, in, "a list");
        }
        List<@Nullable Object> values = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Object value = element.read(in);
            if (value == null && !nullable) {
                throw new MalformedRecordException("field " + path + ": element " + values.size() + " is null");
            }
            values.add(value);
        }
        return Collections.unmodifiableList(values);
    }
}
