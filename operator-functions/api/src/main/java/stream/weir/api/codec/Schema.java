package stream.weir.api.codec;

import java.util.List;
import java.util.Optional;

/**
 * The shape of encoded values. A schema is data: it travels in manifests and is compared when a checkpoint is restored.
 *
 * <p><b>Evolution.</b> Bytes of an old schema can be read by a new one when, at every place, they are equal, or
 * <ul>
 *   <li>a record gained a field that has a default (or is nullable): absent means the default;
 *   <li>a record lost a field: its bytes are skipped;
 *   <li>a number was widened: int8 → int16 → int32 → int64, float → double, any int up to int32 → double;
 *   <li>a type became nullable;
 *   <li>an enum or a sealed interface gained a constant or a variant.
 * </ul>
 * Fields, constants and variants are matched by name. Everything else is refused.
 *
 * <p><b>Layout.</b> Every encoding has at least one byte, and none has a length of its own around it:
 * <ul>
 *   <li>bool is one byte, 0 or 1; int8, int16, int32, int64, float, double and char are big-endian in 1, 2, 4, 8, 4, 8 and 2
 *       bytes: fixed, because numbers are read and written far more often than they are stored;
 *   <li>string and bytes have their length as a varint before them; the other primitives are as in {@link Encodings};
 *   <li>nullable: one byte, 0 for null, 1 before a value; as a field of a struct only a bit;
 *   <li>list and map: the count as a varint, then the elements, or each key and its value, sorted by the bytes of the keys;
 *   <li>enum: the constant's index as a varint; union: the variant's index as a varint, then its struct;
 *   <li>struct: one bit for each nullable field, lowest bit first, 1 for null, in as many bytes as they take; then the values
 *       that are not null, in order. A struct without fields is one zero byte;
 *   <li>opaque: as its codec writes it; within another type with its length as a varint before it.
 * </ul>
 */
public sealed interface Schema {
    /** A type without parts. */
    enum Primitive implements Schema {
        BOOL,
        INT8,
        INT16,
        INT32,
        INT64,
        FLOAT,
        DOUBLE,
        CHAR,
        STRING,
        BYTES,
        /** UTC, nanoseconds. */
        TIMESTAMP,
        DATE,
        TIME,
        DATE_TIME,
        DURATION,
        UUID,
        DECIMAL
    }

    /** A value or its absence. */
    record Nullable(Schema of) implements Schema {}

    record ListOf(Schema element) implements Schema {}

    record MapOf(Schema key, Schema value) implements Schema {}

    /** @param name simple name of the enum */
    record EnumOf(String name, List<String> constants) implements Schema {}

    /**
     * Named fields in order: a Java record, or a {@link stream.weir.api.row.Row}.
     *
     * @param name simple name of the record; {@code row} for rows
     */
    record Struct(String name, List<Field> fields) implements Schema {}

    /**
     * @param defaultValue the encoding of the value that stands for an absent field (of a nullable type: of the type within);
     *     empty where there is none, which for a nullable field means null
     */
    record Field(String name, Schema type, Optional<Bytes> defaultValue) {
        public Field(String name, Schema type) {
            this(name, type, Optional.empty());
        }
    }

    /** A sealed interface: one of several structs. */
    record Union(String name, List<Struct> variants) implements Schema {}

    /** A type that only its own codec understands; equal names are taken to be equal types. */
    record Opaque(String name) implements Schema {}

    /** A reference from inside a recursive type to the struct or union of that name that encloses it. */
    record Reference(String name) implements Schema {}
}
