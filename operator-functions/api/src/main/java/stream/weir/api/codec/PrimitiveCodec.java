package stream.weir.api.codec;

/**
 * What the codecs of types without parts have in common. Each type has a class of its own, so that a call site that sees one
 * type only can be compiled for it.
 */
abstract class PrimitiveCodec<T> implements Codec<T> {
    private final Schema.Primitive schema;

    PrimitiveCodec(Schema.Primitive schema) {
        this.schema = schema;
    }

    @Override
    public final Schema schema() {
        return schema;
    }

    @Override
    public final Codec<T> reading(Schema written) {
        return Evolution.reading(this, written);
    }

    @Override
    public final String toString() {
        return SchemaText.format(schema);
    }
}
