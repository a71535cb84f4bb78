package stream.weir.runtime.function;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.IncompatibleSchemaException;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.SchemaText;

/**
 * What a deduplication's table declares: its schema is that of the identities, which are part of the entries' keys and so cannot
 * change at all.
 */
record SeenCodec(Codec<?> identities) implements Codec<Long> {
    @Override
    public void encode(Long time, ByteWriter out) {
        out.writeLong(time);
    }

    @Override
    public Long decode(ByteReader in) {
        return in.readLong();
    }

    @Override
    public Schema schema() {
        return identities.schema();
    }

    @Override
    public Codec<Long> reading(Schema written) {
        if (written.equals(schema())) {
            return this;
        }
        throw new IncompatibleSchemaException(
                "",
                "identities were " + SchemaText.format(written) + " and would become " + SchemaText.format(schema())
                        + ", but what has been seen cannot be seen in another form");
    }
}
