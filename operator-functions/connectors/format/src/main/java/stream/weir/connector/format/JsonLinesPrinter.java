package stream.weir.connector.format;

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
}
