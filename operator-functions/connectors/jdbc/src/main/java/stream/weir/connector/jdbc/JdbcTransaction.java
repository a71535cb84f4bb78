package stream.weir.connector.jdbc;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.SchemaText;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.ahead.AheadRows;

/**
 * The rows of one writer for one checkpoint, as the checkpoint names them. It says itself where they go and what they are, so that a
 * pipeline that was changed in between still commits them as they were meant.
 *
 * @param key fields of {@code type}
 */
record JdbcTransaction(
        WriterId writer, long checkpoint, TableName table, List<String> key, RowType type, AheadRows rows) {
    private static final int VERSION = 1;

    Bytes encode() {
        ByteWriter out = new ByteWriter();
        out.writeByte(VERSION);
        out.writeString(writer.pipeline());
        out.writeString(writer.stage());
        out.writeVarInt(writer.replica());
        out.writeVarLong(checkpoint);
        out.writeString(table.toString());
        out.writeVarInt(key.size());
        key.forEach(out::writeString);
        out.writeString(SchemaText.format(type.schema()));
        rows.encode(out);
        return Bytes.of(out.toByteArray());
    }

    /**
     * @throws MalformedDataException when the bytes are no transaction of a JDBC sink
     */
    static JdbcTransaction decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes.toByteArray());
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedDataException("a transaction of a JDBC sink is of version " + version
                    + ", this sink knows " + VERSION + ": it was written by another kind of sink or a newer Weir");
        }
        WriterId writer = new WriterId(in.readString(), in.readString(), in.readVarInt());
        long checkpoint = in.readVarLong();
        TableName table = TableName.parse(in.readString());
        int keys = in.readVarInt();
        List<String> key = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            key.add(in.readString());
        }
        if (!(SchemaText.parse(in.readString()) instanceof Schema.Struct struct)) {
            throw new MalformedDataException("the rows of a JDBC sink are not rows");
        }
        return new JdbcTransaction(
                writer, checkpoint, table, List.copyOf(key), RowType.of(struct), AheadRows.decode(in, "JDBC"));
    }
}
