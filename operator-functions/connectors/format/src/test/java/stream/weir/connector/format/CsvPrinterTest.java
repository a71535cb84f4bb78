package stream.weir.connector.format;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.connector.format.Parsed.rows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.ListOf;
import stream.weir.api.codec.Schema.MapOf;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

class CsvPrinterTest {
    private static String print(Schema type, @Nullable Object value) {
        RowType rows = rows("v", type);
        ByteWriter out = new ByteWriter();
        new CsvPrinter(rows, ',').row(Row.of(rows, value), out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void when_values_are_printed_then_they_have_their_form() {
        assertThat(print(Primitive.STRING, "plain")).isEqualTo("plain\n");
        assertThat(print(Primitive.STRING, "a,b")).isEqualTo("\"a,b\"\n");
        assertThat(print(Primitive.STRING, "say \"hi\"")).isEqualTo("\"say \"\"hi\"\"\"\n");
        assertThat(print(Primitive.STRING, "two\nlines")).isEqualTo("\"two\nlines\"\n");
        assertThat(print(Primitive.STRING, "")).isEqualTo("\"\"\n");
        assertThat(print(Primitive.STRING, null)).isEqualTo("\n");
        assertThat(print(Primitive.INT64, -5L)).isEqualTo("-5\n");
        assertThat(print(Primitive.DOUBLE, 22.388888888888889)).isEqualTo("22.38888888888889\n");
        assertThat(print(Primitive.BOOL, true)).isEqualTo("true\n");
        assertThat(print(Primitive.TIMESTAMP, Instant.parse("2013-01-01T00:00:00Z")))
                .isEqualTo("2013-01-01T00:00:00Z\n");
        assertThat(print(Primitive.BYTES, Bytes.of((byte) 1, (byte) 2, (byte) 3)))
                .isEqualTo("AQID\n");
        assertThat(print(new ListOf(Primitive.INT64), List.of(1L, 2L))).isEqualTo("\"[1,2]\"\n");
        assertThat(print(new MapOf(Primitive.STRING, Primitive.BOOL), Map.of("x", false)))
                .isEqualTo("\"{\"\"x\"\":false}\"\n");
    }

    @Test
    void when_random_rows_are_printed_then_they_are_read_back() {
        RowType type = rows("s", Primitive.STRING, "n", Primitive.INT64, "l", new ListOf(Primitive.STRING));
        List<String> names = List.of("s", "n", "l");
        Random random = new Random(3);
        for (int i = 0; i < 3000; i++) {
            Row row = Row.of(type, text(random), random.nextInt(4) == 0 ? null : random.nextLong(), list(random));
            ByteWriter out = new ByteWriter();
            new CsvPrinter(type, ';').row(row, out);

            Parsed parsed = Parsed.of(CsvParser.of(type, new CsvDialect(';', List.of("")), names), out.toByteArray());

            assertThat(parsed.problems).isEmpty();
            assertThat(parsed.rows).containsExactly(row.toString());
        }
    }

    private static @Nullable String text(Random random) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append("a;\"\n\r,\\é€ {".charAt(random.nextInt(11)));
        }
        return text.toString();
    }

    private static List<String> list(Random random) {
        List<String> list = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            list.add(String.valueOf(text(random)));
        }
        return list;
    }
}
