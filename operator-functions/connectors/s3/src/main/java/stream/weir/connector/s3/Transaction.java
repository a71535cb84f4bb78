package stream.weir.connector.s3;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;

/**
 * An object that waits for its final name.
 *
 * @param pending its name until then
 * @param length in bytes
 */
record Transaction(long checkpoint, String pending, String committed, long length) {
    private static final int VERSION = 1;

    Bytes encode() {
        ByteWriter out = new ByteWriter();
        out.writeByte(VERSION);
        out.writeVarLong(checkpoint);
        out.writeString(pending);
        out.writeString(committed);
        out.writeVarLong(length);
        return Bytes.of(out.toByteArray());
    }

    /**
     * @throws MalformedDataException when the bytes are no transaction of an S3 sink
     */
    static Transaction decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes.toByteArray());
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedDataException("a transaction of an S3 sink is of version " + version
                    + ", this sink knows " + VERSION + ": it was written by another kind of sink or a newer Weir");
        }
        Transaction read = new Transaction(in.readVarLong(), in.readString(), in.readString(), in.readVarLong());
        if (!read.pending.startsWith(Names.PENDING) || read.committed.startsWith("_")) {
            throw new MalformedDataException("a transaction of an S3 sink goes from " + read.pending + " to "
                    + read.committed + ": it was written by another kind of sink");
        }
        return read;
    }
}
