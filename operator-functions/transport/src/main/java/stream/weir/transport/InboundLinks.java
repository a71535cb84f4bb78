package stream.weir.transport;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import stream.weir.network.Acceptor;
import stream.weir.network.Connection;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.RefusalCode;
import stream.weir.protocol.frame.Link;

/**
 * Which links lead here, in which run, and whether a sender is let in. Replicas come and go on threads of their own while the
 * listening port asks: what it sees is replaced as a whole.
 */
final class InboundLinks implements Acceptor<Hello.Data> {
    /** The links of a run, so far. */
    private record Admitted(long run, Map<Link, LinkReceiver> receivers) {}

    private final String pipeline;
    private volatile Admitted admitted = new Admitted(-1, Map.of());

    InboundLinks(String pipeline) {
        this.pipeline = pipeline;
    }

    /** More links of a run; those of older runs are closed. */
    synchronized void open(long run, Map<Link, LinkReceiver> receivers) {
        Admitted before = admitted;
        if (run < before.run) {
            IllegalStateException fenced = new IllegalStateException("FENCED: run " + run + " < " + before.run);
            receivers.values().forEach(receiver -> receiver.close(fenced));
            return;
        }
        Map<Link, LinkReceiver> all = new HashMap<>(receivers);
        if (run == before.run) {
            all.putAll(before.receivers);
        }
        admitted = new Admitted(run, Map.copyOf(all));
        if (run > before.run) {
            IllegalStateException fenced = new IllegalStateException("FENCED: run " + before.run + " < " + run);
            before.receivers.values().forEach(receiver -> receiver.close(fenced));
        }
    }

    /** The links are closed, and refused from now on. */
    void close(long run, Iterable<Link> links) {
        Admitted current = admitted;
        if (current.run == run) {
            IllegalStateException over = new IllegalStateException("run " + run + " has ended at the reader");
            links.forEach(link ->
                    Optional.ofNullable(current.receivers.get(link)).ifPresent(receiver -> receiver.close(over)));
        }
    }

    @Override
    public Decision accept(Hello.Data hello, Connection connection) {
        Admitted current = admitted;
        String caller = "link " + hello.link() + " of pipeline " + hello.pipeline() + ", run " + hello.run();
        if (!hello.pipeline().equals(pipeline)) {
            return refused(RefusalCode.OTHER_PIPELINE, caller + ", has called a process of pipeline " + pipeline);
        }
        if (hello.run() < current.run) {
            return refused(
                    RefusalCode.FENCED, caller + ", is refused: FENCED: run " + hello.run() + " < " + current.run);
        }
        if (hello.run() > current.run) {
            return refused(
                    RefusalCode.NOT_YET,
                    caller + ", has called a process that "
                            + (current.run < 0 ? "is in no run yet" : "is in run " + current.run + " still"));
        }
        LinkReceiver receiver = current.receivers.get(hello.link());
        if (receiver == null) {
            return refused(
                    RefusalCode.NOT_YET,
                    caller + ", does not lead to this process, or not yet; what leads here is "
                            + current.receivers.keySet());
        }
        return receiver.attach(hello, connection);
    }

    private static Decision refused(RefusalCode code, String text) {
        return new Refused(new Answer.Refusal(code, text));
    }
}
