package stream.weir.api.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads one text of the grammar in {@link SchemaText}, by recursive descent. Used once. */
final class SchemaParser {
    /** Deeper types are refused, so that a damaged text cannot overflow the stack. */
    private static final int MAX_DEPTH = 200;

    private static final Map<String, Schema.Primitive> PRIMITIVES = primitives();

    private final String text;
    private int position;
    private int depth;

    SchemaParser(String text) {
        this.text = text;
    }

    Schema parse() {
        Schema schema = type();
        if (peek() != 0) {
            throw expected("the end");
        }
        return schema;
    }

    private Schema type() {
        if (++depth > MAX_DEPTH) {
            throw error("types are nested more than " + MAX_DEPTH + " deep");
        }
        Schema schema = base();
        while (accept('?')) {
            schema = new Schema.Nullable(schema);
        }
        depth--;
        return schema;
    }

    private Schema base() {
        if (accept('[')) {
            return listOrMap();
        }
        if (accept('^')) {
            return new Schema.Reference(name());
        }
        if (accept('!')) {
            return new Schema.Opaque(name());
        }
        int start = position;
        String name = name();
        return switch (peek()) {
            case '(' -> new Schema.EnumOf(name, sequence('(', ')', this::name));
            case '{' -> struct(name);
            case '<' -> new Schema.Union(name, sequence('<', '>', () -> struct(name())));
            default -> primitive(name, start);
        };
    }

    private Schema listOrMap() {
        Schema first = type();
        if (accept(':')) {
            Schema value = type();
            expect(']');
            return new Schema.MapOf(first, value);
        }
        expect(']');
        return new Schema.ListOf(first);
    }

    private Schema.Struct struct(String name) {
        return new Schema.Struct(name, sequence('{', '}', this::field));
    }

    private Schema.Field field() {
        String name = name();
        expect(':');
        Schema type = type();
        return new Schema.Field(name, type, accept('=') ? Optional.of(hex()) : Optional.empty());
    }

    private Bytes hex() {
        expect('#');
        int start = position;
        while (position < text.length() && Character.digit(text.charAt(position), 16) >= 0) {
            position++;
        }
        if ((position - start) % 2 != 0) {
            throw error("a default has an odd number of hexadecimal digits");
        }
        return Bytes.fromHex(text.substring(start, position));
    }

    private Schema primitive(String name, int start) {
        Schema.Primitive primitive = PRIMITIVES.get(name);
        if (primitive == null) {
            position = start;
            throw error("there is no type " + name + "; types without parts are "
                    + PRIMITIVES.keySet().stream().sorted().toList());
        }
        return primitive;
    }

    private <T> List<T> sequence(char open, char close, Supplier<T> element) {
        expect(open);
        List<T> elements = new ArrayList<>();
        if (!accept(close)) {
            do {
                elements.add(element.get());
            } while (accept(','));
            expect(close);
        }
        return List.copyOf(elements);
    }

    private String name() {
        if (accept('\'')) {
            return quotedRest();
        }
        if (!Character.isLetter(peek())) {
            throw expected("a name");
        }
        int start = position;
        while (position < text.length() && SchemaText.isNamePart(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private String quotedRest() {
        StringBuilder name = new StringBuilder();
        while (position < text.length()) {
            char next = text.charAt(position++);
            if (next != '\'') {
                name.append(next);
            } else if (position < text.length() && text.charAt(position) == '\'') {
                name.append('\'');
                position++;
            } else {
                return name.toString();
            }
        }
        throw error("a quoted name does not end");
    }

    private boolean accept(char character) {
        if (peek() != character) {
            return false;
        }
        position++;
        return true;
    }

    private void expect(char character) {
        if (!accept(character)) {
            throw expected("'" + character + "'");
        }
    }

    /** The next character that is not blank, 0 at the end; the position is moved to it. */
    private char peek() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
        return position < text.length() ? text.charAt(position) : 0;
    }

    private IllegalArgumentException expected(String what) {
        char found = peek();
        return error(what + " is expected, found " + (found == 0 ? "the end" : "'" + found + "'"));
    }

    private IllegalArgumentException error(String what) {
        return new IllegalArgumentException(
                "not a schema, at character " + (position + 1) + ": " + what + " in \"" + text + "\"");
    }

    private static Map<String, Schema.Primitive> primitives() {
        Map<String, Schema.Primitive> primitives = new HashMap<>();
        for (Schema.Primitive primitive : Schema.Primitive.values()) {
            primitives.put(SchemaText.name(primitive), primitive);
        }
        return Map.copyOf(primitives);
    }
}
