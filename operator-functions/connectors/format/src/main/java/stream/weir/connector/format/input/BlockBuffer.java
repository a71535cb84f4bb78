package stream.weir.connector.format.input;

import java.io.IOException;
import java.util.Arrays;
import stream.weir.connector.format.RowParser;

/** The part of a file that is in memory: grows while a record is longer than it, up to the longest one allowed. */
final class BlockBuffer {
    private static final int BLOCK = 64 * 1024;

    private byte[] data = new byte[2 * BLOCK];
    private int start;
    private int end;
    private boolean exhausted;

    byte[] data() {
        return data;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    /** Whether the file has no more bytes than these. */
    boolean exhausted() {
        return exhausted;
    }

    void take(int count) {
        start += count;
    }

    void clear() {
        start = 0;
        end = 0;
    }

    /** Reads a block behind the bytes at hand. */
    void fill(FileBytes file) throws IOException {
        if (data.length - end < BLOCK) {
            makeRoom();
        }
        int count = file.read(data, end, data.length - end);
        exhausted = count < 0;
        end += Math.max(0, count);
    }

    private void makeRoom() {
        if (end - start > data.length / 2) {
            data = Arrays.copyOfRange(data, start, start + data.length * 2);
        } else {
            System.arraycopy(data, start, data, 0, end - start);
        }
        end -= start;
        start = 0;
    }

    /** As {@link RowParser#find} for the bytes at hand. */
    int find(RowParser parser) {
        if (start == end) {
            return RowParser.INCOMPLETE;
        }
        return parser.find(data, start, end, exhausted ? RowParser.Tail.FINAL : RowParser.Tail.OPEN);
    }

    boolean startsWith(byte... bytes) {
        return length() >= bytes.length && Arrays.equals(data, start, start + bytes.length, bytes, 0, bytes.length);
    }

    /** The bytes at hand before the index {@code to}. */
    byte[] copy(int to) {
        return Arrays.copyOfRange(data, start, to);
    }

    /** The index behind the first line feed from {@code start} on, or -1. */
    int endOfLine() {
        for (int i = start; i < end; i++) {
            if (data[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }
}
