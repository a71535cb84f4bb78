package stream.weir.connector.s3;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import stream.weir.connector.format.input.RawFile;
import stream.weir.store.ObjectReader;

/** One content of an object, which comes in ranges as it is read. */
final class BucketFile implements RawFile {
    private final String shown;
    private final ObjectReader.Content content;
    private long position;
    /** From the position on; made when it is needed. */
    private @Nullable InputStream stream;

    BucketFile(String shown, ObjectReader.Content content) {
        this.shown = shown;
        this.content = content;
    }

    @Override
    public String shown() {
        return shown;
    }

    @Override
    public String version() {
        return content.version();
    }

    @Override
    public long size() {
        return content.bytes();
    }

    @Override
    public void position(long offset) throws IOException {
        if (offset != position) {
            close();
            position = offset;
        }
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        InputStream in = stream;
        if (in == null) {
            in = content.from(position);
            stream = in;
        }
        int count = in.read(buffer, from, length);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
        return content.read(offset, length);
    }

    @Override
    public void close() throws IOException {
        InputStream in = stream;
        stream = null;
        if (in != null) {
            in.close();
        }
    }
}
