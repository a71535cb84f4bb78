package stream.weir.runtime.state;

import java.util.Arrays;

/** A window on an array of bytes. Mutable and reused: what it shows is valid until its owner's next call. */
public final class Slice {
    private static final byte[] EMPTY = {};

    private byte[] array = EMPTY;
    private int offset;
    private int length;

    public Slice() {}

    public Slice(byte[] array) {
        set(array, 0, array.length);
    }

    public Slice set(byte[] newArray, int newOffset, int newLength) {
        // With G1 each store of a reference into an old slice costs a memory fence.
        if (array != newArray) {
            this.array = newArray;
        }
        this.offset = newOffset;
        this.length = newLength;
        return this;
    }

    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }
}
