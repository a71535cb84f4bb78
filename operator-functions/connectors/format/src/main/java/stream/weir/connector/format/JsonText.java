package stream.weir.connector.format;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** Values as JSON (RFC 8259). Doubles that JSON does not have are strings: {@code "NaN"}, {@code "Infinity"}. */
final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private JsonText() {}

    static void write(@Nullable Object value, ByteWriter out) {
        switch (value) {
            case null -> plain("null", out);
            case String text -> string(text, out);
            case Boolean bool -> plain(bool.toString(), out);
            case Long number -> plain(number.toString(), out);
            case Double number when Double.isFinite(number) -> plain(number.toString(), out);
            case Row row -> row(row, out);
            case Collection<?> list -> list(list, out);
            case Map<?, ?> map -> map(map, out);
            default -> string(ScalarText.of(value), out);
        }
    }

    private static void row(Row row, ByteWriter out) {
        RowType type = row.type();
        out.writeByte('{');
        for (int i = 0; i < type.size(); i++) {
            if (i > 0) {
                out.writeByte(',');
            }
            string(type.columns().get(i).name(), out);
            out.writeByte(':');
            write(row.get(i), out);
        }
        out.writeByte('}');
    }

    private static void list(Collection<?> list, ByteWriter out) {
        out.writeByte('[');
        boolean first = true;
        for (Object element : list) {
            if (!first) {
                out.writeByte(',');
            }
            first = false;
            write(element, out);
        }
        out.writeByte(']');
    }

    private static void map(Map<?, ?> map, ByteWriter out) {
        out.writeByte('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                out.writeByte(',');
            }
            first = false;
            string(ScalarText.of(entry.getKey()), out);
            out.writeByte(':');
            write(entry.getValue(), out);
        }
        out.writeByte('}');
    }

    private static void plain(String ascii, ByteWriter out) {
        byte[] bytes = ascii.getBytes(StandardCharsets.ISO_8859_1);
        out.writeBytes(bytes, 0, bytes.length);
    }

    private static void string(String text, ByteWriter out) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte('"');
        int done = 0;
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
                out.writeBytes(utf8, done, i - done);
                escape(b, out);
                done = i + 1;
            }
        }
        out.writeBytes(utf8, done, utf8.length - done);
        out.writeByte('"');
    }

    private static void escape(byte b, ByteWriter out) {
        out.writeByte('\\');
        switch (b) {
            case '"', '\\' -> out.writeByte(b);
            case '\n' -> out.writeByte('n');
            case '\r' -> out.writeByte('r');
            case '\t' -> out.writeByte('t');
            default -> {
                plain("u00", out);
                out.writeByte(HEX[b >> 4]);
                out.writeByte(HEX[b & 15]);
            }
        }
    }
}
