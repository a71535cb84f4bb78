package stream.weir.connector.s3;

import java.util.List;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** Rows that tests read and write. */
final class TestRows {
    static final RowType ROWS = new RowType(
            List.of(new RowType.Column("id", Primitive.INT64), new RowType.Column("text", Primitive.STRING)));

    static final RowType OTHER = new RowType(List.of(
            new RowType.Column("id", Primitive.INT64),
            new RowType.Column("words", new Schema.ListOf(new Schema.Nullable(Primitive.STRING)))));

    private TestRows() {}

    static Row row(long id, String text) {
        return Row.of(ROWS, id, text);
    }

    static Row other() {
        return Row.of(OTHER, 1L, List.of("a"));
    }
}
