package stream.weir.runtime.alignment;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.FrameCodec;
import stream.weir.protocol.frame.FrameFormatException;

/** A queue of frames in a file. There is a file only while the queue holds something. */
final class SpillFile {
    private final Path path;
    private final FrameCodec codec;
    private Optional<FileChannel> open = Optional.empty();
    private long readPosition;
    private long writePosition;
    private long bytes;

    SpillFile(Path path, FrameCodec codec) {
        this.path = path;
        this.codec = codec;
    }

    boolean isEmpty() {
        return readPosition == writePosition;
    }

    /** Credit bytes of the frames in it. */
    long bytes() {
        return bytes;
    }

    void append(Frame frame) {
        ByteBuffer encoded = ByteBuffer.wrap(codec.encode(frame));
        try {
            FileChannel channel = channel();
            while (encoded.hasRemaining()) {
                writePosition += channel.write(encoded, writePosition);
            }
        } catch (IOException e) {
            throw failed("write to", e);
        }
        bytes += frame.creditBytes();
    }

    Optional<Frame> poll() {
        if (isEmpty()) {
            return Optional.empty();
        }
        Frame frame = readFirst();
        bytes -= frame.creditBytes();
        if (isEmpty()) {
            delete();
        }
        return Optional.of(frame);
    }

    void delete() {
        if (open.isEmpty()) {
            return;
        }
        try {
            open.get().close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw failed("delete", e);
        }
        open = Optional.empty();
        readPosition = 0;
        writePosition = 0;
        bytes = 0;
    }

    private Frame readFirst() {
        try {
            int length = codec.frameLength(read(FrameCodec.PREFIX_BYTES), 0);
            byte[] encoded = read(length);
            Frame frame = codec.decode(encoded, 0, length);
            readPosition += length;
            return frame;
        } catch (IOException e) {
            throw failed("read", e);
        } catch (FrameFormatException e) {
            throw failed("read", new IOException(e.getMessage(), e));
        }
    }

    private byte[] read(int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        FileChannel channel = channel();
        while (target.hasRemaining()) {
            if (channel.read(target, readPosition + target.position()) < 0) {
                throw new EOFException("the file ends after " + channel.size() + " bytes, " + length
                        + " bytes are needed at " + readPosition);
            }
        }
        return target.array();
    }

    private FileChannel channel() throws IOException {
        if (open.isEmpty()) {
            Files.createDirectories(path.toAbsolutePath().getParent());
            open = Optional.of(FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE));
        }
        return open.get();
    }

    private UncheckedIOException failed(String attempt, IOException cause) {
        return new UncheckedIOException(
                "Cannot " + attempt + " " + path
                        + ", which holds frames back during an alignment (alignment.spill), at byte " + readPosition
                        + " of " + writePosition + ": " + cause.getMessage(),
                cause);
    }
}
