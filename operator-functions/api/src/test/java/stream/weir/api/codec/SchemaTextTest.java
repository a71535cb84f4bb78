package stream.weir.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bool",
                "date_time??",
                "[[int8]: [string?]]",
                "Side(BUY, SELL)",
                "Trade{symbol: string, legs: [Leg{price: decimal?}] = #00}",
                "Expr<Num{v: double}, Add{l: ^Expr, r: ^Expr}>",
                "row{'dep delay': double?, 'it''s': bool?, '': !own}",
                "Empty{}",
                "Never<>",
                "None()"
            })
    void when_parsed_then_formatted_the_same(String text) {
        assertThat(SchemaText.format(SchemaText.parse(text))).isEqualTo(text);
    }

    @Test
    void when_any_schema_is_formatted_then_parsed_back() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            Schema schema = schema(random, 4);
            assertThat(SchemaText.parse(SchemaText.format(schema))).isEqualTo(schema);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            intt            | at character 1: there is no type intt
            [int8           | at character 6: ']' is expected, found the end
            R{a int8}       | at character 5: ':' is expected, found 'i'
            R{a: int8 b}    | at character 11: '}' is expected, found 'b'
            R{a: int8 = #0} | odd number of hexadecimal digits
            int8 int8       | the end is expected, found 'i'
            'abc            | a quoted name does not end
            []              | a name is expected, found ']'
            """)
    void when_the_text_is_wrong_then_the_position_is_told(String text, String message) {
        assertThatThrownBy(() -> SchemaText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void when_nested_too_deep_then_refused() {
        assertThatThrownBy(() -> SchemaText.parse("[".repeat(100_000))).hasMessageContaining("more than 200 deep");
    }

    private static Schema schema(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(9)) {
            case 0 -> Schema.Primitive.values()[random.nextInt(Schema.Primitive.values().length)];
            case 1 -> new Schema.Nullable(schema(random, depth - 1));
            case 2 -> new Schema.ListOf(schema(random, depth - 1));
            case 3 -> new Schema.MapOf(schema(random, depth - 1), schema(random, depth - 1));
            case 4 -> new Schema.EnumOf(name(random), List.of(name(random), name(random)));
            case 5 -> struct(random, depth);
            case 6 -> new Schema.Union(name(random), List.of(struct(random, depth - 1), struct(random, depth - 1)));
            case 7 -> new Schema.Opaque(name(random));
            default -> new Schema.Reference(name(random));
        };
    }

    private static Schema.Struct struct(Random random, int depth) {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Optional<Bytes> value =
                    random.nextBoolean() ? Optional.of(Bytes.of((byte) random.nextInt())) : Optional.empty();
            fields.add(new Schema.Field(name(random), schema(random, Math.max(0, depth - 1)), value));
        }
        return new Schema.Struct(name(random), List.copyOf(fields));
    }

    private static String name(Random random) {
        return random.ints(random.nextInt(6), 0x20, 0x7F)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
