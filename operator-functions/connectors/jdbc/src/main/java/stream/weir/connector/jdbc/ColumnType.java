package stream.weir.connector.jdbc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.RowType;

/** How a field of a row is a value of a column: the pairs that lose nothing. */
enum ColumnType {
    TEXT,
    UUID,
    SMALLINT,
    INTEGER,
    BIGINT,
    DOUBLE,
    NUMERIC,
    BOOLEAN,
    TIMESTAMPTZ,
    TIMESTAMP,
    BYTEA,
    JSON;

    /** The pair; empty where a value of the field has no place in the column. */
    static Optional<ColumnType> of(Schema field, String column) {
        ColumnType type =
                switch (field) {
                    case Primitive primitive -> ofPrimitive(primitive, column);
                    case Schema.ListOf list -> ofDocument(column);
                    case Schema.MapOf map -> ofDocument(column);
                    case Schema.Struct struct -> ofDocument(column);
                    default -> null;
                };
        return Optional.ofNullable(type);
    }

    private static @Nullable ColumnType ofPrimitive(Primitive field, String column) {
        return switch (field) {
            case STRING ->
                switch (column) {
                    case "text", "varchar", "bpchar", "citext" -> TEXT;
                    case "uuid" -> UUID;
                    default -> null;
                };
            case INT64 ->
                switch (column) {
                    case "int2" -> SMALLINT;
                    case "int4" -> INTEGER;
                    case "int8" -> BIGINT;
                    case "numeric" -> NUMERIC;
                    default -> null;
                };
            case DOUBLE ->
                switch (column) {
                    case "float8" -> DOUBLE;
                    case "numeric" -> NUMERIC;
                    default -> null;
                };
            case BOOL -> column.equals("bool") ? BOOLEAN : null;
            case TIMESTAMP ->
                switch (column) {
                    case "timestamptz" -> TIMESTAMPTZ;
                    case "timestamp" -> TIMESTAMP;
                    default -> null;
                };
            case BYTES -> column.equals("bytea") ? BYTEA : null;
            default -> null;
        };
    }

    private static @Nullable ColumnType ofDocument(String column) {
        return column.equals("json") || column.equals("jsonb") ? JSON : null;
    }

    /** The columns that a field can go to, for people; empty where there is none. */
    static String columnsFor(Schema field) {
        return switch (field) {
            case Primitive primitive ->
                switch (primitive) {
                    case STRING -> "text, varchar, char, citext or uuid";
                    case INT64 -> "bigint, integer, smallint or numeric";
                    case DOUBLE -> "double precision or numeric";
                    case BOOL -> "boolean";
                    case TIMESTAMP -> "timestamptz or timestamp";
                    case BYTES -> "bytea";
                    default -> "";
                };
            case Schema.ListOf list -> "jsonb or json";
            case Schema.MapOf map -> "jsonb or json";
            case Schema.Struct struct -> "jsonb or json";
            default -> "";
        };
    }

    /** Why a field can go to no column at all; empty where it can. */
    static Optional<String> unsupported(RowType.Column field) {
        return columnsFor(field.type()).isEmpty()
                ? Optional.of(
                        "The field " + field.name() + " is a " + field.type()
                                + ", which no column can hold: use string, int, double, bool, timestamp, bytes, list, map or row.")
                : Optional.empty();
    }
}
