package stream.weir.verification.simulation;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Schema;

/**
 * A row of the output.
 *
 * @param kind one of the constants
 * @param at which of the key's rows: its number, or the begin of its window
 */
record Result(long kind, long key, long at, long value) {
    /** The sum of a key so far, after each of its records. */
    static final long SUM = 0;
    /** Records of a group in a window. */
    static final long COUNT = 1;
    /** Records of a key in a window, of a stage that drops late ones. */
    static final long PUNCTUAL = 2;
    /** Records of two sides for a key in a window. */
    static final long BALANCE = 3;

    static final Codec<Result> CODEC = new Codec<>() {
        @Override
        public void encode(Result result, ByteWriter out) {
            out.writeLong(result.kind);
            out.writeLong(result.key);
            out.writeLong(result.at);
            out.writeLong(result.value);
        }

        @Override
        public Result decode(ByteReader in) {
            return new Result(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }

        @Override
        public Schema schema() {
            return new Schema.Opaque("simulation.result");
        }

        @Override
        public Codec<Result> reading(Schema written) {
            return this;
        }
    };

    /** The same row with whatever value. */
    Row row() {
        return new Row(kind, key, at);
    }

    record Row(long kind, long key, long at) {}
}
