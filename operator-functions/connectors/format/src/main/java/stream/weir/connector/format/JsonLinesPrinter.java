package stream.weir.connector.format;

import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.row.Row;

/** Rows as JSON lines: every field is there, null as {@code null}. */
public final class JsonLinesPrinter implements RowPrinter {
    @Override
    public void header(ByteWriter out) {}

    @Override
    public void row(Row row, ByteWriter out) {
        JsonText.write(row, out);
        out.writeByte('\n');
    }

    /** One value of a row, null included, as JSON without a line end. */
    public static void value(@Nullable Object value, ByteWriter out) {
        JsonText.write(value, out);
    }
}
