package stream.weir.connector.kafka;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;

/**
 * The rows of one writer for one checkpoint, as the checkpoint names them.
 *
 * @param id of the writer's Kafka transactions, and of the group that holds its {@link CommitRecord}
 * @param writer index of the replica that wrote them
 * @param anchor the topic under which the commit record is stored
 * @param partBytes after so many bytes of rows a Kafka transaction is followed by another one; 0 for one transaction
 */
record SinkTransaction(String id, int writer, long checkpoint, long run, String anchor, long partBytes, Rows rows) {
    private static final int VERSION = 1;
    private static final int NOTHING = 0;
    private static final int INLINE = 1;
    private static final int FILE = 2;

    /** Where the rows are. */
    sealed interface Rows {}

    /** There are none; that the checkpoint was reached is all there is to say. */
    record None() implements Rows {}

    record Inline(Bytes content) implements Rows {
        DataInputStream open() {
            return new DataInputStream(new ByteArrayInputStream(content.toByteArray()));
        }
    }

    /** @param name in the replica's folder, and in the checkpoint */
    record InFile(String name, long length, int crc32c) implements Rows {}

    boolean isEmpty() {
        return rows instanceof None;
    }

    Bytes encode() {
        ByteWriter out = new ByteWriter();
        out.writeByte(VERSION);
        out.writeString(id);
        out.writeVarInt(writer);
        out.writeVarLong(checkpoint);
        out.writeVarLong(run);
        out.writeString(anchor);
        out.writeVarLong(partBytes);
        switch (rows) {
            case None none -> out.writeByte(NOTHING);
            case Inline(var content) -> {
                out.writeByte(INLINE);
                out.writeLengthPrefixed(content.toByteArray(), 0, content.length());
            }
            case InFile(var name, var length, var crc32c) -> {
                out.writeByte(FILE);
                out.writeString(name);
                out.writeVarLong(length);
                out.writeInt(crc32c);
            }
        }
        return Bytes.of(out.toByteArray());
    }

    /**
     * @throws MalformedDataException when the bytes are no transaction of a Kafka sink
     */
    static SinkTransaction decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes.toByteArray());
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedDataException("a transaction of a Kafka sink is of version " + version
                    + ", this sink knows " + VERSION + ": it was written by another kind of sink or a newer Weir");
        }
        return new SinkTransaction(
                in.readString(),
                in.readVarInt(),
                in.readVarLong(),
                in.readVarLong(),
                in.readString(),
                in.readVarLong(),
                rows(in));
    }

    private static Rows rows(ByteReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case NOTHING -> new None();
            case INLINE -> new Inline(Bytes.of(in.readLengthPrefixed()));
            case FILE -> new InFile(in.readString(), in.readVarLong(), in.readInt());
            default -> throw new MalformedDataException("rows of a Kafka sink are of the unknown kind " + kind);
        };
    }
}
