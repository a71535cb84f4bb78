package stream.weir.definition.aggregate;

import stream.weir.api.codec.Schema;

/** The natural order of those types of fields that have one. */
final class ValueOrder {
    private ValueOrder() {}

    /** Whether values of this type can be compared. */
    static boolean covers(Schema type) {
        return type instanceof Schema.Primitive && type != Schema.Primitive.BYTES;
    }

    /** @param a of the same class as {@code b} */
    @SuppressWarnings("unchecked") // all classes of ordered types are comparable with themselves
    static int compare(Object a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }
}
