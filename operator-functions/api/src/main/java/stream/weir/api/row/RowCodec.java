package stream.weir.api.row;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Encodings;
import stream.weir.api.codec.Evolution;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.codec.Schema;

/**
 * Rows of one type: a bit for each field, set for null, then the values that are not null, in order.
 *
 * <p>Every record of a pipeline file passes here, so the common types are written without a call through {@link Codec}.
 */
public final class RowCodec implements Codec<Row> {
    private static final byte OTHER = 0;
    private static final byte STRING = 1;
    private static final byte LONG = 2;
    private static final byte DOUBLE = 3;
    private static final byte BOOLEAN = 4;
    private static final byte INSTANT = 5;

    private final RowType type;
    private final byte[] kinds;
    private final Codec<Object>[] codecs;
    private final Schema.Struct schema;

    private RowCodec(RowType type, byte[] kinds, Codec<Object>[] codecs, Schema.Struct schema) {
        this.type = type;
        this.kinds = kinds;
        this.codecs = codecs;
        this.schema = schema;
    }

    /**
     * @throws IllegalArgumentException when a column is of a type that rows cannot have: an enum, a sealed interface, an opaque
     *     type or a reference
     */
    public static RowCodec of(RowType type) {
        int size = type.size();
        byte[] kinds = new byte[size];
        @SuppressWarnings({"unchecked", "rawtypes"})
        Codec<Object>[] codecs = new Codec[size];
        for (int i = 0; i < size; i++) {
            RowType.Column column = type.columns().get(i);
            kinds[i] = kind(column.type());
            codecs[i] = RowValues.codec(column.type(), column.name());
        }
        return new RowCodec(type, kinds, codecs, schema(type, codecs));
    }

    /** Made of the codecs, since they make the bytes: fields of rows within this one are nullable in any case. */
    private static Schema.Struct schema(RowType type, Codec<Object>[] codecs) {
        List<Schema.Field> fields = new ArrayList<>(codecs.length);
        for (int i = 0; i < codecs.length; i++) {
            fields.add(new Schema.Field(type.columns().get(i).name(), new Schema.Nullable(codecs[i].schema())));
        }
        return new Schema.Struct("row", List.copyOf(fields));
    }

    /** The type of the rows it reads. */
    public RowType type() {
        return type;
    }

    /**
     * @throws IllegalArgumentException when the row is of another type, or a value of a class that its field does not hold
     */
    @Override
    public void encode(Row row, ByteWriter out) {
        if (row.type() != type && !row.type().equals(type)) {
            throw new IllegalArgumentException("a row of " + row.type() + " cannot be written as one of " + type);
        }
        writeNulls(row, out);
        for (int i = 0; i < kinds.length; i++) {
            Object value = row.get(i);
            if (value != null) {
                try {
                    write(i, value, out);
                } catch (ClassCastException e) {
                    throw wrongClass(i, value, e);
                }
            }
        }
    }

    private void writeNulls(Row row, ByteWriter out) {
        int bits = 0;
        for (int i = 0; i < kinds.length; i++) {
            if (row.get(i) == null) {
                bits |= 1 << (i & 7);
            }
            if ((i & 7) == 7) {
                out.writeByte(bits);
                bits = 0;
            }
        }
        if ((kinds.length & 7) != 0 || kinds.length == 0) {
            out.writeByte(bits);
        }
    }

    private void write(int index, Object value, ByteWriter out) {
        switch (kinds[index]) {
            case STRING -> out.writeString((String) value);
            case LONG -> out.writeLong((Long) value);
            case DOUBLE -> out.writeDouble((Double) value);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case INSTANT -> Encodings.writeInstant((java.time.Instant) value, out);
            default -> codecs[index].encode(value, out);
        }
    }

    @Override
    public Row decode(ByteReader in) {
        int size = kinds.length;
        @Nullable Object[] values = new @Nullable Object[size];
        if (size == 0) {
            Encodings.readNothing(in);
            return Row.owning(type, values);
        }
        byte[] buffer = in.buffer();
        int bitmap = in.position();
        in.skip((size + 7) >> 3);
        for (int i = 0; i < size; i++) {
            if ((buffer[bitmap + (i >> 3)] >> (i & 7) & 1) == 0) {
                values[i] = read(i, in);
            }
        }
        if ((size & 7) != 0 && (buffer[bitmap + (size >> 3)] & 0xFF) >> (size & 7) != 0) {
            throw new MalformedDataException("bits beyond the last field of a row are set, at byte " + bitmap);
        }
        return Row.owning(type, values);
    }

    private Object read(int index, ByteReader in) {
        return switch (kinds[index]) {
            case STRING -> in.readString();
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            case BOOLEAN -> in.readBoolean();
            case INSTANT -> Encodings.readInstant(in);
            default -> codecs[index].decode(in);
        };
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Codec<Row> reading(Schema written) {
        return Evolution.reading(this, written);
    }

    @Override
    public String toString() {
        return "RowCodec" + type;
    }

    private static byte kind(Schema type) {
        if (!(type instanceof Schema.Primitive primitive)) {
            return OTHER;
        }
        return switch (primitive) {
            case STRING -> STRING;
            case INT64 -> LONG;
            case DOUBLE -> DOUBLE;
            case BOOL -> BOOLEAN;
            case TIMESTAMP -> INSTANT;
            default -> OTHER;
        };
    }

    private IllegalArgumentException wrongClass(int index, Object value, ClassCastException cause) {
        RowType.Column column = type.columns().get(index);
        return new IllegalArgumentException(
                "field " + column.name() + " is " + column.type() + ", but holds a value of "
                        + value.getClass().getName() + ": " + value,
                cause);
    }
}
