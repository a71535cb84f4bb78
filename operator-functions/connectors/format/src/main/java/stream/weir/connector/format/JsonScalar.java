package stream.weir.connector.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Schema.Primitive;

/**
 * A value without parts. A number is a JSON number; a double may also be one of the strings {@code NaN}, {@code Infinity} and
 * {@code -Infinity}; timestamps and bytes are strings.
 */
record JsonScalar(Primitive type, String path, FieldParser text) implements JsonParsers.Value {
    @Override
    public @Nullable Object read(JsonParser in) throws IOException, MalformedRecordException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (type) {
            case STRING -> require(token == JsonToken.VALUE_STRING, in).getText();
            case INT64 -> integer(in, token);
            case DOUBLE -> token.isNumeric() ? in.getDoubleValue() : special(in, token);
            case BOOL -> require(token.isBoolean(), in).getBooleanValue();
            default -> parsed(require(token == JsonToken.VALUE_STRING, in));
        };
    }

    private Long integer(JsonParser in, JsonToken token) throws IOException, MalformedRecordException {
        require(token == JsonToken.VALUE_NUMBER_INT, in);
        try {
            return in.getLongValue();
        } catch (InputCoercionException e) {
            throw new MalformedRecordException(
                    "field " + path + ": " + in.getText() + " is beyond the 64 bits of an int");
        }
    }

    private Object special(JsonParser in, JsonToken token) throws IOException, MalformedRecordException {
        String word = token == JsonToken.VALUE_STRING ? in.getText() : "";
        return switch (word) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw JsonParsers.mismatch(path, in, spelled());
        };
    }

    private Object parsed(JsonParser in) throws IOException, MalformedRecordException {
        byte[] utf8 = in.getText().getBytes(StandardCharsets.UTF_8);
        try {
            return text.parse(utf8, 0, utf8.length);
        } catch (MalformedRecordException e) {
            throw new MalformedRecordException(
                    "field " + path + ": " + Ascii.quote(utf8, 0, utf8.length) + " " + e.getMessage());
        }
    }

    private JsonParser require(boolean fits, JsonParser in) throws IOException, MalformedRecordException {
        if (!fits) {
            throw JsonParsers.mismatch(path, in, spelled());
        }
        return in;
    }

    private String spelled() {
        return switch (type) {
            case INT64 -> "an int";
            case TIMESTAMP -> "a timestamp like \"2013-01-01T10:00:00Z\"";
            case BYTES -> "a string of bytes in Base64";
            case BOOL -> "a bool";
            case DOUBLE -> "a double";
            default -> "a string";
        };
    }
}
