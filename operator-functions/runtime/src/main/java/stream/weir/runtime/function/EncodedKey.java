package stream.weir.runtime.function;

import java.util.Arrays;

/** A key's bytes for a map on the heap; the array is not copied and must not change. */
record EncodedKey(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Arrays.toString(bytes);
    }
}
