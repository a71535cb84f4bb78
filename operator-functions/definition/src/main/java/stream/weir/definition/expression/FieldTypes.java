package stream.weir.definition.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.codec.Schema;

/** The types of fields as CEL knows them, and back. Rows become structures, each under a name of its own. */
final class FieldTypes {
    private static final String ROW = "weir.Row";

    private final Map<String, CelType> structures = new LinkedHashMap<>();
    private final Map<String, Schema.Struct> rows = new HashMap<>();

    /** The structures that were made so far. */
    CelTypeProvider structures() {
        return new Structures(ImmutableMap.copyOf(structures));
    }

    private record Structures(ImmutableMap<String, CelType> byName) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return byName.values();
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(byName.get(name));
        }
    }

    /** Field names to types of a structure that {@link #ofField} made. */
    Schema.Struct row(String structure) {
        Schema.Struct row = rows.get(structure);
        if (row == null) {
            throw new IllegalArgumentException("no structure " + structure + " among " + rows.keySet());
        }
        return row;
    }

    /** The type of a variable; null is among its values. */
    CelType ofField(Schema schema) {
        CelType type = ofElement(schema);
        return type instanceof SimpleType && !type.equals(SimpleType.TIMESTAMP) && !type.equals(SimpleType.DYN)
                ? NullableType.create(type)
                : type;
    }

    private CelType ofElement(Schema schema) {
        return switch (schema) {
            case Schema.Primitive primitive -> ofPrimitive(primitive);
            case Schema.Nullable nullable -> ofField(nullable.of());
            case Schema.ListOf list -> ListType.create(ofElement(list.element()));
            case Schema.MapOf map -> MapType.create(ofElement(map.key()), ofElement(map.value()));
            case Schema.Struct row -> structure(row);
            default -> SimpleType.DYN;
        };
    }

    private static CelType ofPrimitive(Schema.Primitive primitive) {
        return switch (primitive) {
            case BOOL -> SimpleType.BOOL;
            case INT64 -> SimpleType.INT;
            case DOUBLE -> SimpleType.DOUBLE;
            case STRING -> SimpleType.STRING;
            case BYTES -> SimpleType.BYTES;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            default -> SimpleType.DYN;
        };
    }

    /** Rows of one type are one structure, so that they can be compared. */
    private CelType structure(Schema.Struct row) {
        for (Map.Entry<String, CelType> known : structures.entrySet()) {
            if (row.equals(rows.get(known.getKey()))) {
                return known.getValue();
            }
        }
        ImmutableMap.Builder<String, CelType> fields = ImmutableMap.builder();
        row.fields().forEach(field -> fields.put(field.name(), ofField(field.type())));
        ImmutableMap<String, CelType> types = fields.buildOrThrow();
        String name = ROW + (rows.size() + 1);
        StructType type = StructType.create(name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
        rows.put(name, row);
        structures.put(name, type);
        return type;
    }

    /** The field type for a result; empty where a row cannot hold such a value. */
    Optional<Schema> toField(CelType type) {
        if (type instanceof NullableType nullable) {
            return toField(nullable.targetType());
        }
        if (type instanceof ListType list && list.hasElemType()) {
            return toElement(list.elemType()).map(Schema.ListOf::new);
        }
        if (type instanceof MapType map) {
            return toField(map.keyType())
                    .flatMap(key -> toElement(map.valueType()).map(value -> new Schema.MapOf(key, value)));
        }
        if (rows.containsKey(type.name())) {
            return Optional.of(row(type.name()));
        }
        return switch (type.kind()) {
            case BOOL -> Optional.of(Schema.Primitive.BOOL);
            case INT -> Optional.of(Schema.Primitive.INT64);
            case DOUBLE -> Optional.of(Schema.Primitive.DOUBLE);
            case STRING -> Optional.of(Schema.Primitive.STRING);
            case BYTES -> Optional.of(Schema.Primitive.BYTES);
            case TIMESTAMP -> Optional.of(Schema.Primitive.TIMESTAMP);
            default -> Optional.empty();
        };
    }

    /** Within lists and maps it matters whether null is among the values. */
    private Optional<Schema> toElement(CelType type) {
        return type instanceof NullableType ? toField(type).map(Schema.Nullable::new) : toField(type);
    }

    /** A type as people call it. */
    static String spelled(String celType) {
        return celType.replaceAll("wrapper\\(([a-z]+)\\)", "$1")
                .replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration")
                .replaceAll("weir\\.Row[0-9]+", "row")
                .replaceAll("%([A-Z])[0-9]*", "$1");
    }
}
