package stream.weir.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;

/** Values are read by their schema as their own codecs wrote them. */
class SchemaValuesTest {
    private static final RowType ROW = new RowType(List.of(
            new RowType.Column("name", Schema.Primitive.STRING), new RowType.Column("size", Schema.Primitive.INT64)));

    private static <T> @Nullable Object read(Codec<T> codec, T value) {
        ByteWriter out = new ByteWriter();
        codec.encode(value, out);
        ByteReader in = new ByteReader(out.toByteArray());
        Object read = SchemaValues.read(SchemaText.parse(SchemaText.format(codec.schema())), in);
        assertThat(in.remaining()).isZero();
        return read;
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(Codecs.INT, 7, 7L),
                Arguments.of(Codecs.DOUBLE, 1.5, 1.5),
                Arguments.of(Codecs.STRING, "ö", "ö"),
                Arguments.of(Codecs.INSTANT, Instant.EPOCH, "1970-01-01T00:00:00Z"),
                Arguments.of(Codecs.DECIMAL, new BigDecimal("1.20"), "1.20"),
                Arguments.of(Codecs.optional(Codecs.LONG), Optional.of(3L), 3L),
                Arguments.of(Codecs.list(Codecs.INT), List.of(1, 2), List.of(1L, 2L)),
                Arguments.of(Codecs.map(Codecs.STRING, Codecs.INT), Map.of("a", 1), Map.of("a", 1L)),
                Arguments.of(Codecs.map(Codecs.INT, Codecs.INT), Map.of(4, 1), List.of(Map.of("key", 4L, "value", 1L))),
                Arguments.of(Codecs.enumOf(Thread.State.class), Thread.State.BLOCKED, "BLOCKED"));
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void when_a_value_is_read_by_its_schema_then_it_is_what_was_written(Codec<T> codec, T value, Object expected) {
        assertThat(read(codec, value)).isEqualTo(expected);
    }

    @Test
    void when_fields_are_null_then_those_behind_them_are_read_all_the_same() {
        // given
        @Nullable Object[] values = {null, 5L};
        // when
        Object read = read(RowCodec.of(ROW), Row.owning(ROW, Arrays.copyOf(values, 2)));
        // then
        assertThat(read)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("name", null);
        assertThat(read)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("size", 5L);
    }

    @Test
    void when_bytes_are_cut_off_then_that_is_told() {
        assertThatThrownBy(() -> SchemaValues.read(Schema.Primitive.INT64, new ByteReader(new byte[3])))
                .isInstanceOf(MalformedDataException.class);
    }
}
