package stream.weir.connector.files;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;

/**
 * A file that waits to become visible.
 *
 * @param hidden its name until then
 * @param length in bytes
 */
record Transaction(long checkpoint, String hidden, String visible, long length, int crc32c) {
    private static final int VERSION = 1;

    Bytes encode() {
        ByteWriter out = new ByteWriter();
        out.writeByte(VERSION);
        out.writeVarLong(checkpoint);
        out.writeString(hidden);
        out.writeString(visible);
        out.writeVarLong(length);
        out.writeInt(crc32c);
        return Bytes.of(out.toByteArray());
    }

    /**
     * @throws MalformedDataException when the bytes are no transaction of a file sink
     */
    static Transaction decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes.toByteArray());
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedDataException("a transaction of a file sink is of version " + version
                    + ", this sink knows " + VERSION + ": it was written by another kind of sink or a newer Weir");
        }
        return new Transaction(in.readVarLong(), name(in), name(in), in.readVarLong(), in.readInt());
    }

    private static String name(ByteReader in) {
        String name = in.readString();
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new MalformedDataException("a transaction of a file sink names the file \"" + name + "\"");
        }
        return name;
    }
}
