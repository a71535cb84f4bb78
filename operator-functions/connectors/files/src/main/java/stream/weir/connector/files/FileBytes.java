package stream.weir.connector.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file after decompression, in order. */
final class FileBytes implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final InputStream in;
    private final Compression compression;
    private long offset;

    private FileBytes(Path path, FileChannel channel, InputStream in, Compression compression) {
        this.path = path;
        this.channel = channel;
        this.in = in;
        this.compression = compression;
    }

    @SuppressWarnings("MustBeClosedChecker") // closed with this
    static FileBytes open(Path path, Compression compression) throws IOException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            InputStream raw = Channels.newInputStream(channel);
            if (!compression.isGzip(path) || channel.size() == 0) {
                return new FileBytes(path, channel, raw, Compression.NONE);
            }
            return new FileBytes(path, channel, new GZIPInputStream(raw, BLOCK), Compression.GZIP);
        } catch (IOException e) {
            if (channel != null) {
                channel.close();
            }
            throw new UnreadableFileException("cannot open " + path + ": " + reason(e), e);
        }
    }

    /** Bytes before the next one read. */
    long offset() {
        return offset;
    }

    /** Reads as {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] buffer, int from, int length) throws IOException {
        try {
            int count = in.read(buffer, from, length);
            offset += Math.max(0, count);
            return count;
        } catch (IOException e) {
            throw new UnreadableFileException("cannot read " + path + " behind byte " + offset + ": " + reason(e), e);
        }
    }

    /**
     * Goes towards an offset: at once in a plain file, by decompressing at most {@code most} bytes in another.
     *
     * @return whether it is reached
     * @throws UnreadableFileException when the file ends before
     */
    boolean advance(long target, int most) throws IOException {
        if (compression == Compression.NONE) {
            if (target > channel.size()) {
                throw shrunk(target, channel.size());
            }
            channel.position(target);
            offset = target;
            return true;
        }
        byte[] skipped = new byte[BLOCK];
        for (long left = Math.min(most, target - offset); left > 0; ) {
            int count = read(skipped, 0, (int) Math.min(left, skipped.length));
            if (count < 0) {
                throw shrunk(target, offset);
            }
            left -= count;
        }
        return offset == target;
    }

    private UnreadableFileException shrunk(long target, long size) {
        return new UnreadableFileException("cannot go on reading " + path + ": the checkpoint has read " + target
                + " bytes of it, but it is only " + size + " bytes long now; put the file back as it was");
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "it does not exist";
            case AccessDeniedException denied -> "permission denied";
            case EOFException cut -> "it is cut off within its compressed data";
            case ZipException zip -> "it is not gzip (" + zip.getMessage() + ")";
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public void close() throws IOException {
        in.close();
        channel.close();
    }
}
