package stream.weir.api.row;

import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.codec.Evolution;
import stream.weir.api.codec.Schema;

/** Codecs of what stands in a row, as plain objects. */
final class RowValues {
    private RowValues() {}

    /** @param field for messages */
    @SuppressWarnings("unchecked") // the values of a row are checked by casts in its codec
    static Codec<Object> codec(Schema type, String field) {
        Codec<?> codec =
                switch (type) {
                    case Schema.Primitive primitive -> Codecs.of(primitive);
                    case Schema.Nullable nullable -> new OrNull(codec(nullable.of(), field));
                    case Schema.ListOf list -> Codecs.list(codec(list.element(), field));
                    case Schema.MapOf map -> Codecs.map(codec(map.key(), field), codec(map.value(), field));
                    case Schema.Struct struct -> RowCodec.of(RowType.of(struct));
                    case Schema.EnumOf other -> throw unsupported(other, field);
                    case Schema.Union other -> throw unsupported(other, field);
                    case Schema.Opaque other -> throw unsupported(other, field);
                    case Schema.Reference other -> throw unsupported(other, field);
                };
        return (Codec<Object>) codec;
    }

    private static IllegalArgumentException unsupported(Schema type, String field) {
        return new IllegalArgumentException("field " + field + " of a row cannot be " + type
                + ": rows hold primitives, lists, maps and rows; use a string for an enum");
    }

    /** An element of a list or map that may be null. */
    private record OrNull(Codec<Object> of) implements Codec<Object> {
        @Override
        public void encode(@Nullable Object value, ByteWriter out) {
            out.writeBoolean(value != null);
            if (value != null) {
                of.encode(value, out);
            }
        }

        @Override
        @SuppressWarnings("NullAway") // only lists and maps of rows use it, and their elements may be null
        public Object decode(ByteReader in) {
            return in.readBoolean() ? of.decode(in) : null;
        }

        @Override
        public Schema schema() {
            return new Schema.Nullable(of.schema());
        }

        @Override
        public Codec<Object> reading(Schema written) {
            return Evolution.reading(this, written);
        }
    }
}
