package stream.weir.api.codec;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The built-in codecs, and the way to generated ones. All of them are stateless and may be shared by threads; what they write
 * is laid down in {@link Schema}.
 */
public final class Codecs {
    public static final Codec<Boolean> BOOLEAN = new NumberCodecs.OfBoolean();
    public static final Codec<Byte> BYTE = new NumberCodecs.OfByte();
    public static final Codec<Short> SHORT = new NumberCodecs.OfShort();
    public static final Codec<Integer> INT = new NumberCodecs.OfInt();
    public static final Codec<Long> LONG = new NumberCodecs.OfLong();
    public static final Codec<Float> FLOAT = new NumberCodecs.OfFloat();
    public static final Codec<Double> DOUBLE = new NumberCodecs.OfDouble();
    public static final Codec<BigDecimal> DECIMAL = new NumberCodecs.OfDecimal();
    public static final Codec<Character> CHAR = new TextCodecs.OfChar();
    public static final Codec<String> STRING = new TextCodecs.OfString();
    public static final Codec<Bytes> BYTES = new TextCodecs.OfBytes();
    /** As a value only: arrays have no value equality, so they cannot be keys. */
    public static final Codec<byte[]> BYTE_ARRAY = new TextCodecs.OfByteArray();

    public static final Codec<UUID> UUID = new TextCodecs.OfUuid();
    public static final Codec<Instant> INSTANT = new TimeCodecs.OfInstant();
    public static final Codec<LocalDate> DATE = new TimeCodecs.OfDate();
    public static final Codec<LocalTime> TIME = new TimeCodecs.OfTime();
    public static final Codec<LocalDateTime> DATE_TIME = new TimeCodecs.OfDateTime();
    public static final Codec<Duration> DURATION = new TimeCodecs.OfDuration();

    private Codecs() {}

    /**
     * The codec of a type: a built-in one, that of an enum, or the one generated for a type with {@link Encoded}.
     *
     * @throws IllegalArgumentException when there is none, with what to do
     */
    public static <T> Codec<T> of(Class<T> type) {
        return CodecRegistry.of(type);
    }

    /** The codec of a type without parts; BYTES as {@link Bytes}, all others as the class of the constant here. */
    public static Codec<?> of(Schema.Primitive type) {
        return switch (type) {
            case BOOL -> BOOLEAN;
            case INT8 -> BYTE;
            case INT16 -> SHORT;
            case INT32 -> INT;
            case INT64 -> LONG;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case CHAR -> CHAR;
            case STRING -> STRING;
            case BYTES -> BYTES;
            case TIMESTAMP -> INSTANT;
            case DATE -> DATE;
            case TIME -> TIME;
            case DATE_TIME -> DATE_TIME;
            case DURATION -> DURATION;
            case UUID -> UUID;
            case DECIMAL -> DECIMAL;
        };
    }

    public static <E extends Enum<E>> Codec<E> enumOf(Class<E> type) {
        return EnumCodec.of(type);
    }

    /** Lists; decoded ones cannot be changed. */
    public static <T> Codec<List<T>> list(Codec<T> element) {
        return new ListCodec<>(FramedCodec.within(element));
    }

    /**
     * Maps, written in the order of their encoded keys; decoded ones cannot be changed.
     *
     * @throws IllegalArgumentException when the keys are arrays
     */
    public static <K, V> Codec<Map<K, V>> map(Codec<K> key, Codec<V> value) {
        if (key instanceof TextCodecs.OfByteArray) {
            throw new IllegalArgumentException("byte[] cannot be the key of a map, equal arrays are not equal keys: "
                    + "use stream.weir.api.codec.Bytes");
        }
        return new MapCodec<>(FramedCodec.within(key), FramedCodec.within(value));
    }

    /** A value or its absence. */
    public static <T> Codec<Optional<T>> optional(Codec<T> of) {
        return new OptionalCodec<>(FramedCodec.within(of));
    }
}
