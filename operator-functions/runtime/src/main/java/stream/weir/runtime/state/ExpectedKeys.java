package stream.weir.runtime.state;

/**
 * The keys of a few records that come next, in their order: a backend may have what it holds of them at hand before it is asked. Mutable
 * and reused; all keys are in one array, that of the frame which the records came in.
 */
public final class ExpectedKeys {
    private static final byte[] EMPTY = {};

    private final int[] offsets;
    private final int[] lengths;
    private final long[] hashes;
    private final int[] keyGroups;
    private byte[] array = EMPTY;
    private int size;

    /** @param most keys that there are room for */
    public ExpectedKeys(int most) {
        this.offsets = new int[most];
        this.lengths = new int[most];
        this.hashes = new long[most];
        this.keyGroups = new int[most];
    }

    /** Begins anew with keys that are in {@code newArray}. */
    public void reset(byte[] newArray) {
        array = newArray;
        size = 0;
    }

    /** @param hash {@code KeyHash} of the bytes */
    public void add(int offset, int length, long hash, int keyGroup) {
        offsets[size] = offset;
        lengths[size] = length;
        hashes[size] = hash;
        keyGroups[size] = keyGroup;
        size++;
    }

    public int size() {
        return size;
    }

    public long hash(int index) {
        return hashes[index];
    }

    public int keyGroup(int index) {
        return keyGroups[index];
    }

    /** Sets {@code key} to one of them. */
    public void show(int index, Key key) {
        key.set(array, offsets[index], lengths[index], hashes[index], keyGroups[index]);
    }
}
