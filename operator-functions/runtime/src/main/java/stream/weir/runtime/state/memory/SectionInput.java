package stream.weir.runtime.state.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.runtime.state.Slice;

/** Reads a section through a buffer that grows to the largest entry. */
final class SectionInput {
    static final int CHUNK = 64 * 1024;

    private static final int MAX_VARINT = 10;

    private final Content content;
    private final ByteReader reader = new ByteReader();
    private final Slice key = new Slice();
    private final Slice value = new Slice();

    private byte[] buffer = new byte[CHUNK];
    private int position;
    private int limit;

    /** Where the bytes behind the buffer are, and how many belong to the section. */
    private long next;

    private long left;

    SectionInput(Content content, TableFileFormat.Section section) {
        this.content = content;
        this.next = section.offset();
        this.left = section.length();
    }

    long readZigZagLong() throws IOException {
        long value = open(MAX_VARINT).readZigZagLong();
        position = reader.position();
        return value;
    }

    long readVarLong() throws IOException {
        long value = open(MAX_VARINT).readVarLong();
        position = reader.position();
        return value;
    }

    void readEntries(long count, TableFileReader.Entries entries) throws IOException {
        for (long i = 0; i < count; i++) {
            int keyLength = length(open(MAX_VARINT), 0);
            int keyHeader = reader.position() - position;
            ByteReader behindKey = open(keyHeader + (long) keyLength + MAX_VARINT);
            behindKey.skip(keyHeader + keyLength);
            int valueLength = length(behindKey, keyHeader + keyLength);
            int valueAt = reader.position() - position;
            open(valueAt + (long) valueLength).skip(valueAt + valueLength);
            key.set(buffer, position + keyHeader, keyLength);
            value.set(buffer, position + valueAt, valueLength);
            position = reader.position();
            entries.entry(key, value);
        }
    }

    void end() {
        long behind = left + limit - position;
        if (behind != 0) {
            throw new MalformedDataException(behind + " bytes are left behind the last entry");
        }
    }

    /** A length, checked against what the section has before memory is allocated for it. */
    private int length(ByteReader from, int read) {
        int length = from.readVarInt();
        long most = left + limit - position - read;
        if (length < 0 || length > most) {
            throw new MalformedDataException("a length of " + Integer.toUnsignedString(length)
                    + " bytes is announced, but only " + most + " are left in the section");
        }
        return length;
    }

    /** Reads from the position on, where {@code bytes} are at hand, or all that are left. */
    private ByteReader open(long bytes) throws IOException {
        if (limit - position < bytes && left > 0) {
            refill(bytes);
        }
        return reader.wrap(buffer, position, limit - position);
    }

    private void refill(long bytes) throws IOException {
        int kept = limit - position;
        int wanted = Math.toIntExact(Math.min(bytes, kept + left));
        byte[] target = wanted > buffer.length ? new byte[wanted] : buffer;
        System.arraycopy(buffer, position, target, 0, kept);
        buffer = target;
        position = 0;
        int more = (int) Math.min(buffer.length - kept, left);
        content.read(next, ByteBuffer.wrap(buffer, kept, more));
        limit = kept + more;
        next += more;
        left -= more;
    }
}
