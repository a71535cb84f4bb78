package stream.weir.definition.aggregate;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.IncompatibleSchemaException;
import stream.weir.api.codec.Schema;

/** Writes the parts one after the other. An aggregate whose fields changed cannot go on with old accumulators. */
final class AccumulatorCodec implements Codec<Accumulator> {
    private final List<String> names;
    private final Part[] parts;
    private final RowAggregator aggregator;

    AccumulatorCodec(List<String> names, Part[] parts, RowAggregator aggregator) {
        this.names = names;
        this.parts = parts;
        this.aggregator = aggregator;
    }

    @Override
    public void encode(Accumulator value, ByteWriter out) {
        for (Part part : parts) {
            part.encode(value, out);
        }
    }

    @Override
    public Accumulator decode(ByteReader in) {
        Accumulator accumulator = aggregator.create();
        for (Part part : parts) {
            part.decode(accumulator, in);
        }
        return accumulator;
    }

    @Override
    public Schema schema() {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            fields.add(new Schema.Field(names.get(i), new Schema.Opaque(parts[i].encoding())));
        }
        return new Schema.Struct("aggregate", List.copyOf(fields));
    }

    @Override
    public Codec<Accumulator> reading(Schema written) {
        if (!written.equals(schema())) {
            throw new IncompatibleSchemaException(
                    "aggregate",
                    "was " + written + " and is now " + schema() + "; the fields of an aggregate cannot change");
        }
        return this;
    }
}
