package stream.weir.runtime.state;

/**
 * A key in its encoded form, with its hash and key group. Mutable and reused: the replica keeps one for the record being
 * processed. Keys are equal when their bytes are.
 */
public final class Key {
    private static final byte[] EMPTY = {};

    private byte[] array = EMPTY;
    private int offset;
    private int length;
    private long hash;
    private int keyGroup;

    /** @param newHash {@code KeyHash} of the bytes */
    public Key set(byte[] newArray, int newOffset, int newLength, long newHash, int newKeyGroup) {
        // With G1 each store of a reference costs a memory fence here, and most keys are in the array of the one
        // before.
        if (array != newArray) {
            this.array = newArray;
        }
        this.offset = newOffset;
        this.length = newLength;
        this.hash = newHash;
        this.keyGroup = newKeyGroup;
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

    public long hash() {
        return hash;
    }

    public int keyGroup() {
        return keyGroup;
    }
}
