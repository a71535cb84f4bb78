package stream.weir.connector.s3.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;

/** One value of a column. */
final class ScalarConverter extends PrimitiveConverter {
    /** Days from noon of 1 January 4713 BC to 1970. */
    private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;

    private final Consumer<@Nullable Object> out;
    private final LongFunction<Object> longs;
    private final Function<Binary, Object> binaries;

    private ScalarConverter(
            Consumer<@Nullable Object> out, LongFunction<Object> longs, Function<Binary, Object> binaries) {
        this.out = out;
        this.longs = longs;
        this.binaries = binaries;
    }

    static ScalarConverter of(Type file, Primitive type, Consumer<@Nullable Object> out) {
        if (!file.isPrimitive() || file.isRepetition(Repetition.REPEATED) || !fits(file, type)) {
            throw refused(file, type);
        }
        LongFunction<Object> longs = type == Primitive.TIMESTAMP ? timestamps(file) : Long::valueOf;
        return new ScalarConverter(
                out,
                longs,
                switch (type) {
                    case STRING -> Binary::toStringUsingUTF8;
                    case TIMESTAMP -> ScalarConverter::legacyTimestamp;
                    default -> binary -> Bytes.of(binary.getBytes());
                });
    }

    private static boolean fits(Type file, Primitive type) {
        PrimitiveTypeName name = file.asPrimitiveType().getPrimitiveTypeName();
        LogicalTypeAnnotation logical = file.getLogicalTypeAnnotation();
        return switch (type) {
            case STRING -> name == PrimitiveTypeName.BINARY && !(logical instanceof DecimalLogicalTypeAnnotation);
            case BYTES -> name == PrimitiveTypeName.BINARY || name == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
            case INT64 -> isWhole(name) && isPlainNumber(logical);
            case DOUBLE -> name == PrimitiveTypeName.DOUBLE || name == PrimitiveTypeName.FLOAT;
            case BOOL -> name == PrimitiveTypeName.BOOLEAN;
            case TIMESTAMP ->
                name == PrimitiveTypeName.INT96
                        || name == PrimitiveTypeName.INT64 && logical instanceof TimestampLogicalTypeAnnotation;
            default -> false;
        };
    }

    private static boolean isWhole(PrimitiveTypeName name) {
        return name == PrimitiveTypeName.INT64 || name == PrimitiveTypeName.INT32;
    }

    /** Unsigned numbers of 32 bits, decimals and times would come out as something else. */
    private static boolean isPlainNumber(@Nullable LogicalTypeAnnotation logical) {
        return logical == null
                || logical instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation number && number.isSigned();
    }

    private static LongFunction<Object> timestamps(Type file) {
        if (!(file.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time)) {
            return value -> Instant.ofEpochMilli(value);
        }
        return switch (time.getUnit()) {
            case MILLIS -> Instant::ofEpochMilli;
            case MICROS ->
                value -> Instant.ofEpochSecond(
                        Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1000);
            case NANOS ->
                value -> Instant.ofEpochSecond(
                        Math.floorDiv(value, 1_000_000_000L), Math.floorMod(value, 1_000_000_000L));
        };
    }

    /** INT96: nanoseconds of the day, then the Julian day, little-endian; what Spark and Impala write. */
    private static Object legacyTimestamp(Binary value) {
        ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        long days = bytes.getInt() - (long) JULIAN_DAY_OF_EPOCH;
        return Instant.EPOCH.plus(Duration.ofDays(days)).plusNanos(nanos);
    }

    static IllegalArgumentException refused(Type file, Schema type) {
        return new IllegalArgumentException("the column " + file + " cannot be read as " + type);
    }

    @Override
    public void addBinary(Binary value) {
        out.accept(binaries.apply(value));
    }

    @Override
    public void addLong(long value) {
        out.accept(longs.apply(value));
    }

    @Override
    public void addInt(int value) {
        out.accept((long) value);
    }

    @Override
    public void addDouble(double value) {
        out.accept(value);
    }

    @Override
    public void addFloat(float value) {
        out.accept((double) value);
    }

    @Override
    public void addBoolean(boolean value) {
        out.accept(value);
    }
}
