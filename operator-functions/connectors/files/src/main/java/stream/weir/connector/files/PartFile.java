package stream.weir.connector.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import stream.weir.api.codec.ByteWriter;

/** A hidden file being written. Used by one thread at a time: the replica's, then the one that makes it durable. */
final class PartFile {
    private static final int BLOCK = 64 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final ByteWriter buffer = new ByteWriter(BLOCK + 4096);
    private final CRC32C checksum = new CRC32C();
    private long written;

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static PartFile create(Path path) throws IOException {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new PartFile(path, channel);
        } catch (IOException e) {
            throw new UnwritableFolderException("cannot create " + path + ": " + e, e);
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    /** Where rows are put; {@link #rowWritten} has to be called after each. */
    ByteWriter buffer() {
        return buffer;
    }

    /** Bytes so far. */
    long length() {
        return written + buffer.size();
    }

    void rowWritten() throws IOException {
        if (buffer.size() >= BLOCK) {
            flush();
        }
    }

    /** Hands everything to the operating system. */
    void flush() throws IOException {
        checksum.update(buffer.buffer(), 0, buffer.size());
        ByteBuffer bytes = ByteBuffer.wrap(buffer.buffer(), 0, buffer.size());
        try {
            while (bytes.hasRemaining()) {
                written += channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UnwritableFolderException("cannot write to " + path + " behind byte " + written + ": " + e, e);
        }
        buffer.reset();
    }

    int crc32c() {
        return (int) checksum.getValue();
    }

    /** Brings the content to where a crash cannot reach it. */
    void force() throws IOException {
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw new UnwritableFolderException(
                    "cannot make the " + written + " bytes of " + path + " durable: " + e, e);
        }
    }

    /** Gives the file up; it is removed by the next run. */
    void abandon() throws IOException {
        channel.close();
    }
}
