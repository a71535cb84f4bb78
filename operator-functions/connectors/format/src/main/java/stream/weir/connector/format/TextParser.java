package stream.weir.connector.format;

import java.util.List;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** Each line is a row with the one field {@code line}, a string; empty lines included. */
public final class TextParser extends LineParser {
    /** The type of the rows. */
    public static final RowType ROWS = new RowType(List.of(new RowType.Column("line", Schema.Primitive.STRING)));

    @Override
    public boolean blank() {
        return false;
    }

    @Override
    public Row row() throws MalformedRecordException {
        try {
            return Row.of(ROWS, FieldParsers.string(data, start, end));
        } catch (MalformedRecordException e) {
            throw new MalformedRecordException("the line " + Ascii.quote(data, start, end) + " " + e.getMessage());
        }
    }
}
