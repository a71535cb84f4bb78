package stream.weir.api.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The count, then the elements. Decoded lists cannot be changed. */
record ListCodec<T>(Codec<T> element) implements Codec<List<T>> {
    @Override
    public void encode(List<T> value, ByteWriter out) {
        out.writeVarInt(value.size());
        for (T each : value) {
            element.encode(each, out);
        }
    }

    @Override
    public List<T> decode(ByteReader in) {
        int count = Encodings.readCount(in);
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(element.decode(in));
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public Schema schema() {
        return new Schema.ListOf(element.schema());
    }

    @Override
    public Codec<List<T>> reading(Schema written) {
        return Evolution.reading(this, written);
    }
}
