package stream.weir.connector.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object whose names are the keys of a map; keys that are not strings are spelled as in CSV. */
record JsonMap(String path, FieldParser keys, JsonParsers.Value values, boolean nullable) implements JsonParsers.Value {
    @Override
    public @Nullable Object read(JsonParser in) throws IOException, MalformedRecordException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw JsonParsers.mismatch(path, in, "a map");
        }
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            Object value = values.read(in);
            if (value == null && !nullable) {
                throw new MalformedRecordException("field " + path + ": the value of \"" + name + "\" is null");
            }
            map.put(key(name), value);
        }
        return Collections.unmodifiableMap(map);
    }

    private Object key(String name) throws MalformedRecordException {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        try {
            return keys.parse(utf8, 0, utf8.length);
        } catch (MalformedRecordException e) {
            throw new MalformedRecordException("field " + path + ": the key \"" + name + "\" " + e.getMessage());
        }
    }
}
