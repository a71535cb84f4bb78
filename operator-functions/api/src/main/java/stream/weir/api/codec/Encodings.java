package stream.weir.api.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The encodings of values that are more than a number, as {@link Schema} lays them down. Generated codecs call these methods
 * directly; the built-in codecs of {@link Codecs} are made of them.
 *
 * <p>Times have a fixed width, because it is read and written without a branch; dates are zigzag varints (three bytes for the
 * dates of this century).
 */
public final class Encodings {
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private Encodings() {}

    /** Writes one element of a list or map, or a key. */
    @FunctionalInterface
    public interface ElementWriter<T> {
        void write(T value, ByteWriter out);
    }

    /** Reads one element of a list or map, or a key. */
    @FunctionalInterface
    public interface ElementReader<T> {
        T read(ByteReader in);
    }

    /** Seconds since the epoch (8 bytes), nanoseconds (4 bytes). */
    public static void writeInstant(Instant value, ByteWriter out) {
        out.writeLong(value.getEpochSecond());
        out.writeInt(value.getNano());
    }

    public static Instant readInstant(ByteReader in) {
        long seconds = in.readLong();
        int nanos = readNanos(in);
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
            throw malformed("an instant has " + seconds + " seconds, more than a timestamp can hold", in);
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** Days since the epoch, zigzag. */
    public static void writeDate(LocalDate value, ByteWriter out) {
        out.writeZigZagLong(value.toEpochDay());
    }

    public static LocalDate readDate(ByteReader in) {
        long day = in.readZigZagLong();
        if (!ChronoField.EPOCH_DAY.range().isValidValue(day)) {
            throw malformed("a date is " + day + " days from the epoch, more than a date can hold", in);
        }
        return LocalDate.ofEpochDay(day);
    }

    /** Nanoseconds of the day (8 bytes). */
    public static void writeTime(LocalTime value, ByteWriter out) {
        out.writeLong(value.toNanoOfDay());
    }

    public static LocalTime readTime(ByteReader in) {
        long nanos = in.readLong();
        if (!ChronoField.NANO_OF_DAY.range().isValidValue(nanos)) {
            throw malformed("a time of day has " + nanos + " nanoseconds, which no day has", in);
        }
        return LocalTime.ofNanoOfDay(nanos);
    }

    /** The date, then the time. */
    public static void writeDateTime(LocalDateTime value, ByteWriter out) {
        writeDate(value.toLocalDate(), out);
        writeTime(value.toLocalTime(), out);
    }

    public static LocalDateTime readDateTime(ByteReader in) {
        LocalDate date = readDate(in);
        return LocalDateTime.of(date, readTime(in));
    }

    /** Seconds (8 bytes), nanoseconds (4 bytes). */
    public static void writeDuration(Duration value, ByteWriter out) {
        out.writeLong(value.getSeconds());
        out.writeInt(value.getNano());
    }

    public static Duration readDuration(ByteReader in) {
        long seconds = in.readLong();
        return Duration.ofSeconds(seconds, readNanos(in));
    }

    /** 16 bytes. */
    public static void writeUuid(UUID value, ByteWriter out) {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    public static UUID readUuid(ByteReader in) {
        long most = in.readLong();
        return new UUID(most, in.readLong());
    }

    /** The scale, zigzag, then the unscaled value in two's complement, length-prefixed. 1.0 and 1.00 differ, as in Java. */
    public static void writeDecimal(BigDecimal value, ByteWriter out) {
        out.writeZigZagLong(value.scale());
        byte[] unscaled = value.unscaledValue().toByteArray();
        out.writeLengthPrefixed(unscaled, 0, unscaled.length);
    }

    public static BigDecimal readDecimal(ByteReader in) {
        long scale = in.readZigZagLong();
        byte[] unscaled = in.readLengthPrefixed();
        if (scale != (int) scale || unscaled.length == 0) {
            throw malformed("a decimal has the scale " + scale + " and " + unscaled.length + " bytes of digits", in);
        }
        return new BigDecimal(new BigInteger(unscaled), (int) scale);
    }

    public static void writeChar(char value, ByteWriter out) {
        out.writeShort(value);
    }

    public static char readChar(ByteReader in) {
        return (char) in.readShort();
    }

    public static void writeBytes(Bytes value, ByteWriter out) {
        byte[] content = value.content();
        out.writeLengthPrefixed(content, 0, content.length);
    }

    public static Bytes readBytes(ByteReader in) {
        return Bytes.owning(in.readLengthPrefixed());
    }

    public static void writeByteArray(byte[] value, ByteWriter out) {
        out.writeLengthPrefixed(value, 0, value.length);
    }

    public static byte[] readByteArray(ByteReader in) {
        return in.readLengthPrefixed();
    }

    /** One of {@code constants} by its index, as it was written with {@link ByteWriter#writeVarInt}. */
    public static <E> E readConstant(E[] constants, ByteReader in) {
        int index = in.readVarInt();
        if (index < 0 || index >= constants.length) {
            throw malformed(
                    "constant number " + Integer.toUnsignedString(index) + " is read, but there are "
                            + Arrays.toString(constants),
                    in);
        }
        return constants[index];
    }

    /** The schema of an enum with these constants. */
    public static <E extends Enum<E>> Schema enumSchema(Class<E> type, E[] constants) {
        return new Schema.EnumOf(
                type.getSimpleName(), Arrays.stream(constants).map(Enum::name).toList());
    }

    /** What is thrown for a union's index that is none of its variants. */
    public static MalformedDataException noVariant(Class<?> union, int index, ByteReader in) {
        return malformed(union.getName() + " has no variant number " + Integer.toUnsignedString(index), in);
    }

    /** What is thrown where a record's constructor refuses what was decoded. */
    public static MalformedDataException refused(Class<?> type, RuntimeException cause) {
        return new MalformedDataException(
                "the constructor of " + type.getName() + " refuses what was decoded: " + cause.getMessage(), cause);
    }

    /**
     * The value itself.
     *
     * @param component for the message
     * @throws NullPointerException when it is null
     */
    public static <T> T present(@Nullable T value, String component) {
        if (value == null) {
            throw new NullPointerException(
                    component + " is null and cannot be written: give it a value, or declare it @Nullable or Optional");
        }
        return value;
    }

    /** The number of elements that follow: never more than bytes are left, since every element has at least one byte. */
    public static int readCount(ByteReader in) {
        return in.readLength();
    }

    /** Checks that the unused bits of a null bitmap are zero. */
    public static void checkPadding(int bits, ByteReader in) {
        if (bits != 0) {
            throw malformed("bits beyond the last nullable field are set", in);
        }
    }

    /** Reads what stands for a record without fields: one zero byte. */
    public static void readNothing(ByteReader in) {
        byte value = in.readByte();
        if (value != 0) {
            throw malformed("a record without fields is one zero byte, found " + value, in);
        }
    }

    /**
     * The number of entries, then each key and value, in the order of the encoded keys compared as unsigned bytes: equal maps
     * have equal bytes.
     *
     * @throws IllegalArgumentException when two keys have the same bytes
     */
    public static <K, V> void writeMap(
            Map<K, V> map, ElementWriter<? super K> keys, ElementWriter<? super V> values, ByteWriter out) {
        out.writeVarInt(map.size());
        if (map.size() < 2) {
            map.forEach((key, value) -> {
                keys.write(key, out);
                values.write(value, out);
            });
            return;
        }
        for (EncodedEntry<V> entry : sorted(map, keys)) {
            out.writeBytes(entry.key, 0, entry.key.length);
            values.write(entry.value, out);
        }
    }

    /** An unmodifiable map in the order of the encoded keys. */
    public static <K, V> Map<K, V> readMap(
            ElementReader<? extends K> keys, ElementReader<? extends V> values, ByteReader in) {
        int count = readCount(in);
        Map<K, V> map = LinkedHashMap.newLinkedHashMap(count);
        for (int i = 0; i < count; i++) {
            K key = keys.read(in);
            map.put(key, values.read(in));
            if (map.size() != i + 1) {
                throw malformed("a map has the key " + key + " twice", in);
            }
        }
        return Collections.unmodifiableMap(map);
    }

    /** An error that tells where it was found. */
    static MalformedDataException malformed(String what, ByteReader in) {
        return new MalformedDataException(what + ", before byte " + in.position());
    }

    private static int readNanos(ByteReader in) {
        int nanos = in.readInt();
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw malformed("a second has " + nanos + " nanoseconds", in);
        }
        return nanos;
    }

    private static <K, V> EncodedEntry<V>[] sorted(Map<K, V> map, ElementWriter<? super K> keys) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        EncodedEntry<V>[] entries = new EncodedEntry[map.size()];
        ByteWriter scratch = new ByteWriter();
        int next = 0;
        for (Map.Entry<K, V> entry : map.entrySet()) {
            scratch.reset();
            keys.write(entry.getKey(), scratch);
            entries[next++] = new EncodedEntry<>(scratch.toByteArray(), entry.getValue());
        }
        Arrays.sort(entries, (left, right) -> Arrays.compareUnsigned(left.key, right.key));
        for (int i = 1; i < entries.length; i++) {
            if (Arrays.equals(entries[i - 1].key, entries[i].key)) {
                throw new IllegalArgumentException("two keys of a map have the same encoding, 0x"
                        + Bytes.of(entries[i].key).toHex() + ": keys must differ in their bytes, found "
                        + map.keySet());
            }
        }
        return entries;
    }

    private record EncodedEntry<V>(byte[] key, V value) {}
}
