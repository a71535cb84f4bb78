package stream.weir.definition.expression;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** Rows with nulls and extremes, of a type that has names with a meaning in CEL and types within types. */
final class RandomRows {
    private static final RowType DEEP = new RowType(List.of(
            new RowType.Column("n", Primitive.INT64),
            new RowType.Column("at", Primitive.TIMESTAMP),
            new RowType.Column("flag", Primitive.BOOL),
            new RowType.Column("raw", Primitive.BYTES),
            new RowType.Column("tags", new Schema.ListOf(Primitive.STRING)),
            new RowType.Column("left", Sample.NESTED.schema()),
            new RowType.Column("narrow", Primitive.INT32),
            new RowType.Column("in", Primitive.INT64),
            new RowType.Column("for", Primitive.INT64),
            new RowType.Column("odd name", Primitive.INT64)));

    static final RowType TYPE = type();

    private RandomRows() {}

    private static RowType type() {
        List<RowType.Column> columns = new ArrayList<>(Sample.TYPE.columns());
        columns.add(new RowType.Column("deep", DEEP.schema()));
        columns.add(new RowType.Column("duration", Primitive.DOUBLE));
        for (String name :
                "type int list string bool bytes size has timestamp dyn null_type uint math _ __result__ as in for true"
                        .split(" ")) {
            columns.add(new RowType.Column(name, Primitive.INT64));
        }
        RowType named = new RowType(List.of(new RowType.Column("Row1", Primitive.INT64)));
        columns.add(new RowType.Column("weir", named.schema()));
        columns.add(new RowType.Column("google", named.schema()));
        columns.add(new RowType.Column("map", new Schema.MapOf(Primitive.STRING, Sample.NESTED.schema())));
        columns.add(new RowType.Column("double", new Schema.Nullable(Primitive.DOUBLE)));
        columns.add(new RowType.Column("narrow", Primitive.INT32));
        columns.add(new RowType.Column("moments", new Schema.ListOf(new Schema.Nullable(Primitive.TIMESTAMP))));
        columns.add(new RowType.Column("gaps", new Schema.ListOf(new Schema.Nullable(Primitive.INT64))));
        columns.add(new RowType.Column("grid", new Schema.ListOf(new Schema.ListOf(Primitive.INT64))));
        columns.add(new RowType.Column("odd name", Primitive.INT64));
        return new RowType(columns);
    }

    /** @param nan whether NaN may be among the values of doubles */
    static Row row(Random random, boolean nan) {
        return row(TYPE, random, nan);
    }

    private static Row row(RowType type, Random random, boolean nan) {
        @Nullable Object[] values = new Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    random.nextInt(8) == 0 ? null : value(type.columns().get(i).type(), random, nan);
        }
        return Row.owning(type, values);
    }

    private static @Nullable Object value(Schema type, Random random, boolean nan) {
        return switch (type) {
            case Schema.Nullable nullable -> value(nullable.of(), random, nan);
            case Primitive primitive -> value(primitive, random, nan);
            case Schema.Struct struct -> row(RowType.of(struct), random, nan);
            case Schema.ListOf list when list.element() == Primitive.STRING -> List.of("a", "b");
            case Schema.MapOf map when map.value() == Primitive.INT64 -> Map.of("k", 5L);
            default -> null;
        };
    }

    private static @Nullable Object value(Primitive type, Random random, boolean nan) {
        double odd = nan ? Double.NaN : 3.0;
        return switch (type) {
            case INT64 -> pick(random, 0L, 1L, -1L, 2L, 7L, Long.MAX_VALUE, Long.MIN_VALUE);
            case DOUBLE ->
                pick(random, 0.0, -0.0, 1.0, 2.5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -1e300, odd);
            case STRING -> pick(random, "", "a", "b", "a b", "ä", "\uD83D\uDE00", "\uFFFD");
            case BOOL -> random.nextBoolean();
            case TIMESTAMP -> pick(random, Instant.EPOCH, Instant.ofEpochSecond(1, 5), Instant.ofEpochSecond(-9));
            case BYTES -> Bytes.fromHex("00ff");
            default -> null;
        };
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
