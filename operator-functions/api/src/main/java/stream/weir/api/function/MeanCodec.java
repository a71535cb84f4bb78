package stream.weir.api.function;

import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Evolution;
import stream.weir.api.codec.Schema;

/** As it would be generated, if this module could use its own generator. */
final class MeanCodec implements Codec<Mean> {
    static final MeanCodec INSTANCE = new MeanCodec();

    private static final Schema SCHEMA = new Schema.Struct(
            "Mean",
            List.of(
                    new Schema.Field("sum", Schema.Primitive.DOUBLE),
                    new Schema.Field("count", Schema.Primitive.INT64)));

    private MeanCodec() {}

    @Override
    public void encode(Mean value, ByteWriter out) {
        out.writeDouble(value.sum());
        out.writeLong(value.count());
    }

    @Override
    public Mean decode(ByteReader in) {
        double sum = in.readDouble();
        return new Mean(sum, in.readLong());
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Codec<Mean> reading(Schema written) {
        return Evolution.reading(this, written);
    }
}
