package stream.weir.verification.simulation;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Schema;

/**
 * A record of the input.
 *
 * @param key all of one key are in one split, so their order is known
 * @param at event time, milliseconds since the epoch
 * @param late 1 when it comes long after its window has ended, else 0
 */
record Reading(long key, long at, long value, long late) {
    static final Codec<Reading> CODEC = new Codec<>() {
        @Override
        public void encode(Reading reading, ByteWriter out) {
            out.writeLong(reading.key);
            out.writeLong(reading.at);
            out.writeLong(reading.value);
            out.writeLong(reading.late);
        }

        @Override
        public Reading decode(ByteReader in) {
            return new Reading(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }

        @Override
        public Schema schema() {
            return new Schema.Opaque("simulation.reading");
        }

        @Override
        public Codec<Reading> reading(Schema written) {
            return this;
        }
    };

    boolean isLate() {
        return late == 1;
    }
}
