package stream.weir.runtime.record;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.protocol.frame.Frame;

/**
 * Reads what {@link BatchWriter} wrote, record by record. Made to be reused for the frames of a link.
 *
 * @param <T> the values
 */
public final class BatchReader<T> {
    private final Codec<T> codec;
    private final ByteReader in = new ByteReader();
    private final boolean keyed;
    private long timestamp;
    private int left;
    private int keyOffset;
    private int keyLength;

    private BatchReader(Codec<T> codec, boolean keyed) {
        this.codec = codec;
        this.keyed = keyed;
    }

    public static <T> BatchReader<T> keyed(Codec<T> codec) {
        return new BatchReader<>(codec, true);
    }

    public static <T> BatchReader<T> unkeyed(Codec<T> codec) {
        return new BatchReader<>(codec, false);
    }

    /** Begins with another batch. */
    public void reset(Frame.Records records) {
        in.wrap(records.bytes(), records.offset(), records.length());
        timestamp = 0;
        left = records.count();
    }

    /**
     * Goes to the next record; false at the end.
     *
     * @throws MalformedDataException when the batch ends too early or too late
     */
    public boolean next() {
        if (left == 0) {
            if (in.remaining() != 0) {
                throw new MalformedDataException(in.remaining() + " bytes follow the last record of a batch");
            }
            return false;
        }
        left--;
        timestamp += in.readZigZagLong();
        if (keyed) {
            keyLength = in.readLength();
            keyOffset = in.position();
            in.skip(keyLength);
        }
        return true;
    }

    /** Records behind the present one. */
    public int left() {
        return left;
    }

    /** The present record's value; to be called once for each record, after {@link #next}. */
    public T value() {
        return codec.decode(in);
    }

    public long timestamp() {
        return timestamp;
    }

    /** The array that holds the present record's key. */
    public byte[] keyArray() {
        return in.buffer();
    }

    public int keyOffset() {
        return keyOffset;
    }

    public int keyLength() {
        return keyLength;
    }
}
