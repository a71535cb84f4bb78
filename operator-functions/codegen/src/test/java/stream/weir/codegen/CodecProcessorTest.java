package stream.weir.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.codec.SchemaText;

class CodecProcessorTest {
    private static final String SIDE = "public enum Side { BUY, SELL }";
    private static final String LEG = "@Encoded public record Leg(BigDecimal price, Side side) {}";

    /** Sources; the last has a public static {@code value()} that is to survive, in a class {@code Sample}. */
    record Case(String name, String schema, String... sources) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "primitives",
                        "P{a: bool, b: int8, c: int16, d: int32, e: int64, f: float, g: double, h: char}",
                        "@Encoded public record P(boolean a, byte b, short c, int d, long e, float f, double g, char h) {}",
                        sample("P", "new P(true, (byte) 1, (short) -2, 3, -4L, 5.5f, -6.5, 'x')")),
                new Case(
                        "boxes",
                        "P{a: bool, b: int8, c: int16, d: int32, e: int64?, f: float, g: double?, h: char}",
                        "@Encoded public record P(Boolean a, Byte b, Short c, Integer d, @Nullable Long e, Float f, @Nullable Double g, Character h) {}",
                        sample("P", "new P(true, (byte) 1, (short) -2, 3, null, 5.5f, -6.5, 'x')")),
                new Case(
                        "values",
                        "V{a: string, b: bytes, c: timestamp, d: date, e: time, f: date_time, g: duration, h: uuid, i: decimal}",
                        "@Encoded public record V(String a, Bytes b, Instant c, LocalDate d, LocalTime e, LocalDateTime f, Duration g, UUID h, BigDecimal i) {}",
                        sample(
                                "V",
                                "new V(\"a\", Bytes.of((byte) 1), Instant.EPOCH, LocalDate.EPOCH, LocalTime.NOON,"
                                        + " LocalDateTime.MAX, Duration.ofMillis(1), new UUID(1, 2), BigDecimal.TEN)")),
                new Case(
                        "nested, lists, maps, optionals, enums",
                        "Trade{symbol: string, legs: [Leg{price: decimal, side: Side(BUY, SELL)}] = #00,"
                                + " byDay: [date: [[string: int64]?]] = #00, note: string?, best: Leg{price: decimal, side: Side(BUY, SELL)}?}",
                        SIDE,
                        LEG,
                        "@Encoded public record Trade(String symbol, List<Leg> legs, Map<LocalDate, List<Optional<Map<String, Long>>>> byDay,"
                                + " @Nullable String note, Optional<Leg> best) {}",
                        sample(
                                "Trade",
                                "new Trade(\"X\", List.of(new Leg(BigDecimal.ONE, Side.SELL)),"
                                        + " Map.of(LocalDate.EPOCH, List.of(Optional.empty(), Optional.of(Map.of(\"k\", 1L, \"j\", 2L)))),"
                                        + " null, Optional.of(new Leg(BigDecimal.TWO, Side.BUY)))")),
                new Case(
                        "sealed and recursive",
                        "Expr<Num{v: double}, Add{left: ^Expr, right: ^Expr, rest: [^Expr] = #00}>",
                        "@Encoded public sealed interface Expr permits Num, Add {}",
                        "@Encoded public record Num(double v) implements Expr {}",
                        "@Encoded public record Add(Expr left, Expr right, List<Expr> rest) implements Expr {}",
                        sample(
                                "Expr",
                                "new Add(new Num(1), new Add(new Num(2), new Num(3), List.of(new Num(4))), List.of())")),
                new Case(
                        "types in a circle",
                        "A{b: B{a: ^A?}?}",
                        "@Encoded public record A(Optional<B> b) {}",
                        "@Encoded public record B(Optional<A> a) {}",
                        sample("A", "new A(Optional.of(new B(Optional.of(new A(Optional.empty())))))")),
                new Case(
                        "nested in classes, not public, and with names that are taken",
                        "In{value: int32, out: string, java: bool, demo: In2{}, stream: [string] = #00}",
                        "class Outer { @Encoded record In(int value, String out, boolean java, In2 demo, List<String> stream) {}"
                                + " @Encoded record In2() {} }",
                        sample("Outer.In", "new Outer.In(1, \"o\", true, new Outer.In2(), List.of(\"s\"))")),
                new Case(
                        "sealed within sealed, variants within",
                        "Shape<Circle{r: double}, Square{a: double}>",
                        "@Encoded public sealed interface Shape { @Encoded record Circle(double r) implements Shape {}"
                                + " sealed interface Angular extends Shape {} @Encoded record Square(double a) implements Angular {} }",
                        sample("Shape", "new Shape.Square(2)")),
                new Case(
                        "an enum",
                        "Side(BUY, SELL)",
                        "@Encoded public enum Side { BUY, SELL }",
                        sample("Side", "Side.SELL")),
                new Case(
                        "more than eight nullable components",
                        "N{a: int8?, b: int8?, c: int8?, d: int8?, e: int8?, f: int8?, g: int8?, h: int8?, i: int8?}",
                        "@Encoded public record N(@Nullable Byte a, @Nullable Byte b, @Nullable Byte c, @Nullable Byte d, @Nullable Byte e,"
                                + " @Nullable Byte f, @Nullable Byte g, @Nullable Byte h, Optional<Byte> i) {}",
                        sample(
                                "N",
                                "new N(null, (byte) 1, null, null, null, null, null, (byte) 2, Optional.of((byte) 3))")),
                new Case(
                        "defaults",
                        "D{a: int32 = #0000002a, b: string = #03455552, c: Side(BUY, SELL) = #01, d: char = #0078, e: bool = #01}",
                        SIDE,
                        "@Encoded public record D(@Default(\"42\") int a, @Default(\"EUR\") String b, @Default(\"SELL\") Side c,"
                                + " @Default(\"x\") char d, @Default(\"true\") Boolean e) {}",
                        sample("D", "new D(1, \"\", Side.BUY, 'y', false)")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void when_compiled_then_values_survive_and_the_schema_is_as_declared(Case each) throws Exception {
        // given
        InMemoryCompiler.Result result = InMemoryCompiler.compile(each.sources);
        assertThat(result.errors()).isEmpty();
        ClassLoader loader = result.loader();
        Object value = value(loader);
        // when
        Codec<Object> codec = codec(loader);
        ByteWriter out = new ByteWriter(1);
        codec.encode(value, out);
        // then
        ByteReader in = new ByteReader(out.toByteArray());
        assertThat(codec.decode(in)).isEqualTo(value);
        assertThat(in.remaining()).isZero();
        assertThat(SchemaText.format(codec.schema())).isEqualTo(each.schema);
        for (int length = 0; length < out.size(); length++) {
            ByteReader cut = new ByteReader().wrap(out.buffer(), 0, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(MalformedDataException.class);
        }
    }

    @Test
    void when_the_record_has_changed_then_old_bytes_are_read() throws Exception {
        // given
        ClassLoader old = InMemoryCompiler.compile(
                        "@Encoded public record T(int qty, String gone, Kind kind) {}",
                        "public enum Kind { A, B }",
                        sample("T", "new T(7, \"x\", Kind.B)"))
                .loader();
        ByteWriter out = new ByteWriter();
        codec(old).encode(value(old), out);
        // when
        ClassLoader now = InMemoryCompiler.compile(
                        "@Encoded public record T(Kind kind, long qty, @Default(\"EUR\") String currency, List<String> tags, Optional<String> note) {}",
                        "public enum Kind { C, B, A }",
                        sample("T", "new T(Kind.B, 7L, \"EUR\", List.of(), Optional.empty())"))
                .loader();
        // then
        Codec<Object> reading = codec(now).reading(codec(old).schema());
        assertThat(reading.decode(new ByteReader(out.toByteArray()))).isEqualTo(value(now));
    }

    @Test
    void when_a_constructor_refuses_then_malformed_with_the_cause() throws Exception {
        // given
        ClassLoader loader = InMemoryCompiler.compile(
                        "@Encoded public record Age(int years) { public Age { if (years < 0) throw new IllegalArgumentException(\"negative\"); } }",
                        sample("Age", "new Age(1)"))
                .loader();
        // then
        assertThatThrownBy(() -> codec(loader).decode(new ByteReader(new byte[] {-1, 0, 0, 0})))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("the constructor of demo.Age refuses what was decoded: negative")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void when_a_component_is_null_then_it_is_named() throws Exception {
        ClassLoader loader = InMemoryCompiler.compile(
                        "@Encoded public record K(String id) {}", sample("K", "new K(null)"))
                .loader();
        Object value = value(loader);
        assertThatThrownBy(() -> codec(loader).encode(value, new ByteWriter())).hasMessageContaining("K.id is null");
    }

    @Test
    void when_bytes_are_compared_then_they_are_as_the_layout_says() throws Exception {
        // given
        ClassLoader loader = InMemoryCompiler.compile(
                        "@Encoded public record G(short a, @Nullable String b, Optional<Byte> c) {}",
                        sample("G", "new G((short) 258, null, Optional.of((byte) 9))"))
                .loader();
        ByteWriter out = new ByteWriter();
        // when
        codec(loader).encode(value(loader), out);
        // then
        assertThat(Bytes.of(out.toByteArray()).toHex()).isEqualTo("01" + "0102" + "09");
    }

    @Test
    void when_generated_then_the_source_is_the_golden_one() throws IOException {
        InMemoryCompiler.Result result = InMemoryCompiler.compile(
                SIDE,
                LEG,
                "@Encoded public record Trade(String symbol, @Default(\"1\") int lots, List<Leg> legs, @Nullable String note) {}");
        assertThat(result.source("demo/TradeCodec.java")).isEqualTo(resource("TradeCodec.java.txt"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = CodecProcessorTest.class.getResourceAsStream(name)) {
            if (in == null) {
                return "";
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The class with the value to be encoded; its codec is looked up as a user would. */
    private static String sample(String type, String value) {
        return "public class Sample { public static java.util.function.Supplier<Object> value() { return () -> " + value
                + "; } public static Codec<?> codec() { return Codecs.of(" + type + ".class); } }";
    }

    private static Object value(ClassLoader loader) throws ReflectiveOperationException {
        return ((Supplier<?>) loader.loadClass("demo.Sample").getMethod("value").invoke(null)).get();
    }

    @SuppressWarnings("unchecked")
    private static Codec<Object> codec(ClassLoader loader) throws ReflectiveOperationException {
        return (Codec<Object>)
                loader.loadClass("demo.Sample").getMethod("codec").invoke(null);
    }
}
