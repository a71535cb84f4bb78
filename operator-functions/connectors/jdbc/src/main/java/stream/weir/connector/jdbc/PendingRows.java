package stream.weir.connector.jdbc;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.connector.format.ahead.WrittenAhead;

/** How rows that wait for their commit are written: each behind its length. One thread at a time. */
final class PendingRows {
    private final RowCodec codec;
    private final ByteWriter single = new ByteWriter();

    PendingRows(RowCodec codec) {
        this.codec = codec;
    }

    void add(Row row, WrittenAhead to) throws IOException {
        single.reset();
        codec.encode(row, single);
        to.buffer().writeInt(single.size());
        to.buffer().writeBytes(single.buffer(), 0, single.size());
        to.added();
    }

    /** The next of the rows that were added; empty at the end. */
    static Optional<Row> next(DataInputStream in, RowCodec codec) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("rows for the database end within a row");
        }
        return Optional.of(codec.decode(new ByteReader(bytes)));
    }
}
