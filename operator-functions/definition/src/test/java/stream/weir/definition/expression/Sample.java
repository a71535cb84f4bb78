package stream.weir.definition.expression;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** A row type with a field of each kind, and rows of it. */
final class Sample {
    static final RowType NESTED = new RowType(
            List.of(new RowType.Column("dep_delay", Primitive.DOUBLE), new RowType.Column("origin", Primitive.STRING)));

    static final RowType TYPE = new RowType(List.of(
            new RowType.Column("i", Primitive.INT64),
            new RowType.Column("j", Primitive.INT64),
            new RowType.Column("d", Primitive.DOUBLE),
            new RowType.Column("e", Primitive.DOUBLE),
            new RowType.Column("s", Primitive.STRING),
            new RowType.Column("u", Primitive.STRING),
            new RowType.Column("b", Primitive.BOOL),
            new RowType.Column("c", Primitive.BOOL),
            new RowType.Column("t", Primitive.TIMESTAMP),
            new RowType.Column("r", Primitive.TIMESTAMP),
            new RowType.Column("raw", Primitive.BYTES),
            new RowType.Column("tags", new Schema.ListOf(Primitive.STRING)),
            new RowType.Column("counts", new Schema.MapOf(Primitive.STRING, Primitive.INT64)),
            new RowType.Column("left", NESTED.schema())));

    static final Row FULL = Row.of(
            TYPE,
            7L,
            2L,
            2.5,
            -1.0,
            "a b",
            "x",
            true,
            false,
            Instant.parse("2013-01-01T10:00:00Z"),
            Instant.parse("2013-01-02T00:00:00Z"),
            Bytes.fromHex("00ff"),
            List.of("p", "q"),
            Map.of("k", 5L),
            Row.of(NESTED, 3.0, null));

    static final Row NULLS = Row.owning(TYPE, new @Nullable Object[TYPE.size()]);

    private Sample() {}
}
