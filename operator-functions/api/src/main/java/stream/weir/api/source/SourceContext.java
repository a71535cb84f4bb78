package stream.weir.api.source;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import stream.weir.api.codec.Bytes;

/** What a reader is told when it opens. */
public interface SourceContext {
    /** Index of this replica, from 0. */
    int replica();

    int replicas();

    /** Positions of all splits of all replicas in the checkpoint being restored, by split name; empty on a first start. */
    Map<String, Bytes> restored();

    /** Whether this replica is the one to read {@code split}; stable, and exactly one replica answers true. */
    boolean owns(String split);

    InstantSource clock();

    /** Runs what may block for long beside the replica; whatever a reader starts there has to end when it is closed. */
    default Executor background() {
        throw new UnsupportedOperationException("this context has no background threads");
    }
}
