package stream.weir.connector.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;

/**
 * What a durable edge puts into a topic: rows with their event time, and watermarks, one for each replica of the stage above.
 *
 * <pre>
 * row        1, CRC32C of its schema (4), event time (8), the row as {@link RowCodec} writes it
 * watermark  2, run (8), replica (4), replicas (4), watermark (8)
 * </pre>
 *
 * One thread at a time.
 */
final class EdgeRecords {
    /** The rows that the sink takes: as which record, to which partition. */
    static final RowType CARRIED = new RowType(List.of(
            new RowType.Column(ValueDecoder.VALUE, Primitive.BYTES),
            new RowType.Column("key", Primitive.BYTES),
            new RowType.Column("partition", Primitive.STRING)));

    private static final byte ROW = 1;
    private static final byte WATERMARK = 2;

    private final RowCodec rows;
    private final RowCodec keys;
    private final int[] keyFields;
    private final RowType keyRows;
    private final int schema;
    private final ByteWriter buffer = new ByteWriter();

    private EdgeRecords(RowType rows, RowType keyRows, int[] keyFields, int schema) {
        this.rows = RowCodec.of(rows);
        this.keys = RowCodec.of(keyRows);
        this.keyRows = keyRows;
        this.keyFields = keyFields;
        this.schema = schema;
    }

    /** @param key fields of {@code rows}; may be none */
    static EdgeRecords of(RowType rows, List<String> key) {
        int[] fields = key.stream().mapToInt(rows::indexOf).toArray();
        RowType keyRows = new RowType(
                key.stream().map(name -> rows.columns().get(rows.indexOf(name))).toList());
        CRC32C checksum = new CRC32C();
        checksum.update(rows.schema().toString().getBytes(StandardCharsets.UTF_8));
        return new EdgeRecords(rows, keyRows, fields, (int) checksum.getValue());
    }

    /** What a replica of the stage above has come to. */
    record Watermark(long run, int replica, int replicas, long millis) implements Content {}

    record Data(Row row, long timestamp) implements Content {}

    /** What a record holds. */
    sealed interface Content {}

    Row row(Row row, long timestamp) {
        buffer.reset();
        buffer.writeByte(ROW);
        buffer.writeInt(schema);
        buffer.writeLong(timestamp);
        rows.encode(row, buffer);
        Bytes value = Bytes.of(buffer.toByteArray());
        return Row.of(CARRIED, value, key(row), null);
    }

    private Bytes key(Row row) {
        @Nullable Object[] fields = new @Nullable Object[keyFields.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = row.get(keyFields[i]);
        }
        buffer.reset();
        keys.encode(Row.owning(keyRows, fields), buffer);
        return Bytes.of(buffer.toByteArray());
    }

    Row watermark(Watermark watermark, int partition) {
        buffer.reset();
        buffer.writeByte(WATERMARK);
        encode(watermark, buffer);
        return Row.of(CARRIED, Bytes.of(buffer.toByteArray()), Bytes.of(new byte[] {0}), Integer.toString(partition));
    }

    static void encode(Watermark watermark, ByteWriter out) {
        out.writeLong(watermark.run);
        out.writeInt(watermark.replica);
        out.writeInt(watermark.replicas);
        out.writeLong(watermark.millis);
    }

    static Watermark watermark(ByteReader in) {
        return new Watermark(in.readLong(), in.readInt(), in.readInt(), in.readLong());
    }

    /** @throws MalformedDataException when it is no record of an edge with such rows */
    Content decode(Bytes value) {
        ByteReader in = new ByteReader(value.toByteArray());
        int kind = in.readByte();
        switch (kind) {
            case ROW -> {
                int written = in.readInt();
                if (written != schema) {
                    throw new MalformedDataException(
                            "was written with other fields than the stage above has now; let the"
                                    + " stages below read all that is there before the fields change, or take another topic");
                }
                long timestamp = in.readLong();
                return new Data(rows.decode(in), timestamp);
            }
            case WATERMARK -> {
                return watermark(in);
            }
            default ->
                throw new MalformedDataException(
                        "is none of a durable edge (kind " + kind + "): does anybody else write to this topic?");
        }
    }
}
