package stream.weir.api.codec;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Schemas as one line of text, for manifests and messages. {@link #parse} reads back exactly what {@link #format} wrote.
 *
 * <pre>
 * type      = base { "?" }                                       nullable
 * base      = "bool" | "int8" | ... | "date_time" | "decimal"    a primitive in lower case
 *           | "[" type "]"                                       list
 *           | "[" type ":" type "]"                              map
 *           | name "(" [ name { "," name } ] ")"                 enum
 *           | struct
 *           | name "&lt;" [ struct { "," struct } ] "&gt;"             sealed interface
 *           | "^" name                                           reference to an enclosing type
 *           | "!" name                                           opaque
 * struct    = name "{" [ field { "," field } ] "}"
 * field     = name ":" type [ "=" "#" hex ]                      with the encoding of its default
 * name      = letter { letter | digit | "_" } | "'" characters, a quote doubled "'"
 * </pre>
 *
 * Blanks are allowed between any two of these. Example: {@code Trade{symbol: string, legs: [Leg{price: decimal?}] = #00}}.
 */
public final class SchemaText {
    private SchemaText() {}

    public static String format(Schema schema) {
        StringBuilder out = new StringBuilder();
        append(schema, out);
        return out.toString();
    }

    /**
     * @throws IllegalArgumentException when the text is not a schema: names the position, what is there and what was expected
     */
    public static Schema parse(String text) {
        return new SchemaParser(text).parse();
    }

    static String name(Schema.Primitive primitive) {
        return primitive.name().toLowerCase(Locale.ROOT);
    }

    private static void append(Schema schema, StringBuilder out) {
        switch (schema) {
            case Schema.Primitive primitive -> out.append(name(primitive));
            case Schema.Nullable nullable -> {
                append(nullable.of(), out);
                out.append('?');
            }
            case Schema.ListOf list -> {
                out.append('[');
                append(list.element(), out);
                out.append(']');
            }
            case Schema.MapOf map -> {
                out.append('[');
                append(map.key(), out);
                out.append(": ");
                append(map.value(), out);
                out.append(']');
            }
            case Schema.EnumOf type -> out.append(quoted(type.name())).append(names(type.constants()));
            case Schema.Struct struct -> appendStruct(struct, out);
            case Schema.Union union -> appendUnion(union, out);
            case Schema.Opaque opaque -> out.append('!').append(quoted(opaque.name()));
            case Schema.Reference reference -> out.append('^').append(quoted(reference.name()));
        }
    }

    private static void appendStruct(Schema.Struct struct, StringBuilder out) {
        out.append(quoted(struct.name())).append('{');
        String separator = "";
        for (Schema.Field field : struct.fields()) {
            out.append(separator).append(quoted(field.name())).append(": ");
            append(field.type(), out);
            field.defaultValue().ifPresent(value -> out.append(" = #").append(value.toHex()));
            separator = ", ";
        }
        out.append('}');
    }

    private static void appendUnion(Schema.Union union, StringBuilder out) {
        out.append(quoted(union.name())).append('<');
        String separator = "";
        for (Schema.Struct variant : union.variants()) {
            out.append(separator);
            appendStruct(variant, out);
            separator = ", ";
        }
        out.append('>');
    }

    private static String names(List<String> names) {
        return names.stream().map(SchemaText::quoted).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String quoted(String name) {
        return isPlain(name) ? name : "'" + name.replace("'", "''") + "'";
    }

    private static boolean isPlain(String name) {
        if (name.isEmpty() || !Character.isLetter(name.charAt(0))) {
            return false;
        }
        return name.chars().allMatch(SchemaText::isNamePart);
    }

    static boolean isNamePart(int character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }
}
