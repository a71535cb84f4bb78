package stream.weir.runtime.record;

import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.protocol.frame.Frame;

/**
 * Collects records for one link until they are taken as the content of a frame.
 *
 * <p>Format of a record: the difference of its timestamp to that of the record before it (zigzag varint; the first one to 0, with
 * wrap-around), on keyed edges the key's length (varint) and bytes, then the value as its codec writes it.
 *
 * @param <T> the values
 */
public final class BatchWriter<T> {
    private final Codec<T> codec;
    private final int capacity;
    private ByteWriter out;
    private long lastTimestamp;
    private int count;

    /** @param capacity bytes that a batch is expected to have; it grows where a record needs more */
    public BatchWriter(Codec<T> codec, int capacity) {
        this.codec = codec;
        this.capacity = capacity;
        this.out = new ByteWriter(capacity);
    }

    public void add(T value, long timestamp) {
        int start = begin(timestamp);
        finish(value, timestamp, start);
    }

    /** Adds a record of a keyed edge; the key is in encoded form. */
    public void add(byte[] key, int offset, int length, T value, long timestamp) {
        int start = begin(timestamp);
        out.writeLengthPrefixed(key, offset, length);
        finish(value, timestamp, start);
    }

    private int begin(long timestamp) {
        int start = out.size();
        out.writeZigZagLong(timestamp - lastTimestamp);
        return start;
    }

    /** A value whose codec fails leaves no trace: the records before it are intact. */
    private void finish(T value, long timestamp, int start) {
        boolean written = false;
        try {
            codec.encode(value, out);
            written = true;
        } finally {
            if (!written) {
                out.truncate(start);
            }
        }
        lastTimestamp = timestamp;
        count++;
    }

    public int bytes() {
        return out.size();
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Takes what was collected and begins anew; the array now belongs to the frame. */
    public Frame.Records take() {
        Frame.Records records = new Frame.Records(out.buffer(), 0, out.size(), count);
        out = new ByteWriter(capacity);
        lastTimestamp = 0;
        count = 0;
        return records;
    }
}
