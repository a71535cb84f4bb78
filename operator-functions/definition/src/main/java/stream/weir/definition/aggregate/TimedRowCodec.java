package stream.weir.definition.aggregate;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;

/** Writes rows, and timed rows without their time, which the record has anyway; reads rows. */
public record TimedRowCodec(Codec<Row> rows) implements Codec<Object> {
    @Override
    public void encode(Object value, ByteWriter out) {
        rows.encode(value instanceof TimedRow timed ? timed.row() : (Row) value, out);
    }

    @Override
    public Object decode(ByteReader in) {
        return rows.decode(in);
    }

    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    public Codec<Object> reading(Schema written) {
        return new TimedRowCodec(rows.reading(written));
    }
}
