package stream.weir.runtime.channel;

import java.util.Collection;
import stream.weir.protocol.frame.Link;

/**
 * Where a transport is told which links lead to this process, in which run. A transport within one process needs no gate. May be
 * called from any thread.
 */
public interface LinkGate {
    /** Lets everything in, as all ends belong to one run. */
    LinkGate NONE = new LinkGate() {
        @Override
        public void open(long run, Collection<Link> links, long creditBytes) {}

        @Override
        public void close(long run, Collection<Link> links) {}
    };

    /**
     * Lets links in. With the first links of a newer run, those of older ones are closed; links of an older run are not let in.
     *
     * @param creditBytes of each link; senders that assume more are refused
     */
    void open(long run, Collection<Link> links, long creditBytes);

    /** Closes links of a run, and lets them in no more: their senders are told. */
    void close(long run, Collection<Link> links);
}
