package stream.weir.protocol.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Fills an array, which grows as it has to. */
public final class ByteOutput {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int position;

    /** @param capacity how much there probably will be */
    public ByteOutput(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Writes what is put together from several fields. */
    @FunctionalInterface
    public interface Writer<T> {
        void write(ByteOutput out, T value);
    }

    /** How much there is. */
    public int length() {
        return position;
    }

    /** What there is, in an array of its length; without a copy when exactly the capacity was used. */
    public byte[] bytes() {
        return position == bytes.length ? bytes : Arrays.copyOf(bytes, position);
    }

    public void putByte(int value) {
        int at = advance(1);
        bytes[at] = (byte) value;
    }

    public void putInt(int value) {
        int at = advance(4);
        INT.set(bytes, at, value);
    }

    public void putLong(long value) {
        int at = advance(8);
        LONG.set(bytes, at, value);
    }

    public void putBoolean(boolean value) {
        putByte(value ? 1 : 0);
    }

    public <E extends Enum<E>> void putCode(Codes<E> codes, E constant) {
        putByte(codes.of(constant));
    }

    public void putBytes(byte[] source, int offset, int length) {
        int at = advance(length);
        System.arraycopy(source, offset, bytes, at, length);
    }

    /** After a two-byte length. */
    public void putShortPrefixed(byte[] name) {
        putByte(name.length >>> 8);
        putByte(name.length);
        putBytes(name, 0, name.length);
    }

    /** After a four-byte length. */
    public void putByteArray(byte[] content) {
        putInt(content.length);
        putBytes(content, 0, content.length);
    }

    /** UTF-8 after a four-byte length. */
    public void putText(String text) {
        putByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    /** After a four-byte count. */
    public <T> void putList(Collection<T> items, Writer<T> writer) {
        putInt(items.size());
        for (T item : items) {
            writer.write(this, item);
        }
    }

    /** In the order of keys, after a four-byte count. */
    public <K extends Comparable<K>, V> void putMap(Map<K, V> map, Writer<K> keys, Writer<V> values) {
        SortedMap<K, V> sorted = new TreeMap<>(map);
        putList(sorted.entrySet(), (out, entry) -> {
            keys.write(out, entry.getKey());
            values.write(out, entry.getValue());
        });
    }

    public <T> void putOptional(Optional<T> value, Writer<T> writer) {
        putBoolean(value.isPresent());
        value.ifPresent(present -> writer.write(this, present));
    }

    /** Makes room first: only then is {@code bytes} the array that has it. */
    private int advance(int count) {
        int at = position;
        int needed = Math.addExact(position, count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
        position = needed;
        return at;
    }
}
