package stream.weir.store.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import stream.weir.store.bucket.BucketClient.Content;

/** A part of a file as a stream. Belongs to one thread. */
public final class SliceStream extends InputStream {
    private final Content.Slice slice;
    private final FileChannel channel;
    private long position;

    private SliceStream(Content.Slice slice, FileChannel channel) {
        this.slice = slice;
        this.channel = channel;
    }

    public static SliceStream open(Content.Slice slice) throws IOException {
        return new SliceStream(slice, FileChannel.open(slice.file(), StandardOpenOption.READ));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, slice.bytes() - position);
        if (wanted <= 0) {
            return length == 0 ? 0 : -1;
        }
        int read = channel.read(ByteBuffer.wrap(target, offset, wanted), slice.offset() + position);
        if (read < 0) {
            throw new IOException(
                    slice.file() + " shrank: it ends before " + (slice.offset() + slice.bytes()) + " bytes");
        }
        position += read;
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
