package stream.weir.connector.format;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.connector.format.Parsed.rows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.ListOf;
import stream.weir.api.codec.Schema.MapOf;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.RowType;

class JsonLinesTest {
    private static final RowType NESTED = rows(
            "id",
            Primitive.INT64,
            "tags",
            new ListOf(Primitive.STRING),
            "sizes",
            new MapOf(Primitive.STRING, Primitive.DOUBLE),
            "at",
            rows("place", Primitive.STRING, "time", Primitive.TIMESTAMP).schema());

    private static Parsed parse(String json) {
        return Parsed.of(JsonLinesParser.of(NESTED), json);
    }

    @Test
    void when_values_nest_then_they_are_read_by_the_schema() {
        Parsed parsed = parse(
                "{\"id\":1,\"tags\":[\"a\",\"b\"],\"sizes\":{\"x\":1,\"y\":2.5},"
                        + "\"at\":{\"place\":\"here\",\"time\":\"2013-01-01T10:00:00Z\",\"more\":[{}]},\"unknown\":{\"a\":[1]}}");

        assertThat(parsed.problems).isEmpty();
        assertThat(parsed.rows)
                .containsExactly(
                        "{id: 1, tags: [a, b], sizes: {x=1.0, y=2.5}, at: {place: here, time: 2013-01-01T10:00:00Z}}");
    }

    @Test
    void when_fields_are_missing_or_null_then_they_are_null() {
        Parsed parsed = parse("{}\r\n\n  \n{\"id\":null,\"at\":{}}");

        assertThat(parsed.rows)
                .containsExactly(
                        "{id: null, tags: null, sizes: null, at: null}",
                        "{id: null, tags: null, sizes: null, at: {place: null, time: null}}");
    }

    @Test
    void when_a_line_is_malformed_then_it_says_where() {
        problem("{\"id\":\"x\"}", "field id: \"x\" is not an int");
        problem("{\"id\":1.5}", "field id: 1.5 is not an int");
        problem("{\"id\":99999999999999999999}", "field id: 99999999999999999999 is beyond the 64 bits of an int");
        problem("{\"id\":[1]}", "field id: a list is not an int");
        problem("{\"tags\":\"a\"}", "field tags: \"a\" is not a list");
        problem("{\"tags\":[null]}", "field tags: element 0 is null");
        problem("{\"tags\":[{}]}", "field tags[]: an object is not a string");
        problem("{\"sizes\":{\"x\":true}}", "field sizes{}: true is not a double");
        problem("{\"at\":{\"time\":\"noon\"}}", "field at.time: \"noon\" is not a timestamp");
        problem("[1]", "a list is not an object");
        problem("{\"id\":1", "is not JSON");
        problem("{\"id\":1} {}", "is more than one JSON value");
        problem("null", "is null");
    }

    @Test
    void when_rows_are_printed_then_they_are_read_back() throws Exception {
        String line = "{\"id\":-5,\"tags\":[\"\\\"q\\\\\",\"l\\n\\t\\u0001é€\"],\"sizes\":{\"n\":\"NaN\",\"x\":0.1},"
                + "\"at\":{\"place\":null,\"time\":\"2013-01-01T10:00:00Z\"}}\n";

        assertThat(reprinted(NESTED, line)).isEqualTo(line);
        assertThat(reprinted(NESTED, "{}")).isEqualTo("{\"id\":null,\"tags\":null,\"sizes\":null,\"at\":null}\n");
    }

    private static String reprinted(RowType type, String line) throws Exception {
        byte[] data = line.getBytes(StandardCharsets.UTF_8);
        JsonLinesParser parser = JsonLinesParser.of(type);
        parser.find(data, 0, data.length, RowParser.Tail.FINAL);
        var out = new ByteWriter();
        new JsonLinesPrinter().row(parser.row(), out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static void problem(String line, String problem) {
        Parsed parsed = parse(line + "\n{\"id\":7}\n");
        assertThat(parsed.problems).as(line).hasSize(1).first().asString().startsWith("1: " + problem);
        assertThat(parsed.rows).hasSize(1);
    }

    @Test
    void when_a_map_has_other_keys_then_they_are_read_as_their_type() {
        RowType rows = rows("m", new MapOf(Primitive.INT64, new Schema.Nullable(Primitive.BOOL)));

        assertThat(Parsed.of(JsonLinesParser.of(rows), "{\"m\":{\"1\":true,\"2\":null}}").rows)
                .containsExactly("{m: {1=true, 2=null}}");
        assertThat(Parsed.of(JsonLinesParser.of(rows), "{\"m\":{\"x\":true}}").problems)
                .containsExactly("1: field m: the key \"x\" is not an int");
    }
}
