package stream.weir.network;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.time.Duration;
import stream.weir.network.wire.Packet;
import stream.weir.network.wire.PacketCodec;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.FrameCodec;

/** A connection; made by {@link Network}. */
public final class Connection {
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Channel channel;
    private final Loop loop;
    private final FrameCodec codec;
    private final ConnectionHandler handler;
    private final String host;

    Connection(Channel channel, Loop loop, FrameCodec codec, ConnectionHandler handler, String host) {
        this.channel = channel;
        this.loop = loop;
        this.codec = codec;
        this.handler = handler;
        this.host = host;
    }

    /** Where the other side is, for people. */
    public String peer() {
        return describe(channel);
    }

    /** The other side's address without its port. */
    public String host() {
        return host;
    }

    /** The thread that this connection belongs to. */
    public Loop loop() {
        return loop;
    }

    /**
     * Sends a packet; on any thread. Packets of one thread arrive in order. Without effect when the connection has ended.
     */
    public void send(Packet packet) {
        send(packet, () -> {});
    }

    /**
     * As {@link #send(Packet)}.
     *
     * @param done runs on the loop when the packet was handed to the operating system, or never will be
     */
    public void send(Packet packet, Runnable done) {
        byte[] bytes = PacketCodec.encode(packet);
        loop.run(() -> channel.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(_ -> done.run()));
    }

    /**
     * Writes a frame, which goes out with the next {@link #flush}; on the loop only.
     *
     * @throws stream.weir.protocol.frame.FrameFormatException with {@code BAD_LENGTH} when it is larger than {@code
     *     frame.maxBytes}
     */
    public void write(Frame frame) {
        int length = codec.encodedLength(frame);
        ByteBuf bytes = channel.alloc().directBuffer(length, length);
        codec.encode(frame, bytes.internalNioBuffer(0, length));
        channel.write(bytes.writerIndex(length), channel.voidPromise());
    }

    /** Sends what was written; on the loop only. */
    public void flush() {
        channel.flush();
    }

    /** Whether frames should be written now; when not, {@link ConnectionListener#onWritable} says when. On the loop only. */
    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Says goodbye, or why this is none, and closes. Nothing is heard of the connection after that. On any thread. */
    public void close(Packet.Bye bye) {
        loop.run(() -> {
            if (!handler.isDone()) {
                handler.enter(Phase.DONE);
                closeAfter(bye);
            }
        });
    }

    /** Closes when the packet is on its way, or cannot be brought on its way. On the loop only. */
    void closeAfter(Packet last) {
        closeAfter(channel.writeAndFlush(Unpooled.wrappedBuffer(PacketCodec.encode(last))));
    }

    void closeAfter(ChannelFuture written) {
        Loop.Timer giveUp = loop.schedule(LAST_WORDS, channel::close);
        written.addListener(_ -> {
            giveUp.cancel();
            channel.close();
        });
    }

    /** Closes at once. */
    void drop() {
        channel.close();
    }

    Channel channel() {
        return channel;
    }

    static String describe(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? hostOf(channel) + ":" + address.getPort()
                : String.valueOf(channel.remoteAddress());
    }

    static String hostOf(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : String.valueOf(channel.remoteAddress());
    }
}
