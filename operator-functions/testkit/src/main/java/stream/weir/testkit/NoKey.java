package stream.weir.testkit;

import java.util.List;
import stream.weir.api.codec.Codec;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;

/** The key of records without one: a row without fields, as in a stage that is not keyed. */
final class NoKey {
    private static final RowType TYPE = new RowType(List.of());
    static final Row INSTANCE = Row.of(TYPE);
    static final Codec<Row> CODEC = RowCodec.of(TYPE);

    private NoKey() {}
}
