package stream.weir.runtime.state.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Slice;

/**
 * Entries in order: a page of bytes in the order of insertion, and offsets into it in the order of keys. An entry is the length
 * of the key, the length of the value (4 bytes each), the key, the value.
 */
final class Leaf implements Node {
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_BYTES = 4096;
    private static final int FIRST_ENTRIES = 4;
    private static final int FIRST_BYTES = 128;
    private static final int HEADER = 8;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final long epoch;
    private byte[] page;
    private int[] offsets;

    /** Of the keys, in their order: most comparisons end here. */
    private long[] prefixes;

    private int count;
    private int end;
    private int dead;

    Leaf(long epoch) {
        this(epoch, new byte[FIRST_BYTES], new int[FIRST_ENTRIES], new long[FIRST_ENTRIES]);
    }

    private Leaf(long epoch, byte[] page, int[] offsets, long[] prefixes) {
        this.epoch = epoch;
        this.page = page;
        this.offsets = offsets;
        this.prefixes = prefixes;
    }

    Leaf copy(long newEpoch) {
        Leaf copy = new Leaf(newEpoch, page.clone(), offsets.clone(), prefixes.clone());
        copy.count = count;
        copy.end = end;
        copy.dead = dead;
        return copy;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean sparse() {
        return count < MAX_ENTRIES / 4 && end - dead < MAX_BYTES / 4;
    }

    boolean overfull() {
        return count > MAX_ENTRIES || (count > 1 && end - dead > MAX_BYTES);
    }

    /** The index of the key, or {@code -1 - index} of where it belongs. */
    int search(Slice key) {
        long prefix = KeyOrder.prefix(key);
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(prefixes[middle], prefix);
            if (order == 0) {
                int at = offsets[middle];
                order = KeyOrder.compare(page, at + HEADER, keyLength(at), key);
            }
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    void key(int index, Slice key) {
        int at = offsets[index];
        key.set(page, at + HEADER, keyLength(at));
    }

    void value(int index, Slice value) {
        int at = offsets[index];
        value.set(page, at + HEADER + keyLength(at), valueLength(at));
    }

    void insert(int index, Slice key, Slice value) {
        int bytes = Math.addExact(HEADER, Math.addExact(key.length(), value.length()));
        makeRoom(bytes);
        System.arraycopy(offsets, index, offsets, index + 1, count - index);
        System.arraycopy(prefixes, index, prefixes, index + 1, count - index);
        offsets[index] = end;
        prefixes[index] = KeyOrder.prefix(key);
        INT.set(page, end, key.length());
        INT.set(page, end + 4, value.length());
        System.arraycopy(key.array(), key.offset(), page, end + HEADER, key.length());
        System.arraycopy(value.array(), value.offset(), page, end + HEADER + key.length(), value.length());
        end += bytes;
        count++;
    }

    /** @return bytes gained or, negative, lost */
    int replace(int index, Slice key, Slice value) {
        int at = offsets[index];
        int old = valueLength(at);
        if (old == value.length()) {
            System.arraycopy(value.array(), value.offset(), page, at + HEADER + keyLength(at), old);
        } else {
            remove(index);
            insert(index, key, value);
        }
        return value.length() - old;
    }

    /** @return bytes lost */
    int remove(int index) {
        int bytes = bytes(offsets[index]);
        dead += bytes;
        count--;
        System.arraycopy(offsets, index + 1, offsets, index, count - index);
        System.arraycopy(prefixes, index + 1, prefixes, index, count - index);
        return bytes;
    }

    /** Moves the entries from {@code index} on to a new leaf. */
    Leaf split(int index) {
        Leaf right = new Leaf(epoch);
        right.append(this, index, count);
        Leaf left = new Leaf(epoch);
        left.append(this, 0, index);
        page = left.page;
        offsets = left.offsets;
        prefixes = left.prefixes;
        count = left.count;
        end = left.end;
        dead = 0;
        return right;
    }

    /** Whether both would fill one leaf to three quarters at most. */
    boolean joins(Leaf right) {
        return count + right.count <= MAX_ENTRIES * 3 / 4 && end - dead + right.end - right.dead <= MAX_BYTES * 3 / 4;
    }

    /** Takes the entries of the leaf to the right. */
    void join(Leaf right) {
        append(right, 0, right.count);
    }

    /** Visits the entries with {@code from <= key < to}. @return whether to go on */
    boolean scan(Slice from, Slice to, Slice key, Slice value, EntryVisitor visitor) {
        int index = from.length() == 0 ? 0 : search(from);
        for (int i = index < 0 ? -1 - index : index; i < count; i++) {
            key(i, key);
            if (to.length() > 0 && KeyOrder.compare(key.array(), key.offset(), key.length(), to) >= 0) {
                return false;
            }
            value(i, value);
            if (!visitor.visit(key, value)) {
                return false;
            }
        }
        return true;
    }

    private void append(Leaf source, int from, int to) {
        int bytes = 0;
        for (int i = from; i < to; i++) {
            bytes += source.bytes(source.offsets[i]);
        }
        makeRoom(bytes);
        if (offsets.length < count + to - from) {
            offsets = Arrays.copyOf(offsets, count + to - from);
            prefixes = Arrays.copyOf(prefixes, count + to - from);
        }
        System.arraycopy(source.prefixes, from, prefixes, count, to - from);
        for (int i = from; i < to; i++) {
            int at = source.offsets[i];
            int length = source.bytes(at);
            System.arraycopy(source.page, at, page, end, length);
            offsets[count++] = end;
            end += length;
        }
    }

    private void makeRoom(int bytes) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
            prefixes = Arrays.copyOf(prefixes, count * 2);
        }
        if (bytes <= page.length - end) {
            return;
        }
        int live = Math.addExact(end - dead, bytes);
        byte[] old = page;
        page = new byte[live > MAX_BYTES ? live : Math.max(FIRST_BYTES, Integer.highestOneBit(live) * 2)];
        end = 0;
        dead = 0;
        for (int i = 0; i < count; i++) {
            int at = offsets[i];
            int length = HEADER + (int) INT.get(old, at) + (int) INT.get(old, at + 4);
            System.arraycopy(old, at, page, end, length);
            offsets[i] = end;
            end += length;
        }
    }

    private int keyLength(int at) {
        return (int) INT.get(page, at);
    }

    private int valueLength(int at) {
        return (int) INT.get(page, at + 4);
    }

    private int bytes(int at) {
        return HEADER + keyLength(at) + valueLength(at);
    }
}
