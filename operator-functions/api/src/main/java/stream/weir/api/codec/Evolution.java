package stream.weir.api.codec;

import java.util.List;

/**
 * Whether bytes of an old schema can be read by a new one, and how: the rules are those of {@link Schema}. Pure.
 *
 * <p>Old bytes are turned into bytes of the new schema, field by field, and then read by the codec of the new schema. So every
 * codec whose bytes are as its schema says can read old data without any knowledge of its own.
 */
public final class Evolution {
    private Evolution() {}

    /** How old bytes become new ones. Immutable, safe for use by any number of threads. */
    public static final class Plan {
        private final Conversion conversion;
        private final boolean identity;

        private Plan(Conversion conversion, boolean identity) {
            this.conversion = conversion;
            this.identity = identity;
        }

        /** Whether old bytes are new ones as they are. */
        public boolean isIdentity() {
            return identity;
        }

        /**
         * Reads one value of the old schema, leaves the reader behind it and appends the value in the new schema.
         *
         * @throws MalformedDataException when the bytes are not of the old schema
         */
        public void convert(ByteReader in, ByteWriter out) {
            conversion.convert(in, out);
        }
    }

    /**
     * @param written the schema of existing bytes
     * @param present the schema they are to have
     * @throws IncompatibleSchemaException when the change is not one of those that {@link Schema} allows: names the place, the
     *     old type and the new one
     */
    public static Plan plan(Schema written, Schema present) {
        if (SchemaEquality.sameBytes(written, present)) {
            return new Plan(new Conversion.Copy(topLevel(written)), true);
        }
        return new Plan(EvolutionPlanner.plan(written, present), false);
    }

    /** What a codec whose bytes are as its schema says returns from {@link Codec#reading}. */
    public static <T> Codec<T> reading(Codec<T> codec, Schema written) {
        Schema present = codec.schema();
        if (SchemaEquality.sameBytes(written, present)) {
            return codec;
        }
        return new EvolvedCodec<>(codec, plan(written, present));
    }

    /** The bytes of an opaque type that stands alone have no length, so nothing but its codec can tell their end. */
    private static Layout topLevel(Schema written) {
        if (written instanceof Schema.Opaque opaque) {
            throw new IllegalArgumentException(
                    "only its own codec can read the opaque type " + opaque.name() + ": use Codec.reading");
        }
        return Layout.of(written);
    }

    /** Where in a type; written as {@code Trade.legs[].price}. */
    record Place(String text) {
        static Place root(Schema schema) {
            return new Place(
                    switch (schema) {
                        case Schema.Struct struct -> struct.name();
                        case Schema.Union union -> union.name();
                        case Schema.EnumOf type -> type.name();
                        default -> "";
                    });
        }

        Place field(String name) {
            return new Place(text + "." + name);
        }

        Place element() {
            return new Place(text + "[]");
        }

        Place key() {
            return new Place(text + "{key}");
        }

        Place value() {
            return new Place(text + "{value}");
        }

        Place variant(String name) {
            return new Place(text + "<" + name + ">");
        }

        IncompatibleSchemaException refuse(Schema written, Schema present, String why) {
            return new IncompatibleSchemaException(
                    text,
                    "was written as " + SchemaWords.of(written) + " and is " + SchemaWords.of(present) + " now: "
                            + why);
        }

        IncompatibleSchemaException missing(String kind, List<String> lost, Schema present) {
            return new IncompatibleSchemaException(
                    text,
                    SchemaWords.of(present) + " has lost the " + kind + (lost.size() == 1 ? " " : "s ")
                            + String.join(", ", lost)
                            + ", which existing data may hold: put back what is missing");
        }
    }
}
