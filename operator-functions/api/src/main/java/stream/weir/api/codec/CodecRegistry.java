package stream.weir.api.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Which codec belongs to a class: built-in ones first, then those of the {@link CodecProvider}s of the class's own loader. */
final class CodecRegistry {
    private static final Map<Class<?>, Codec<?>> BUILT_IN = builtIn();

    /** Generated codecs, looked up once for each class; goes with the class. */
    private static final ClassValue<Codec<?>> GENERATED = new ClassValue<>() {
        @Override
        protected Codec<?> computeValue(Class<?> type) {
            return load(type);
        }
    };

    private CodecRegistry() {}

    @SuppressWarnings("unchecked") // the maps hold a class's own codec
    static <T> Codec<T> of(Class<T> type) {
        Codec<?> builtIn = BUILT_IN.get(type);
        return (Codec<T>) (builtIn != null ? builtIn : GENERATED.get(type));
    }

    private static Codec<?> load(Class<?> type) {
        Codec<?> codec = find(type, type.getClassLoader());
        if (codec == null) {
            codec = find(type, CodecProvider.class.getClassLoader());
        }
        if (codec != null) {
            return codec;
        }
        if (type.isEnum()) {
            return enumCodec(type);
        }
        throw new IllegalArgumentException("there is no codec for " + type.getName()
                + ": annotate it with @Encoded and compile it with weir-codegen among the annotation processors, or implement "
                + Codec.class.getName());
    }

    private static @Nullable Codec<?> find(Class<?> type, @Nullable ClassLoader loader) {
        try {
            for (CodecProvider provider : ServiceLoader.load(CodecProvider.class, loader)) {
                Codec<?> codec = provider.codecs().get(type);
                if (codec != null) {
                    return codec;
                }
            }
            return null;
        } catch (ServiceConfigurationError e) {
            throw new IllegalArgumentException(
                    "cannot look for the codec of " + type.getName()
                            + ": a codec provider on the class path cannot be loaded; compile its module anew",
                    e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class is that of an enum
    private static Codec<?> enumCodec(Class<?> type) {
        return EnumCodec.of((Class) type);
    }

    private static Map<Class<?>, Codec<?>> builtIn() {
        Map<Class<?>, Codec<?>> codecs = new HashMap<>();
        for (Schema.Primitive primitive : Schema.Primitive.values()) {
            codecs.put(javaType(primitive), Codecs.of(primitive));
        }
        codecs.put(byte[].class, Codecs.BYTE_ARRAY);
        return Map.copyOf(codecs);
    }

    private static Class<?> javaType(Schema.Primitive primitive) {
        return switch (primitive) {
            case BOOL -> Boolean.class;
            case INT8 -> Byte.class;
            case INT16 -> Short.class;
            case INT32 -> Integer.class;
            case INT64 -> Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            case CHAR -> Character.class;
            case STRING -> String.class;
            case BYTES -> Bytes.class;
            case TIMESTAMP -> java.time.Instant.class;
            case DATE -> java.time.LocalDate.class;
            case TIME -> java.time.LocalTime.class;
            case DATE_TIME -> java.time.LocalDateTime.class;
            case DURATION -> java.time.Duration.class;
            case UUID -> java.util.UUID.class;
            case DECIMAL -> java.math.BigDecimal.class;
        };
    }
}
