package stream.weir.protocol.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads fields; none beyond the end that it was given. */
public final class ByteInput {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private final Malformed malformed;
    private int position;

    /** @param malformed makes what is thrown */
    public ByteInput(byte[] bytes, int offset, int length, Malformed malformed) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
        this.malformed = malformed;
    }

    /** Reads what is put together from several fields. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ByteInput in);
    }

    /** The error for a field that has a value which it cannot have. */
    public RuntimeException malformed(String message) {
        return malformed.because(message);
    }

    /** Where the next field begins. */
    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    /** @return where the skipped bytes begin */
    public int skip(int count, String field) {
        return advance(count, field);
    }

    public int takeByte(String field) {
        return bytes[advance(1, field)] & 0xFF;
    }

    public int takeInt(String field) {
        return (int) INT.get(bytes, advance(4, field));
    }

    public long takeLong(String field) {
        return (long) LONG.get(bytes, advance(8, field));
    }

    public int takeNotNegativeInt(String field) {
        return (int) notNegative(takeInt(field), field);
    }

    public long takeNotNegativeLong(String field) {
        return notNegative(takeLong(field), field);
    }

    public boolean takeBoolean(String field) {
        int value = takeByte(field);
        if (value > 1) {
            throw malformed(field + " is " + value + ": it is 0 or 1");
        }
        return value == 1;
    }

    public <E extends Enum<E>> E takeCode(Codes<E> codes, String field) {
        return codes.constant(takeByte(field), malformed);
    }

    /** UTF-8 after a two-byte length. */
    public String takeName(String field) {
        return utf8(takeByte(field) << 8 | takeByte(field), field);
    }

    /** UTF-8 after a four-byte length. */
    public String takeText(String field) {
        return utf8(takeNotNegativeInt(field), field);
    }

    /** Bytes after a four-byte length, in an array of their own. */
    public byte[] takeByteArray(String field) {
        int length = takeNotNegativeInt(field);
        int at = advance(length, field);
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    /** As many as a four-byte count says. */
    public <T> List<T> takeList(String field, Reader<T> reader) {
        int count = takeNotNegativeInt(field);
        // Nothing takes less than a byte; capacity grows with what is there, whatever the count says.
        if (count > remaining()) {
            throw malformed(field + " has " + count + " items announced, " + remaining() + " bytes are left");
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(reader.read(this));
        }
        return items;
    }

    /** Entries after a four-byte count, with ascending keys. */
    public <K extends Comparable<K>, V> SortedMap<K, V> takeMap(String field, Reader<K> keys, Reader<V> values) {
        SortedMap<K, V> map = new TreeMap<>();
        takeList(field, in -> {
            K key = keys.read(in);
            if (!map.isEmpty() && map.lastKey().compareTo(key) >= 0) {
                throw malformed(field + ": " + key + " after " + map.lastKey() + ", keys ascend");
            }
            map.put(key, values.read(in));
            return key;
        });
        return Collections.unmodifiableSortedMap(map);
    }

    public <T> Optional<T> takeOptional(String field, Reader<T> reader) {
        return takeBoolean(field) ? Optional.of(reader.read(this)) : Optional.empty();
    }

    public void expectEnd() {
        if (position != end) {
            throw malformed((end - position) + " bytes are left over behind the last field");
        }
    }

    private String utf8(int length, String field) {
        int at = advance(length, field);
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        // The replacement character may be in the text itself; else the decoder put it there.
        if (text.indexOf('\uFFFD') >= 0
                && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, at, at + length))) {
            throw malformed(field + " is not valid UTF-8: " + text);
        }
        return text;
    }

    private int advance(int count, String field) {
        if (count > end - position) {
            throw malformed(field + " needs " + count + " bytes, " + (end - position) + " are left");
        }
        int at = position;
        position += count;
        return at;
    }

    private long notNegative(long value, String field) {
        if (value < 0) {
            throw malformed(field + " is " + value + ": it is never negative");
        }
        return value;
    }
}
