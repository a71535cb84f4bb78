package stream.weir.api.codec;

import java.util.Map;

/** The count, then keys and values in the order of the encoded keys. Decoded maps cannot be changed. */
record MapCodec<K, V>(Codec<K> key, Codec<V> value) implements Codec<Map<K, V>> {
    @Override
    public void encode(Map<K, V> map, ByteWriter out) {
        Encodings.writeMap(map, key::encode, value::encode, out);
    }

    @Override
    public Map<K, V> decode(ByteReader in) {
        return Encodings.readMap(key::decode, value::decode, in);
    }

    @Override
    public Schema schema() {
        return new Schema.MapOf(key.schema(), value.schema());
    }

    @Override
    public Codec<Map<K, V>> reading(Schema written) {
        return Evolution.reading(this, written);
    }
}
