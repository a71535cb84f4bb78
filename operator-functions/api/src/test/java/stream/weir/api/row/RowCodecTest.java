package stream.weir.api.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;

class RowCodecTest {
    private static final RowType FLIGHT = type("carrier", Primitive.STRING, "delay", Primitive.DOUBLE);

    @Test
    void when_encoded_then_golden_bytes() {
        assertThat(hex(Row.of(FLIGHT, "UA", null))).isEqualTo("02" + "025541");
        assertThat(hex(Row.of(FLIGHT, null, 2.0))).isEqualTo("01" + "4000000000000000");
        assertThat(hex(Row.of(type()))).isEqualTo("00");
    }

    @Test
    void when_rows_lists_and_maps_are_nested_then_round_trip() {
        // given
        RowType type = type(
                "left",
                FLIGHT.schema(),
                "tags",
                new Schema.ListOf(new Schema.Nullable(Primitive.STRING)),
                "counts",
                new Schema.MapOf(Primitive.STRING, Primitive.INT64),
                "raw",
                Primitive.BYTES,
                "at",
                Primitive.TIMESTAMP,
                "ok",
                Primitive.BOOL);
        Row row = Row.of(
                type,
                Row.of(FLIGHT, "UA", 1.5),
                Arrays.asList("a", null),
                Map.of("x", 1L),
                Bytes.of((byte) 1),
                Instant.EPOCH,
                true);
        // then
        assertThat(decode(type, hex(row))).isEqualTo(row);
    }

    @Test
    void when_rows_have_any_width_and_nulls_then_round_trip() {
        Random random = new Random(7);
        for (int width = 0; width < 40; width++) {
            RowType type = new RowType(java.util.stream.IntStream.range(0, width)
                    .mapToObj(i -> new RowType.Column("f" + i, Primitive.INT64))
                    .toList());
            @Nullable Object[] values = new @Nullable Object[width];
            Arrays.setAll(values, i -> random.nextInt(3) == 0 ? null : random.nextLong());
            Row row = Row.of(type, values);
            assertThat(decode(type, hex(row))).isEqualTo(row);
        }
    }

    @Test
    void when_bytes_are_damaged_then_malformed() {
        assertThatThrownBy(() -> decode(FLIGHT, "07"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("beyond the last field");
        assertThatThrownBy(() -> decode(FLIGHT, "01400000")).isInstanceOf(MalformedDataException.class);
        assertThatThrownBy(() -> decode(FLIGHT, "")).isInstanceOf(MalformedDataException.class);
    }

    @Test
    void when_a_value_is_of_another_class_then_the_field_is_named() {
        assertThatThrownBy(() -> hex(Row.of(FLIGHT, "UA", 1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("field delay is DOUBLE", "java.lang.Long: 1");
    }

    @Test
    void when_a_row_is_of_another_type_then_refused() {
        Row other = Row.of(type("carrier", Primitive.STRING), "UA");
        assertThatThrownBy(() -> RowCodec.of(FLIGHT).encode(other, new ByteWriter()))
                .hasMessageContaining("cannot be written as");
    }

    @Test
    void when_written_with_another_type_then_read_by_name() {
        // given
        RowType old = type("gone", Primitive.STRING, "delay", Primitive.FLOAT, "carrier", Primitive.STRING);
        String bytes = hex(Row.of(old, "x", 2.5f, "UA"));
        // when
        Codec<Row> reading = RowCodec.of(FLIGHT).reading(RowCodec.of(old).schema());
        // then
        assertThat(reading.decode(reader(bytes))).isEqualTo(Row.of(FLIGHT, "UA", 2.5));
    }

    private static RowType type(Object... namesAndTypes) {
        List<RowType.Column> columns = new java.util.ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(new RowType.Column((String) namesAndTypes[i], (Schema) namesAndTypes[i + 1]));
        }
        return new RowType(columns);
    }

    private static String hex(Row row) {
        ByteWriter out = new ByteWriter(1);
        RowCodec.of(row.type()).encode(row, out);
        return Bytes.of(out.toByteArray()).toHex();
    }

    private static Row decode(RowType type, String hex) {
        ByteReader in = reader(hex);
        Row row = RowCodec.of(type).decode(in);
        assertThat(in.remaining()).isZero();
        return row;
    }

    private static ByteReader reader(String hex) {
        return new ByteReader(Bytes.fromHex(hex).toByteArray());
    }
}
