package stream.weir.connector.format.ahead;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;

/** The records of one checkpoint before they are committed: in memory while they are few, then in a file. */
public final class WrittenAhead {
    /** So many bytes are in memory at most, and what is no longer than the second one stays out of files. */
    private static final int BLOCK = 64 * 1024;

    private static final int LARGEST_INLINE = 8 * 1024;

    private final Path path;
    private final ByteWriter buffer = new ByteWriter();
    private final CRC32C checksum = new CRC32C();
    private Optional<FileChannel> channel = Optional.empty();
    private long written;

    /** @param path of the file, should there have to be one */
    public WrittenAhead(Path path) {
        this.path = path;
    }

    private boolean isInFile() {
        return channel.isPresent();
    }

    private long length() {
        return written + buffer.size();
    }

    /** Where a record is put; {@link #added} has to be called after each. */
    public ByteWriter buffer() {
        return buffer;
    }

    /** @throws IOException when the file cannot be written */
    public void added() throws IOException {
        if (buffer.size() >= BLOCK) {
            flush();
        }
    }

    /** Nothing is added any more. */
    public void seal() throws IOException {
        if (isInFile() || buffer.size() > LARGEST_INLINE) {
            flush();
        }
    }

    /** What a transaction says of it; to be called when it is sealed. */
    public AheadRows where() {
        if (length() == 0) {
            return new AheadRows.None();
        }
        return isInFile()
                ? new AheadRows.InFile(path.getFileName().toString(), written, (int) checksum.getValue())
                : new AheadRows.Inline(Bytes.of(buffer.toByteArray()));
    }

    /** What the checkpoint has to keep. */
    public List<Path> files() {
        return isInFile() ? List.of(path) : List.of();
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
                    "cannot write rows that wait for their commit to " + path + " behind byte " + written + ": " + e,
                    e);
        }
        buffer.reset();
    }

    /** The file stays. */
    public void close() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
        }
    }
}
