package stream.weir.transport;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.network.wire.Hello;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameRefusedException;
import stream.weir.runtime.channel.LinkClosed;
import stream.weir.runtime.channel.LinkOpened;
import stream.weir.runtime.channel.OutboundDemand;

/** Takes the frames of one channel and gives them to the senders of their links. Its methods are called one at a time. */
final class SendingSide implements Flow.Subscriber<Message<Frame>> {
    private final SenderParts parts;
    private final Supplier<String> names;
    private final Map<Link, LinkSender> senders = new HashMap<>();
    private final OutboundDemand demand = new OutboundDemand();

    /** @param names of senders, each only once */
    SendingSide(SenderParts parts, Supplier<String> names) {
        this.parts = parts;
        this.names = names;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        demand.start(subscription);
    }

    @Override
    public void onNext(Message<Frame> message) {
        Frame frame = message.getPayload();
        Optional<LinkOpened> opened = LinkOpened.in(message, frame);
        if (opened.isPresent()) {
            open(message, frame, opened.get().creditBytes());
        } else {
            send(message, frame);
        }
        demand.handedOn();
    }

    @Override
    public void onError(Throwable error) {
        senders.values().forEach(sender -> sender.abort(error));
    }

    /** Each link has said goodbye before. */
    @Override
    public void onComplete() {}

    private void open(Message<Frame> message, Frame frame, long creditBytes) {
        Hello.Data hello = new Hello.Data(frame.pipeline(), frame.run(), frame.link(), names.get());
        LinkSender sender = new LinkSender(parts, hello, message, creditBytes);
        LinkSender before = senders.put(frame.link(), sender);
        if (before != null) {
            before.abort(new IllegalStateException(
                    "link " + frame.link() + " has begun run " + frame.run() + " after run " + before.run()));
        }
        sender.begin();
    }

    private void send(Message<Frame> message, Frame frame) {
        LinkSender sender = senders.get(frame.link());
        if (sender == null || sender.run() != frame.run()) {
            message.nack(new FrameRefusedException(
                    "frame " + frame.sequence() + " of " + frame.link() + ", run " + frame.run() + ", has come "
                            + (sender == null ? "before its link was opened" : "in run " + sender.run())));
            return;
        }
        LinkClosed.in(message, frame)
                .ifPresentOrElse(
                        closed -> closed.error().ifPresentOrElse(sender::abort, sender::finish),
                        () -> sender.put(message));
    }
}
