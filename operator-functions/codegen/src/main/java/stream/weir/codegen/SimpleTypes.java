package stream.weir.codegen;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Types without parts, by the name of the Java type. */
final class SimpleTypes {
    private static final Map<String, Type.Simple> TYPES = types();

    private SimpleTypes() {}

    /** @param javaName primitive, or qualified name of a class */
    static Optional<Type.Simple> find(String javaName) {
        return Optional.ofNullable(TYPES.get(javaName));
    }

    private static Map<String, Type.Simple> types() {
        Map<String, Type.Simple> types = new HashMap<>();
        boxed(types, "boolean", "java.lang.Boolean", "BOOL", "Boolean");
        boxed(types, "byte", "java.lang.Byte", "INT8", "Byte");
        boxed(types, "short", "java.lang.Short", "INT16", "Short");
        boxed(types, "int", "java.lang.Integer", "INT32", "Int");
        boxed(types, "long", "java.lang.Long", "INT64", "Long");
        boxed(types, "float", "java.lang.Float", "FLOAT", "Float");
        boxed(types, "double", "java.lang.Double", "DOUBLE", "Double");
        types.put("java.lang.String", direct("java.lang.String", "STRING", "String"));
        types.put("char", encoded("java.lang.Character", "CHAR", "Char"));
        types.put("java.lang.Character", encoded("java.lang.Character", "CHAR", "Char"));
        types.put("byte[]", encoded("byte[]", "BYTES", "ByteArray"));
        add(types, "stream.weir.api.codec.Bytes", "BYTES", "Bytes");
        add(types, "java.time.Instant", "TIMESTAMP", "Instant");
        add(types, "java.time.LocalDate", "DATE", "Date");
        add(types, "java.time.LocalTime", "TIME", "Time");
        add(types, "java.time.LocalDateTime", "DATE_TIME", "DateTime");
        add(types, "java.time.Duration", "DURATION", "Duration");
        add(types, "java.util.UUID", "UUID", "Uuid");
        add(types, "java.math.BigDecimal", "DECIMAL", "Decimal");
        return Map.copyOf(types);
    }

    private static void boxed(
            Map<String, Type.Simple> types, String primitive, String box, String schema, String method) {
        Type.Simple type = direct(box, schema, method);
        types.put(primitive, type);
        types.put(box, type);
    }

    private static void add(Map<String, Type.Simple> types, String java, String schema, String method) {
        types.put(java, encoded(java, schema, method));
    }

    private static Type.Simple direct(String java, String schema, String method) {
        return new Type.Simple(java, schema, "$o.write" + method + "($v)", "$i.read" + method + "()");
    }

    private static Type.Simple encoded(String java, String schema, String method) {
        return new Type.Simple(
                java, schema, "Encodings.write" + method + "($v, $o)", "Encodings.read" + method + "($i)");
    }
}
