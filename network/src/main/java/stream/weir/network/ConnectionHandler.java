package stream.weir.network;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLException;

/** Stands in a channel's pipeline before Vert.x's own handler and passes all that happens to the current {@link Phase}. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter implements MessageReader.Target {
    static final String NAME = "weir";

    private final MessageReader reader = new MessageReader();
    private Phase phase = Phase.DONE;

    /** The only place where the phase changes. */
    void enter(Phase next) {
        phase = next;
    }

    boolean isIn(Phase other) {
        return phase == other;
    }

    /** There is no TLS to wait for. */
    void ready() {
        guarded(phase::onReady);
    }

    /** What has come of a message that is not complete. */
    byte[] begun() {
        return reader.begun();
    }

    @Override
    public int lengthOf(byte[] prefix) {
        return phase.lengthOf(prefix);
    }

    @Override
    public void onMessage(byte[] message) {
        phase.onMessage(message);
    }

    @Override
    public boolean isDone() {
        return phase == Phase.DONE;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        try {
            if (bytes instanceof ByteBuf in && !isDone()) {
                phase.onHeard();
                reader.read(in, this);
            }
        } catch (RuntimeException e) {
            end(e);
        } finally {
            ReferenceCountUtil.release(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        guarded(phase::onPause);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            guarded(phase::onWritable);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                guarded(phase::onReady);
            } else {
                end(handshake.cause());
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(new ConnectionLostException(
                "the connection with " + Connection.describe(context.channel()) + " was closed without a goodbye"));
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
        end(error);
        context.close();
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            end(e);
        }
    }

    private void end(Throwable why) {
        Phase ending = phase;
        phase = Phase.DONE;
        // What fails inside of a decoder of Netty comes wrapped.
        ending.onEnd(why.getCause() instanceof SSLException tls ? tls : why);
    }
}
