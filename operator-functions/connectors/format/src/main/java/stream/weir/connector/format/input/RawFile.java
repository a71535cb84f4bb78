package stream.weir.connector.format.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file that is open. Errors name it. */
public interface RawFile extends AutoCloseable {
    /** What people call it. */
    String shown();

    /** Stands for the content as it is now; empty where the place cannot tell one content from another. */
    String version();

    long size() throws IOException;

    /** Goes on reading there. */
    void position(long offset) throws IOException;

    /** As {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] buffer, int from, int length) throws IOException;

    /** Reads so many bytes from there, for formats that do not read from the beginning to the end; where reading goes on is lost. */
    default byte[] read(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        position(offset);
        for (int done = 0; done < length; ) {
            int count = read(bytes, done, length - done);
            if (count < 0) {
                throw new EOFException(shown() + " ends " + (length - done) + " bytes early");
            }
            done += count;
        }
        return bytes;
    }

    @Override
    void close() throws IOException;
}
