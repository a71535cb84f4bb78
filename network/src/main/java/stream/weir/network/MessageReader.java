package stream.weir.network;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import stream.weir.network.wire.PacketCodec;

/**
 * Takes a stream of bytes apart into packets and frames. Each is collected in an array of its own length, so its bytes are
 * copied once; the length is asked for, and so checked, before the array is made.
 */
final class MessageReader {
    /** Who is asked and told. */
    interface Target {
        /** How long the message is that begins with these {@link PacketCodec#PREFIX_BYTES} bytes. */
        int lengthOf(byte[] prefix);

        void onMessage(byte[] message);

        /** Whether to stop, as the connection was closed meanwhile. */
        boolean isDone();
    }

    private final byte[] prefix = new byte[PacketCodec.PREFIX_BYTES];
    private int prefixBytes;
    private byte @Nullable [] message;
    private int messageBytes;

    /** What has come of a message that is not complete; for the log. */
    byte[] begun() {
        return Arrays.copyOf(prefix, prefixBytes);
    }

    /** Reads all that is there. */
    void read(ByteBuf in, Target target) {
        while (in.isReadable() && !target.isDone()) {
            byte[] current = message;
            if (current == null) {
                readPrefix(in, target);
            } else {
                readMessage(in, current, target);
            }
        }
    }

    private void readPrefix(ByteBuf in, Target target) {
        int count = Math.min(in.readableBytes(), prefix.length - prefixBytes);
        in.readBytes(prefix, prefixBytes, count);
        prefixBytes += count;
        if (prefixBytes == prefix.length) {
            byte[] begun = new byte[target.lengthOf(prefix)];
            System.arraycopy(prefix, 0, begun, 0, prefix.length);
            message = begun;
            messageBytes = prefix.length;
        }
    }

    private void readMessage(ByteBuf in, byte[] current, Target target) {
        int count = Math.min(in.readableBytes(), current.length - messageBytes);
        in.readBytes(current, messageBytes, count);
        messageBytes += count;
        if (messageBytes == current.length) {
            message = null;
            prefixBytes = 0;
            target.onMessage(current);
        }
    }
}
