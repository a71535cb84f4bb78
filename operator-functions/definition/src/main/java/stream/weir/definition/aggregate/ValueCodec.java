package stream.weir.definition.aggregate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;

/** Writes single values of one type of field. Numbers have a fixed width, so that stores can overwrite them in place. */
final class ValueCodec {
    private final Schema type;
    private final RowType box;
    private final Codec<Row> boxed;

    private ValueCodec(Schema type, RowType box, Codec<Row> boxed) {
        this.type = type;
        this.box = box;
        this.boxed = boxed;
    }

    static ValueCodec of(Schema type) {
        RowType box = new RowType(List.of(new RowType.Column("value", type)));
        return new ValueCodec(type, box, RowCodec.of(box));
    }

    Schema type() {
        return type;
    }

    void encode(Object value, ByteWriter out) {
        switch (value) {
            case Double number -> out.writeDouble(number);
            case Long number -> out.writeLong(number);
            case String text -> out.writeString(text);
            case Boolean bool -> out.writeBoolean(bool);
            case Instant instant -> {
                out.writeLong(instant.getEpochSecond());
                out.writeInt(instant.getNano());
            }
            case Bytes bytes -> out.writeLengthPrefixed(bytes.toByteArray(), 0, bytes.length());
            default -> boxed.encode(Row.of(box, value), out);
        }
    }

    Object decode(ByteReader in) {
        if (type instanceof Schema.Primitive primitive) {
            return switch (primitive) {
                case DOUBLE -> in.readDouble();
                case INT64 -> in.readLong();
                case STRING -> in.readString();
                case BOOL -> in.readBoolean();
                case TIMESTAMP -> Instant.ofEpochSecond(in.readLong(), in.readInt());
                case BYTES -> Bytes.of(in.readLengthPrefixed());
                default -> throw new MalformedDataException("no field is of the type " + primitive);
            };
        }
        Object value = boxed.decode(in).get(0);
        if (value == null) {
            throw new MalformedDataException("a null among the values of an aggregate");
        }
        return value;
    }

    void encodeNullable(@Nullable Object value, ByteWriter out) {
        out.writeBoolean(value != null);
        if (value != null) {
            encode(value, out);
        }
    }

    @Nullable
    Object decodeNullable(ByteReader in) {
        return in.readBoolean() ? decode(in) : null;
    }
}
