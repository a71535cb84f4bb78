package stream.weir.connector.format.ahead;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.sink.SinkContext;

/** Where the rows of a checkpoint are that were written ahead, as a sink's transaction says it. */
public sealed interface AheadRows {
    /** There are none; that the checkpoint was reached is all there is to say. */
    record None() implements AheadRows {
        private static final int KIND = 0;
    }

    /** In the transaction itself, as they are few. */
    record Inline(Bytes content) implements AheadRows {
        private static final int KIND = 1;
    }

    /** @param name in the replica's folder, and in the checkpoint */
    record InFile(String name, long length, int crc32c) implements AheadRows {
        private static final int KIND = 2;
        private static final int CHUNK = 64 * 1024;

        /**
         * The file on local disk, brought from the checkpoint where it is not there, and checked as a whole before anybody reads the
         * first of its rows.
         */
        public Path local(SinkContext context) throws IOException {
            Path local = context.folder().resolve(name);
            if (!Files.exists(local)) {
                try (InputStream in = context.restoredFile(name)) {
                    Files.copy(in, local, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            CRC32C crc = new CRC32C();
            long found = 0;
            try (InputStream in = new CheckedInputStream(Files.newInputStream(local), crc)) {
                byte[] chunk = new byte[CHUNK];
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    found += read;
                }
            }
            if (found != length || (int) crc.getValue() != crc32c) {
                throw new IOException(String.format(
                        "the rows in %s are not those that were written: %d bytes with CRC32C %08x instead of %d with %08x",
                        local, found, (int) crc.getValue(), length, crc32c));
            }
            return local;
        }
    }

    /** The kind as the first byte, then what it says. */
    default void encode(ByteWriter out) {
        switch (this) {
            case None none -> out.writeByte(None.KIND);
            case Inline(var content) -> {
                out.writeByte(Inline.KIND);
                out.writeLengthPrefixed(content.toByteArray(), 0, content.length());
            }
            case InFile(var name, var length, var crc32c) -> {
                out.writeByte(InFile.KIND);
                out.writeString(name);
                out.writeVarLong(length);
                out.writeInt(crc32c);
            }
        }
    }

    /**
     * @param sink what wrote it, for errors
     * @throws MalformedDataException when the bytes are nothing of that kind
     */
    static AheadRows decode(ByteReader in, String sink) {
        int kind = in.readByte();
        return switch (kind) {
            case None.KIND -> new None();
            case Inline.KIND -> new Inline(Bytes.of(in.readLengthPrefixed()));
            case InFile.KIND -> new InFile(in.readString(), in.readVarLong(), in.readInt());
            default -> throw new MalformedDataException("rows of a " + sink + " sink are of the unknown kind " + kind);
        };
    }
}
