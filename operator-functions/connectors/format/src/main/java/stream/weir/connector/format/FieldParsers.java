package stream.weir.connector.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;

/** The parsers of the types that a field may have. */
final class FieldParsers {
    private static final char REPLACEMENT = '\uFFFD';

    private FieldParsers() {}

    /**
     * @throws IllegalArgumentException when rows of files cannot hold the type
     */
    static FieldParser of(Schema type, String field) {
        if (type instanceof Schema.Primitive primitive) {
            return switch (primitive) {
                case STRING -> FieldParsers::string;
                case INT64 -> IntParser::parse;
                case DOUBLE -> DoubleParser::parse;
                case BOOL -> FieldParsers::bool;
                case TIMESTAMP -> TimestampParser::parse;
                case BYTES -> FieldParsers::bytes;
                default ->
                    throw new IllegalArgumentException("field " + field + " cannot be " + primitive
                            + " here: use string, int, double, bool, timestamp, bytes, list, map or row");
            };
        }
        JsonParsers.Value value = JsonParsers.of(type, field);
        return (data, from, to) -> JsonParsers.document(value, data, from, to);
    }

    /** The text of the bytes, which must be UTF-8. */
    static String string(byte[] data, int from, int to) throws MalformedRecordException {
        String text = new String(data, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireUtf8(data, from, to);
        }
        return text;
    }

    /** The replacement character may also stand in the data itself: only a strict decoder tells. */
    private static void requireUtf8(byte[] data, int from, int to) throws MalformedRecordException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, from, to - from));
        } catch (CharacterCodingException e) {
            throw new MalformedRecordException("is not UTF-8");
        }
    }

    private static Boolean bool(byte[] data, int from, int to) throws MalformedRecordException {
        int start = Ascii.trimStart(data, from, to);
        int end = Ascii.trimEnd(data, start, to);
        if (Ascii.equalsIgnoreCase(data, start, end, "true")) {
            return Boolean.TRUE;
        }
        if (Ascii.equalsIgnoreCase(data, start, end, "false")) {
            return Boolean.FALSE;
        }
        throw new MalformedRecordException("is not a bool: true or false");
    }

    private static Bytes bytes(byte[] data, int from, int to) throws MalformedRecordException {
        try {
            return Bytes.of(Base64.getDecoder().decode(Arrays.copyOfRange(data, from, to)));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("is not bytes in Base64 (" + e.getMessage() + ")");
        }
    }
}
