package stream.weir.codegen;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The expressions that write, read and describe values of a type, for one codec. Lists, maps and optionals within others get
 * methods of their own, enums a constant with their values; {@link #constants} and {@link #methods} give their source.
 */
final class TypeCode {
    private final Map<Type, Integer> composites = new LinkedHashMap<>();
    private final Map<Type.EnumOf, Integer> enums = new LinkedHashMap<>();

    /** A call, without semicolon. */
    String write(Type type, String value, String out) {
        return switch (type) {
            case Type.Simple simple -> simple.write().replace("$v", value).replace("$o", out);
            case Type.EnumOf ignored -> out + ".writeVarInt(" + value + ".ordinal())";
            case Type.Generated generated -> generated.codec() + ".write(" + value + ", " + out + ")";
            default -> "write" + number(type) + "(" + value + ", " + out + ")";
        };
    }

    String read(Type type, String in) {
        return switch (type) {
            case Type.Simple simple -> simple.read().replace("$i", in);
            case Type.EnumOf of -> "Encodings.readConstant(" + constant(of) + ", " + in + ")";
            case Type.Generated generated -> generated.codec() + ".read(" + in + ")";
            default -> "read" + number(type) + "(" + in + ")";
        };
    }

    /** @param scope name of the variable with the enclosing types */
    String schema(Type type, String scope) {
        return switch (type) {
            case Type.Simple simple -> "Schema.Primitive." + simple.primitive();
            case Type.EnumOf of -> "Encodings.enumSchema(" + of.java() + ".class, " + constant(of) + ")";
            case Type.Generated generated -> generated.codec() + ".schemaWithin(" + scope + ")";
            case Type.ListOf list -> "new Schema.ListOf(" + schema(list.element(), scope) + ")";
            case Type.OptionalOf optional -> "new Schema.Nullable(" + schema(optional.of(), scope) + ")";
            case Type.MapOf map ->
                "new Schema.MapOf(" + schema(map.key(), scope) + ", " + schema(map.value(), scope) + ")";
        };
    }

    void constants(Source source) {
        enums.forEach((type, number) -> source.line(
                "private static final " + type.java() + "[] CONSTANTS" + number + " = " + type.java() + ".values();"));
    }

    /** Writing a method may ask for more of them, so this goes on until all are written. */
    void methods(Source source) {
        int written = 0;
        while (written < composites.size()) {
            Type type = composites.keySet().stream().skip(written).findFirst().orElseThrow();
            written++;
            switch (type) {
                case Type.ListOf list -> list(list, written, source);
                case Type.MapOf map -> map(map, written, source);
                case Type.OptionalOf optional -> optional(optional, written, source);
                default -> throw new IllegalStateException(type + " needs no method");
            }
        }
    }

    private void list(Type.ListOf list, int number, Source source) {
        String element = list.element().java();
        source.open("private static void write" + number + "(" + list.java() + " values, ByteWriter out)")
                .line("out.writeVarInt(values.size());")
                .open("for (" + element + " value : values)")
                .line(write(list.element(), "value", "out") + ";")
                .close()
                .close()
                .blank()
                .open("private static " + list.java() + " read" + number + "(ByteReader in)")
                .line("int count = Encodings.readCount(in);")
                .line("java.util.List<" + element + "> values = new java.util.ArrayList<>(count);")
                .open("for (int i = 0; i < count; i++)")
                .line("values.add(" + read(list.element(), "in") + ");")
                .close()
                .line("return java.util.Collections.unmodifiableList(values);")
                .close()
                .blank();
    }

    private void map(Type.MapOf map, int number, Source source) {
        source.open("private static void write" + number + "(" + map.java() + " values, ByteWriter out)")
                .line("Encodings.writeMap(values, (key, to) -> " + write(map.key(), "key", "to") + ", (value, to) -> "
                        + write(map.value(), "value", "to") + ", out);")
                .close()
                .blank()
                .open("private static " + map.java() + " read" + number + "(ByteReader in)")
                .line("return Encodings.readMap(from -> " + read(map.key(), "from") + ", from -> "
                        + read(map.value(), "from") + ", in);")
                .close()
                .blank();
    }

    private void optional(Type.OptionalOf optional, int number, Source source) {
        source.open("private static void write" + number + "(" + optional.java() + " value, ByteWriter out)")
                .line("out.writeBoolean(value.isPresent());")
                .open("if (value.isPresent())")
                .line(write(optional.of(), "value.get()", "out") + ";")
                .close()
                .close()
                .blank()
                .open("private static " + optional.java() + " read" + number + "(ByteReader in)")
                .line("return in.readBoolean() ? java.util.Optional.of(" + read(optional.of(), "in")
                        + ") : java.util.Optional.empty();")
                .close()
                .blank();
    }

    private int number(Type type) {
        return composites.computeIfAbsent(type, ignored -> composites.size() + 1);
    }

    private String constant(Type.EnumOf type) {
        return "CONSTANTS" + enums.computeIfAbsent(type, ignored -> enums.size() + 1);
    }
}
