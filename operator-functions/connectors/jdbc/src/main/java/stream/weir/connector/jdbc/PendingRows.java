package stream.weir.connector.jdbc;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;

/**
 * The rows of one checkpoint before they are committed: in memory while they are few, then in a file. Used by one thread at a time:
 * the replica's, then the one that makes it durable.
 */
final class PendingRows {
    /** So many bytes are in memory at most, and what is no longer than the second one stays out of files. */
    private static final int BLOCK = 64 * 1024;

    private static final int LARGEST_INLINE = 8 * 1024;

    private final Path path;
    private final RowCodec codec;
    private final ByteWriter buffer = new ByteWriter();
    private final ByteWriter single = new ByteWriter();
    private final CRC32C checksum = new CRC32C();
    private Optional<FileChannel> channel = Optional.empty();
    private long written;

    /** @param path of the file, should there have to be one */
    PendingRows(Path path, RowCodec codec) {
        this.path = path;
        this.codec = codec;
    }

    Path path() {
        return path;
    }

    boolean isInFile() {
        return channel.isPresent();
    }

    boolean isEmpty() {
        return length() == 0;
    }

    long length() {
        return written + buffer.size();
    }

    int crc32c() {
        return (int) checksum.getValue();
    }

    void add(Row row) throws IOException {
        single.reset();
        codec.encode(row, single);
        buffer.writeInt(single.size());
        buffer.writeBytes(single.buffer(), 0, single.size());
        if (buffer.size() >= BLOCK) {
            flush();
        }
    }

    /** Nothing is added any more. */
    void seal() throws IOException {
        if (isInFile() || buffer.size() > LARGEST_INLINE) {
            flush();
        }
    }

    /** The content, where it is not in a file. */
    byte[] content() {
        return buffer.toByteArray();
    }

    private void flush() throws IOException {
        checksum.update(buffer.buffer(), 0, buffer.size());
        ByteBuffer bytes = ByteBuffer.wrap(buffer.buffer(), 0, buffer.size());
        try {
            if (channel.isEmpty()) {
                channel = Optional.of(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            }
            while (bytes.hasRemaining()) {
                written += channel.get().write(bytes);
            }
        } catch (IOException e) {
            throw new IOException(
                    "cannot write rows for the database to " + path + " behind byte " + written + ": " + e, e);
        }
        buffer.reset();
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

    void close() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
        }
    }
}
