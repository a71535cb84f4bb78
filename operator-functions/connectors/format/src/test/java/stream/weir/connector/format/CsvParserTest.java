package stream.weir.connector.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.connector.format.Parsed.rows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.ListOf;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.RowType;

class CsvParserTest {
    private static final RowType TWO = rows("a", Primitive.STRING, "b", Primitive.STRING);
    private static final List<String> HEADER = List.of("a", "b");

    private static Parsed parse(String csv) {
        return Parsed.of(CsvParser.of(TWO, CsvDialect.STANDARD, HEADER), csv);
    }

    @Test
    void when_fields_are_bare_then_they_are_taken_as_they_are() {
        row("x,y\n", "{a: x, b: y}");
        row("x,y\r\n", "{a: x, b: y}");
        row("x,y", "{a: x, b: y}");
        row("x,y\r", "{a: x, b: y}");
        row(" x , y \n", "{a:  x , b:  y }");
        row("x\"y,z\n", "{a: x\"y, b: z}");
        row("é,€\n", "{a: é, b: €}");
    }

    @Test
    void when_fields_are_quoted_then_quotes_delimiters_and_line_ends_are_content() {
        row("\"x\",\"y\"\n", "{a: x, b: y}");
        row("\"x,\",y\r\n", "{a: x,, b: y}");
        row("\"x\ny\",\"z\r\n\"\r\n", "{a: x\ny, b: z\r\n}");
        row("\"say \"\"hi\"\"\",y", "{a: say \"hi\", b: y}");
        row("\"\"\"\",\"\"\"\"\"\"", "{a: \", b: \"\"}");
        row("x,\"\"", "{a: x, b: }");
    }

    @Test
    void when_field_is_empty_then_it_is_null_unless_it_is_a_quoted_string() {
        row("x,\n", "{a: x, b: null}");
        row(",\n", "{a: null, b: null}");
        row("\"\",\n", "{a: , b: null}");
    }

    @Test
    void when_there_are_several_records_then_each_is_found() {
        Parsed parsed = parse("1,2\n\n3,4\r\n\r\n5,6");

        assertThat(parsed.rows).containsExactly("{a: 1, b: 2}", "{a: 3, b: 4}", "{a: 5, b: 6}");
        assertThat(parsed.problems).isEmpty();
    }

    @Test
    void when_a_record_is_malformed_then_the_others_are_not() {
        problem("x\ny,z\n", "1: 1 fields where 2 are expected; missing: b");
        problem("x,y,z\ny,z", "1: 3 fields where 2 are expected");
        problem("\"x\"y,z\ny,z\n", "1: field 1 goes on behind its closing quote; write a quote inside a field as two");
        problem("x,\"y\ny,z\n", "1: the quote that opens field 2 is never closed");
        problem("\"\"\"\ny,z\n", "1: the quote that opens field 1 is never closed");
        problem("y,\"m\nn\"\nx\n", "3: 1 fields where 2 are expected; missing: b");
    }

    @Test
    void when_a_value_is_not_of_its_type_then_field_and_value_are_named() {
        refused(Primitive.DOUBLE, "abc", "field v: \"abc\" is not a double");
        refused(Primitive.INT64, "1.5", "field v: \"1.5\" is not an int");
        refused(Primitive.BOOL, "yes", "field v: \"yes\" is not a bool: true or false");
        refused(Primitive.TIMESTAMP, "1/2/2013", "field v: \"1/2/2013\" is not a timestamp like 2013-01-01T10:00:00Z");
        refused(new ListOf(Primitive.INT64), "oops", "field v: \"oops\" is not JSON:");
        refused(new ListOf(Primitive.INT64), "\"[1,\"\"x\"\"]\"", "field v[]: \"x\" is not an int");
        refused(Primitive.INT64, "7".repeat(200), "field v: \"" + "7".repeat(100) + "...\" is beyond the 64 bits");
    }

