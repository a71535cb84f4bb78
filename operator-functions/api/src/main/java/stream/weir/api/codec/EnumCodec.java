package stream.weir.api.codec;

/** The constant's index. Encoded by name in the schema, so constants may be added and put into another order. */
final class EnumCodec<E extends Enum<E>> implements Codec<E> {
    private final E[] constants;
    private final Schema schema;

    private EnumCodec(E[] constants, Schema schema) {
        this.constants = constants;
        this.schema = schema;
    }

    static <E extends Enum<E>> EnumCodec<E> of(Class<E> type) {
        E[] constants = type.getEnumConstants();
        return new EnumCodec<>(constants, Encodings.enumSchema(type, constants));
    }

    @Override
    public void encode(E value, ByteWriter out) {
        out.writeVarInt(value.ordinal());
    }

    @Override
    public E decode(ByteReader in) {
        return Encodings.readConstant(constants, in);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Codec<E> reading(Schema written) {
        return Evolution.reading(this, written);
    }
}
