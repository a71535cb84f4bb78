package stream.weir.runtime.channel.connector;

import java.util.Map;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameRefusedException;
import stream.weir.runtime.channel.LinkClosed;
import stream.weir.runtime.channel.LinkOpened;
import stream.weir.runtime.channel.OutboundDemand;

/** Puts each frame into the receiving end of its link. Asks for the next frames as soon as these are handed over. */
final class MemorySendingEnd implements Flow.Subscriber<Message<Frame>> {
    private final Map<Link, MemoryReceivingEnd> routes;
    private final OutboundDemand demand = new OutboundDemand();

    MemorySendingEnd(Map<Link, MemoryReceivingEnd> routes) {
        this.routes = routes;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        demand.start(subscription);
    }

    @Override
    public void onNext(Message<Frame> message) {
        Frame frame = message.getPayload();
        MemoryReceivingEnd target = routes.get(frame.link());
        if (LinkOpened.in(message, frame).isPresent()) {
            demand.handedOn(); // There is nothing to connect.
            return;
        }
        if (target == null) {
            message.nack(new FrameRefusedException("frame " + frame.sequence() + " of " + frame.link()
                    + " came to a sending end whose links are " + routes.keySet()));
        } else if (LinkClosed.in(message, frame).isPresent()) {
            target.putLast(frame.link(), message);
        } else {
            target.put(message);
        }
        demand.handedOn();
    }

    @Override
    public void onError(Throwable error) {
        lost(error);
    }

    /** Each link has said goodbye before; one that has not is lost. */
    @Override
    public void onComplete() {
        lost(new IllegalStateException("the sending end has completed without a goodbye"));
    }

    private void lost(Throwable error) {
        routes.forEach((link, target) -> target.putLast(link, LinkClosed.lost(link, error)));
    }
}
