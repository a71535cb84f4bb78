package stream.weir.connector.kafka;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.connector.format.ahead.AheadRows;

/**
 * The rows of one writer for one checkpoint, as the checkpoint names them.
 *
 * @param id of the writer's Kafka transactions, and of the group that holds its {@link CommitRecord}
 * @param writer index of the replica that wrote them
 * @param anchor the topic under which the commit record is stored
 * @param partBytes after so many bytes of rows a Kafka transaction is followed by another one; 0 for one transaction
 */
record SinkTransaction(
        String id, int writer, long checkpoint, long run, String anchor, long partBytes, AheadRows rows) {
    private static final int VERSION = 1;

    boolean isEmpty() {
        return rows instanceof AheadRows.None;
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
        rows.encode(out);
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
                AheadRows.decode(in, "Kafka"));
    }
}
