package stream.weir.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecsTest {
    private static final Codec<TimeUnit> UNIT = Codecs.enumOf(TimeUnit.class);

    record Golden(Codec<?> codec, Object value, String hex) {}

    /** These bytes are read for ever: a row may be added, never changed. */
    static Stream<Golden> golden() {
        return Stream.of(
                new Golden(Codecs.BOOLEAN, true, "01"),
                new Golden(Codecs.BYTE, (byte) -2, "fe"),
                new Golden(Codecs.SHORT, (short) 258, "0102"),
                new Golden(Codecs.INT, -2, "fffffffe"),
                new Golden(Codecs.LONG, 72623859790382856L, "0102030405060708"),
                new Golden(Codecs.FLOAT, 1.5f, "3fc00000"),
                new Golden(Codecs.DOUBLE, -2.0, "c000000000000000"),
                new Golden(Codecs.CHAR, 'é', "00e9"),
                new Golden(Codecs.STRING, "", "00"),
                new Golden(Codecs.STRING, "aé", "0361c3a9"),
                new Golden(Codecs.BYTES, Bytes.of((byte) 7, (byte) -1), "0207ff"),
                new Golden(Codecs.BYTE_ARRAY, new byte[] {7}, "0107"),
                new Golden(
                        Codecs.UUID,
                        UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f"),
                        "000102030405060708090a0b0c0d0e0f"),
                new Golden(Codecs.INSTANT, Instant.parse("2013-01-01T00:00:00.000000005Z"), "0000000050e2270000000005"),
                new Golden(Codecs.DATE, LocalDate.of(1970, 1, 31), "3c"),
                new Golden(Codecs.TIME, LocalTime.of(0, 0, 1), "000000003b9aca00"),
                new Golden(Codecs.DATE_TIME, LocalDateTime.of(1969, 12, 31, 0, 0, 1), "01000000003b9aca00"),
                new Golden(Codecs.DURATION, Duration.ofMillis(-1), "ffffffffffffffff3b8b87c0"),
                new Golden(Codecs.DECIMAL, new BigDecimal("-1.28"), "040180"),
                new Golden(UNIT, TimeUnit.SECONDS, "03"),
                new Golden(Codecs.list(Codecs.SHORT), List.of((short) 1, (short) 2), "0200010002"),
                new Golden(
                        Codecs.map(Codecs.BYTE, Codecs.BOOLEAN),
                        Map.of((byte) -1, true, (byte) 1, false),
                        "020100ff01"),
                new Golden(Codecs.optional(Codecs.BYTE), Optional.of((byte) 9), "0109"),
                new Golden(Codecs.optional(Codecs.BYTE), Optional.empty(), "00"));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void when_encoded_then_golden_bytes(Golden golden) {
        assertThat(encode(golden.codec, golden.value)).isEqualTo(golden.hex);
        assertThat(decode(golden.codec, golden.hex)).isEqualTo(golden.value);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void when_truncated_then_malformed(Golden golden) {
        for (int length = 0; length < golden.hex.length(); length += 2) {
            String cut = golden.hex.substring(0, length);
            assertThatThrownBy(() -> decode(golden.codec, cut)).isInstanceOf(MalformedDataException.class);
        }
    }

    record Generated(Codec<?> codec, Function<Random, ?> values) {}

    static Stream<Generated> generated() {
        return Stream.of(
                new Generated(Codecs.BYTE, random -> (byte) random.nextInt()),
                new Generated(Codecs.SHORT, random -> (short) random.nextInt()),
                new Generated(Codecs.INT, Random::nextInt),
                new Generated(Codecs.LONG, Random::nextLong),
                new Generated(Codecs.FLOAT, Random::nextFloat),
                new Generated(Codecs.DOUBLE, Random::nextGaussian),
                new Generated(Codecs.CHAR, random -> (char) random.nextInt()),
                new Generated(Codecs.STRING, CodecsTest::string),
                new Generated(Codecs.UUID, random -> new UUID(random.nextLong(), random.nextLong())),
                new Generated(Codecs.INSTANT, random -> Instant.ofEpochSecond(random.nextInt(), random.nextInt())),
                new Generated(Codecs.DATE, random -> LocalDate.ofEpochDay(random.nextInt())),
                new Generated(Codecs.TIME, random -> LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L))),
                new Generated(Codecs.DURATION, random -> Duration.ofNanos(random.nextLong())),
                new Generated(Codecs.DECIMAL, CodecsTest::decimal),
                new Generated(UNIT, random -> TimeUnit.values()[random.nextInt(7)]),
                new Generated(Codecs.list(Codecs.STRING), random -> Stream.generate(() -> string(random))
                        .limit(random.nextInt(5))
                        .toList()),
                new Generated(Codecs.map(Codecs.STRING, Codecs.optional(Codecs.LONG)), CodecsTest::map));
    }

    @ParameterizedTest
    @MethodSource("generated")
    void when_decoded_then_the_value_that_was_encoded(Generated generated) {
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            Object value = generated.values.apply(random);
            assertThat(decode(generated.codec, encode(generated.codec, value))).isEqualTo(value);
        }
    }

    @Test
    void when_maps_are_equal_then_bytes_are_equal() {
        // given
        Map<String, Integer> one = new LinkedHashMap<>();
        Map<String, Integer> other = new LinkedHashMap<>();
        Stream.of("b", "a", "é").forEach(key -> one.put(key, key.length()));
        Stream.of("é", "b", "a").forEach(key -> other.put(key, key.length()));
        // then
        Codec<Map<String, Integer>> codec = Codecs.map(Codecs.STRING, Codecs.INT);
        assertThat(encode(codec, one)).isEqualTo(encode(codec, other));
    }

    @Test
    void when_an_opaque_value_is_within_a_list_then_it_has_its_length() {
        Codec<List<String>> codec = Codecs.list(new OpaqueText());
        assertThat(encode(codec, List.of("ab", ""))).isEqualTo("02" + "026162" + "00");
        assertThat(decode(codec, "020261620161")).isEqualTo(List.of("ab", "a"));
    }

    record Bad(Codec<?> codec, String hex, String message) {}

    static Stream<Bad> bad() {
        return Stream.of(
                new Bad(Codecs.BOOLEAN, "02", "a boolean is 0 or 1"),
                new Bad(Codecs.STRING, "01ff", "are not UTF-8"),
                new Bad(Codecs.STRING, "ffffffff0f", "only 0 are left"),
                new Bad(Codecs.INSTANT, "00000000000000003b9aca00", "1000000000 nanoseconds"),
                new Bad(Codecs.INSTANT, "7fffffffffffffff00000000", "more than a timestamp can hold"),
                new Bad(Codecs.DATE, "ffffffffffffffffff01", "more than a date can hold"),
                new Bad(Codecs.TIME, "00004e94914f0000", "no day has"),
                new Bad(Codecs.DECIMAL, "0000", "0 bytes of digits"),
                new Bad(UNIT, "07", "constant number 7"),
                new Bad(Codecs.list(Codecs.BYTE), "0501", "only 1 are left"),
                new Bad(Codecs.map(Codecs.BYTE, Codecs.BYTE), "0201020103", "the key 1 twice"),
                new Bad(Codecs.optional(Codecs.BYTE), "0305", "a boolean is 0 or 1"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void when_bytes_are_damaged_then_malformed(Bad bad) {
        assertThatThrownBy(() -> decode(bad.codec, bad.hex))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining(bad.message);
    }

    @Test
    void when_looked_up_by_class_then_found_or_told_what_to_do() {
        assertThat(Codecs.of(Instant.class)).isSameAs(Codecs.INSTANT);
        assertThat(Codecs.of(byte[].class)).isSameAs(Codecs.BYTE_ARRAY);
        assertThat(Codecs.of(TimeUnit.class).schema()).isEqualTo(UNIT.schema());
        assertThatThrownBy(() -> Codecs.of(Thread.class)).hasMessageContaining("annotate it with @Encoded");
    }

    @Test
    void when_an_array_is_a_key_then_refused() {
        assertThatThrownBy(() -> Codecs.map(Codecs.BYTE_ARRAY, Codecs.INT))
                .hasMessageContaining("use stream.weir.api.codec.Bytes");
    }

    private record OpaqueText() implements Codec<String> {
        @Override
        public void encode(String value, ByteWriter out) {
            out.writeBytes(value.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, value.length());
        }

        @Override
        public String decode(ByteReader in) {
            return new String(in.readBytes(in.remaining()), java.nio.charset.StandardCharsets.US_ASCII);
        }

        @Override
        public Schema schema() {
            return new Schema.Opaque("text");
        }

        @Override
        public Codec<String> reading(Schema written) {
            return this;
        }
    }

    private static String string(Random random) {
        return random.ints(random.nextInt(20), 0x20, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static BigDecimal decimal(Random random) {
        return new BigDecimal(new BigInteger(random.nextInt(100), random).negate(), random.nextInt(40) - 20);
    }

    private static Map<String, Optional<Long>> map(Random random) {
        Map<String, Optional<Long>> map = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            map.put(string(random), random.nextBoolean() ? Optional.of(random.nextLong()) : Optional.empty());
        }
        return map;
    }

    @SuppressWarnings("unchecked")
    private static String encode(Codec<?> codec, Object value) {
        ByteWriter out = new ByteWriter(1);
        ((Codec<Object>) codec).encode(value, out);
        return Bytes.of(out.toByteArray()).toHex();
    }

    private static Object decode(Codec<?> codec, String hex) {
        ByteReader in = new ByteReader(Bytes.fromHex(hex).toByteArray());
        Object value = codec.decode(in);
        assertThat(in.remaining()).isZero();
        return value;
    }
}
