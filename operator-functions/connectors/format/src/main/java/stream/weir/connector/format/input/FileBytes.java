package stream.weir.connector.format.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file after decompression, in order. */
final class FileBytes implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;

    private final RawFile file;
    private final InputStream in;
    private final Compression compression;
    private long offset;

    private FileBytes(RawFile file, InputStream in, Compression compression) {
        this.file = file;
        this.in = in;
        this.compression = compression;
    }

    /** @param file closed with what is returned, or when this fails */
    @SuppressWarnings("MustBeClosedChecker") // closed with this
    static FileBytes open(RawFile file, Compression compression) throws IOException {
        InputStream raw = new RawStream(file);
        try {
            return compression.isGzip(file.shown()) && file.size() > 0
                    ? new FileBytes(file, new GZIPInputStream(raw, BLOCK), Compression.GZIP)
                    : new FileBytes(file, raw, Compression.NONE);
        } catch (IOException e) {
            file.close();
            throw new UnreadableFileException("cannot open " + file.shown() + ": " + reason(e), e);
        }
    }

    private static final class RawStream extends InputStream {
        private final RawFile file;

        RawStream(RawFile file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            return file.read(buffer, from, length);
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
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableFileException(
                    "cannot read " + file.shown() + " behind byte " + offset + ": " + reason(e), e);
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
            if (target > file.size()) {
                throw shrunk(target, file.size());
            }
            file.position(target);
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
        return new UnreadableFileException("cannot go on reading " + file.shown() + ": the checkpoint has read "
                + target + " bytes of it, but it is only " + size + " bytes long now; put the file back as it was");
    }

    private static String reason(IOException e) {
        return switch (e) {
            case EOFException cut -> "it is cut off within its compressed data";
            case ZipException zip -> "it is not gzip (" + zip.getMessage() + ")";
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public void close() throws IOException {
        in.close();
        file.close();
    }
}