    @Test
    void when_bytes_are_not_utf_8_then_the_record_is_malformed() {
        byte[] latin1 = "caf\u00e9,y\n".getBytes(StandardCharsets.ISO_8859_1);

        Parsed parsed = Parsed.of(CsvParser.of(TWO, CsvDialect.STANDARD, HEADER), latin1);

        assertThat(parsed.problems)
                .hasSize(1)
                .first()
                .asString()
                .contains("field a")
                .contains("is not UTF-8");
        assertThat(parse("\uFFFD,y").problems).isEmpty();
    }

    @Test
    void when_columns_are_many_then_only_those_of_the_row_are_looked_into() {
        RowType rows = rows("z", Primitive.INT64, "x", Primitive.INT64);
        CsvParser parser = CsvParser.of(rows, CsvDialect.STANDARD, List.of("x", "y", "z"));

        assertThat(Parsed.of(parser, "1,not an int,3\n").rows).containsExactly("{z: 3, x: 1}");
    }

    @Test
    void when_nulls_are_spelled_then_they_are_null_in_quotes_too_but_for_strings() {
        CsvDialect dialect = new CsvDialect(';', List.of("", "NA"));
        RowType rows = rows("s", Primitive.STRING, "d", Primitive.DOUBLE);

        Parsed parsed = Parsed.of(CsvParser.of(rows, dialect, List.of("s", "d")), "NA;NA\n\"NA\";\"NA\"\n;\n");

        assertThat(parsed.rows).containsExactly("{s: null, d: null}", "{s: NA, d: null}", "{s: null, d: null}");
    }

    @Test
    void when_there_is_one_column_then_an_empty_line_is_a_null() {
        CsvParser parser = CsvParser.of(rows("a", Primitive.STRING), CsvDialect.STANDARD, List.of("a"));

        assertThat(Parsed.of(parser, "x\n\ny\n").rows).containsExactly("{a: x}", "{a: null}", "{a: y}");
    }

    @Test
    void when_a_column_is_missing_or_twice_then_the_header_is_refused() {
        assertThatThrownBy(() -> CsvParser.of(TWO, CsvDialect.STANDARD, List.of("a", "B")))
                .hasMessageContaining("a field \"b\", but there is no such column among [a, B]; did you mean \"B\"?");
        assertThatThrownBy(() -> CsvParser.of(TWO, CsvDialect.STANDARD, List.of("a", "b", "a")))
                .hasMessageContaining("two columns \"a\"");
    }

    @Test
    void when_bytes_come_piece_by_piece_then_the_same_records_are_found() {
        byte[] data = "a,\"b\"\r\n\"x\"\"y\",\"\"\n\n\"l\nm\",z\r\n".getBytes(StandardCharsets.UTF_8);
        Parsed whole = Parsed.of(CsvParser.of(TWO, CsvDialect.STANDARD, HEADER), data);
        CsvParser parser = CsvParser.of(TWO, CsvDialect.STANDARD, HEADER);
        for (int at = 0; at < data.length; ) {
            int end = RowParser.INCOMPLETE;
            for (int to = at + 1; end == RowParser.INCOMPLETE; to++) {
                boolean all = to == data.length;
                end = parser.find(data, at, to, all ? RowParser.Tail.FINAL : RowParser.Tail.OPEN);
            }
            String piece = new String(data, at, end - at, StandardCharsets.UTF_8);
            assertThat(whole.rows).containsAll(parse(piece).rows);
            at = end;
        }
        assertThat(whole.rows).hasSize(3);
    }

    private static void row(String csv, String row) {
        Parsed parsed = parse(csv);
        assertThat(parsed.problems).isEmpty();
        assertThat(parsed.rows).as(csv).containsExactly(row);
    }

    private static void problem(String csv, String problem) {
        Parsed parsed = parse(csv);
        assertThat(parsed.problems).as(csv).containsExactly(problem);
        assertThat(parsed.rows).as(csv).hasSize(1);
    }

    private static void refused(Schema type, String value, String reason) {
        CsvParser parser = CsvParser.of(rows("v", type), CsvDialect.STANDARD, List.of("v"));
        assertThat(Parsed.of(parser, value + "\n").problems)
                .hasSize(1)
                .first()
                .asString()
                .contains(reason);
    }
}
