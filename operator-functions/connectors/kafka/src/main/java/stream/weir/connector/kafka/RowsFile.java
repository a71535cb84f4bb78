package stream.weir.connector.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import stream.weir.api.codec.ByteWriter;

/**
 * The records of one checkpoint before they are sent: in memory while they are few, then in a file. Used by one thread at a time:
 * the replica's, then the one that makes it durable.
 */
final class RowsFile {
    /** So many bytes are in memory at most, and what is no longer than the second one stays out of files. */
    private static final int BLOCK = 64 * 1024;

    private static final int LARGEST_INLINE = 8 * 1024;

    private final Path path;
    private final ByteWriter buffer = new ByteWriter();
    private final CRC32C checksum = new CRC32C();
    private Optional<FileChannel> channel = Optional.empty();
    private long written;
    private long records;

    /** @param path of the file, should there have to be one */
    RowsFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    boolean isInFile() {
        return channel.isPresent();
    }

    boolean isEmpty() {
        return records == 0;
    }

    long length() {
        return written + buffer.size();
    }

    int crc32c() {
        return (int) checksum.getValue();
    }

    void add(OutRecord record) throws IOException {
        record.encode(buffer);
        records++;
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
            throw new IOException("cannot write rows for Kafka to " + path + " behind byte " + written + ": " + e, e);
        }
        buffer.reset();
    }

    void close() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
        }
    }
}
