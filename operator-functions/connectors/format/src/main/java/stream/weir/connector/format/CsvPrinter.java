package stream.weir.connector.format;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** Rows as CSV (RFC 4180), lines ended by LF. Null is empty; the empty string is {@code ""}. */
public final class CsvPrinter implements RowPrinter {
    private final RowType type;
    private final char delimiter;

    public CsvPrinter(RowType type, char delimiter) {
        this.type = type;
        this.delimiter = delimiter;
    }

    @Override
    public void header(ByteWriter out) {
        for (int i = 0; i < type.size(); i++) {
            if (i > 0) {
                out.writeByte(delimiter);
            }
            text(type.columns().get(i).name(), out);
        }
        out.writeByte('\n');
    }

    @Override
    public void row(Row row, ByteWriter out) {
        for (int i = 0; i < type.size(); i++) {
            if (i > 0) {
                out.writeByte(delimiter);
            }
            field(row.get(i), out);
        }
        out.writeByte('\n');
    }

    private void field(@Nullable Object value, ByteWriter out) {
        switch (value) {
            case null -> {}
            case String text -> text(text, out);
            case Collection<?> list -> json(list, out);
            case Map<?, ?> map -> json(map, out);
            case Row row -> json(row, out);
            default -> text(ScalarText.of(value), out);
        }
    }

    private void json(Object value, ByteWriter out) {
        ByteWriter json = new ByteWriter();
        JsonText.write(value, json);
        text(new String(json.buffer(), 0, json.size(), StandardCharsets.UTF_8), out);
    }

    private void text(String text, ByteWriter out) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (!needsQuotes(utf8)) {
            out.writeBytes(utf8, 0, utf8.length);
            return;
        }
        out.writeByte('"');
        for (byte b : utf8) {
            if (b == '"') {
                out.writeByte('"');
            }
            out.writeByte(b);
        }
        out.writeByte('"');
    }

    private boolean needsQuotes(byte[] utf8) {
        for (byte b : utf8) {
            if (b == delimiter || b == '"' || b == '\n' || b == '\r') {
                return true;
            }
        }
        return utf8.length == 0;
    }
}
