package stream.weir.benchmarks.workload;

import java.nio.ByteBuffer;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Schema;

/**
 * A record that says when it was due. Mutable: a source may fill the same one again, as records are encoded or used up before the
 * next.
 */
final class Timed {
    private static final int LEAST_PAYLOAD_BYTES = Long.BYTES;
    private static final int HEAD_BYTES = 2 * Long.BYTES;

    long due;
    long sequence;
    final byte[] payload;

    private Timed(int payloadBytes) {
        payload = new byte[payloadBytes];
    }

    /** An empty one. */
    static Timed ofBytes(int bytes) {
        return new Timed(payloadOf(bytes));
    }

    /** Of a record that has so many bytes altogether. */
    private static int payloadOf(int bytes) {
        if (bytes < HEAD_BYTES + LEAST_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "records of " + bytes + " bytes: they have at least " + (HEAD_BYTES + LEAST_PAYLOAD_BYTES));
        }
        return bytes - HEAD_BYTES;
    }

    /** Becomes record {@code i}. */
    void fill(long i, long dueNanos) {
        due = dueNanos;
        sequence = i;
        ByteBuffer.wrap(payload).putLong(payload.length - Long.BYTES, Numbers.random(i, 0));
    }

    long sequence() {
        return sequence;
    }

    /** Of all but the time. */
    long hash() {
        return Checksum.row(sequence, ByteBuffer.wrap(payload).getLong(payload.length - Long.BYTES), 0);
    }

    /** Of records that all have so many bytes. */
    static Codec<Timed> codec(int bytes) {
        return new OfSize(payloadOf(bytes));
    }

    private record OfSize(int payloadBytes) implements Codec<Timed> {
        @Override
        public void encode(Timed record, ByteWriter out) {
            out.writeLong(record.due);
            out.writeLong(record.sequence);
            out.writeBytes(record.payload, 0, payloadBytes);
        }

        @Override
        public Timed decode(ByteReader in) {
            Timed record = new Timed(payloadBytes);
            record.due = in.readLong();
            record.sequence = in.readLong();
            System.arraycopy(in.buffer(), in.position(), record.payload, 0, payloadBytes);
            in.skip(payloadBytes);
            return record;
        }

        @Override
        public Schema schema() {
            return new Schema.Opaque("benchmark.timed");
        }

        @Override
        public Codec<Timed> reading(Schema written) {
            return this;
        }
    }
}
