package stream.weir.connector.s3.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import stream.weir.connector.format.input.RawFile;

/** An open file as Parquet reads it: each read asks for just the bytes that are wanted, at most a few MiB at once. */
final class ParquetInput implements InputFile {
    private static final int MOST_AT_ONCE = 8 << 20;

    private final RawFile file;

    ParquetInput(RawFile file) {
        this.file = file;
    }

    @Override
    public long getLength() throws IOException {
        return file.size();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        Reads reads = new Reads(file, file.size());
        return new DelegatingSeekableInputStream(reads) {
            @Override
            public long getPos() {
                return reads.position;
            }

            @Override
            public void seek(long position) {
                reads.position = position;
            }
        };
    }

    @Override
    public String toString() {
        return file.shown();
    }

    private static final class Reads extends InputStream {
        private final RawFile file;
        private final long size;
        private long position;

        Reads(RawFile file, long size) {
            this.file = file;
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int wanted = (int) Math.min(Math.min(length, MOST_AT_ONCE), size - position);
            if (wanted <= 0) {
                return -1;
            }
            byte[] bytes = file.read(position, wanted);
            if (bytes.length != wanted) {
                throw new EOFException(file.shown() + " ends within the " + wanted + " bytes at " + position);
            }
            System.arraycopy(bytes, 0, target, from, wanted);
            position += wanted;
            return wanted;
        }
    }
}
