package stream.weir.benchmarks.workload;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Schema;

/** A number for a key. Mutable, as {@link Bid}. */
public final class KeyValue {
    long key;
    long value;
    long sequence;

    long key() {
        return key;
    }

    static final Codec<KeyValue> CODEC = new Codec<>() {
        @Override
        public void encode(KeyValue record, ByteWriter out) {
            out.writeLong(record.key);
            out.writeLong(record.value);
            out.writeLong(record.sequence);
        }

        @Override
        public KeyValue decode(ByteReader in) {
            KeyValue record = new KeyValue();
            record.key = in.readLong();
            record.value = in.readLong();
            record.sequence = in.readLong();
            return record;
        }

        @Override
        public Schema schema() {
            return new Schema.Opaque("benchmark.key-value");
        }

        @Override
        public Codec<KeyValue> reading(Schema written) {
            return this;
        }
    };

    /**
     * The first {@code load} records touch each key once, later ones draw a rank.
     *
     * @param zipf present for the skewed distribution
     */
    record Maker(long keys, long load, java.util.Optional<Zipf> zipf) {
        void fill(KeyValue record, long i) {
            long rank;
            if (i < load) {
                rank = i * 1_000_003L % keys;
            } else if (zipf.isPresent()) {
                rank = zipf.get().rank(Numbers.random(i, 0));
            } else {
                rank = Numbers.bounded(Numbers.random(i, 0), keys);
            }
            record.key = Numbers.mix(rank + 1);
            record.value = 1 + Numbers.bounded(Numbers.random(i, 1), 1000);
            record.sequence = i;
        }
    }
}
