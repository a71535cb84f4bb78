package stream.weir.connector.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.RowType;

/** Values from JSON by their type. */
final class JsonParsers {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonParsers() {}

    /** Reads the value whose first token is the parser's current one, and leaves the parser on its last token. */
    interface Value {
        /** @return null for JSON's null */
        @Nullable
        Object read(JsonParser in) throws IOException, MalformedRecordException;
    }

    /**
     * @param path where the value stands in the row, for messages
     */
    static Value of(Schema type, String path) {
        return switch (type) {
            case Schema.Primitive primitive -> new JsonScalar(primitive, path, FieldParsers.of(primitive, path));
            case Schema.Nullable nullable -> of(nullable.of(), path);
            case Schema.ListOf list ->
                new JsonList(path, of(list.element(), path + "[]"), list.element() instanceof Schema.Nullable);
            case Schema.MapOf map ->
                new JsonMap(
                        path,
                        FieldParsers.of(map.key(), path),
                        of(map.value(), path + "{}"),
                        map.value() instanceof Schema.Nullable);
            case Schema.Struct struct -> row(RowType.of(struct), path);
            default ->
                throw new IllegalArgumentException("field " + path + " cannot be " + type
                        + " here: use string, int, double, bool, timestamp, bytes, list, map or row");
        };
    }

    /** @param path empty for the row itself */
    static JsonRow row(RowType type, String path) {
        Value[] values = new Value[type.size()];
        for (int i = 0; i < values.length; i++) {
            RowType.Column column = type.columns().get(i);
            values[i] = of(column.type(), path.isEmpty() ? column.name() : path + "." + column.name());
        }
        return new JsonRow(type, path, values);
    }

    /** Reads one whole document. */
    static Object document(Value value, byte[] data, int from, int to) throws MalformedRecordException {
        try (JsonParser in = FACTORY.createParser(data, from, to - from)) {
            if (in.nextToken() == null) {
                throw new MalformedRecordException("is not JSON: it is empty");
            }
            Object read = value.read(in);
            if (in.nextToken() != null) {
                throw new MalformedRecordException("is more than one JSON value");
            }
            if (read == null) {
                throw new MalformedRecordException("is null: leave the field empty");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new MalformedRecordException("is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            // Of bytes in memory only their encoding can fail: the parser takes some for UTF-16 or UTF-32.
            throw new MalformedRecordException("is not JSON: " + e.getMessage());
        }
    }

    static MalformedRecordException mismatch(String path, JsonParser in, String expected) throws IOException {
        String found =
                switch (in.currentToken()) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "a list";
                    case VALUE_NULL -> "null";
                    default -> shorten(in.currentToken(), in.getText());
                };
        return new MalformedRecordException(
                (path.isEmpty() ? "" : "field " + path + ": ") + found + " is not " + expected);
    }

    private static String shorten(JsonToken token, String text) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
        return token == JsonToken.VALUE_STRING ? '"' + shown + '"' : shown;
    }
}
