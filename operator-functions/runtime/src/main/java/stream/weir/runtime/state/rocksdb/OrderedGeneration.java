package stream.weir.runtime.state.rocksdb;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes of an ordered table between two freezes, in order of key group and key. Changed by the replica's thread until it is frozen; from
 * then on every thread may read it.
 */
final class OrderedGeneration {
    /** In place of the value of a key that was removed; told by identity. */
    static final byte[] REMOVED = {};

    /** Node, two array headers and padding. */
    private static final int ENTRY_OVERHEAD = 104;

    private final int family;
    private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    private final BitSet keyGroups = new BitSet();
    private long bytes;
    private volatile boolean flushed;

    OrderedGeneration(int family) {
        this.family = family;
    }

    int family() {
        return family;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Of heap, estimated. */
    long bytes() {
        return bytes;
    }

    /** Those of its entries. */
    BitSet keyGroups() {
        return keyGroups;
    }

    Set<Map.Entry<byte[], byte[]>> entries() {
        return entries.entrySet();
    }

    /** The value, {@link #REMOVED}, or null where this generation knows nothing of the key. */
    byte @Nullable [] get(byte[] key) {
        return entries.get(key);
    }

    void put(byte[] key, byte[] value) {
        byte[] before = entries.put(key, value);
        bytes += before == null ? ENTRY_OVERHEAD + key.length + value.length : value.length - before.length;
        keyGroups.set(KeyCode.keyGroup(key));
    }

    void forget(byte[] key) {
        byte[] before = entries.remove(key);
        if (before != null) {
            bytes -= ENTRY_OVERHEAD + key.length + before.length;
        }
    }

    /** The first key from {@code from} on. */
    byte @Nullable [] first(byte[] from) {
        return entries.ceilingKey(from);
    }

    /** @param to exclusive */
    Set<Map.Entry<byte[], byte[]>> range(byte[] from, byte[] to) {
        return entries.subMap(from, true, to, false).entrySet();
    }

    /** RocksDB has everything that is in it. */
    void markFlushed() {
        flushed = true;
    }

    boolean flushed() {
        return flushed;
    }
}
