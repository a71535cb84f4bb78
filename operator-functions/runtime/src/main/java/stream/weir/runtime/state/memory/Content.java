package stream.weir.runtime.state.memory;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes that can be read at any place. */
interface Content {
    long length();

    /** Reads exactly {@code target}'s remaining bytes. */
    void read(long position, ByteBuffer target) throws IOException;

    /** Bytes in memory. */
    record InMemory(byte[] bytes) implements Content {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void read(long position, ByteBuffer target) {
            target.put(bytes, Math.toIntExact(position), target.remaining());
        }
    }

    /** A file; whoever opened the channel closes it. */
    record InFile(FileChannel channel, long length) implements Content {
        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            long at = position;
            while (target.hasRemaining()) {
                int read = channel.read(target, at);
                if (read < 0) {
                    throw new EOFException("the file ended at byte " + at + ", its length was " + length);
                }
                at += read;
            }
        }
    }
}
