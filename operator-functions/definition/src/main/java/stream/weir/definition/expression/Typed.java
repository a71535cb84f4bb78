package stream.weir.definition.expression;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;

/**
 * A part of an expression with what CEL's checker would find out of it.
 *
 * @param type of its values; null for the literal null
 */
record Typed(Node node, @Nullable Schema type, Nulls nulls) {
    /** The literal. */
    static final Typed NULL = new Typed(row -> null, null, Nulls.ONLY);

    private static final Set<Primitive> PRIMITIVES = Set.of(
            Primitive.BOOL, Primitive.INT64, Primitive.DOUBLE, Primitive.STRING, Primitive.TIMESTAMP, Primitive.BYTES);

    /** What null has to do with a type. */
    enum Nulls {
        /** Literals and what operators yield: {@code 1 == null} is refused. */
        NONE,
        /** Fields of lists and maps: {@code x == null} is allowed, {@code c ? x : null} is not. */
        COMPARED,
        /** Other fields: both are allowed. */
        ALLOWED,
        /** The literal null, and {@code c ? null : x}, which CEL takes for one: no operator is applied to it. */
        ONLY
    }

    static Typed constant(Object value, Primitive type) {
        return new Typed(any -> value, type, Nulls.NONE);
    }

    static Typed bool(Node node) {
        return new Typed(node, Primitive.BOOL, Nulls.NONE);
    }

    /**
     * A field of a row.
     *
     * @throws NotSimple where CEL's type for it might be another one
     */
    static Typed field(Node node, Schema declared) {
        Schema type = declared instanceof Schema.Nullable nullable ? nullable.of() : declared;
        if (!plain(type)) {
            throw new NotSimple();
        }
        boolean scalar = type instanceof Primitive || type instanceof Schema.Struct;
        return new Typed(node, type, scalar ? Nulls.ALLOWED : Nulls.COMPARED);
    }

    private static boolean plain(Schema type) {
        return switch (type) {
            case Primitive primitive -> PRIMITIVES.contains(primitive);
            case Schema.Struct row -> true;
            case Schema.ListOf list -> plain(list.element());
            case Schema.MapOf map -> plain(map.key()) && plain(map.value());
            default -> false;
        };
    }

    boolean isNull() {
        return type == null;
    }

    boolean is(Primitive wanted) {
        return type == wanted && nulls != Nulls.ONLY;
    }

    /** @throws NotSimple where it has not the type {@code wanted} */
    Node as(Primitive wanted) {
        if (!is(wanted)) {
            throw new NotSimple();
        }
        return node;
    }
}
