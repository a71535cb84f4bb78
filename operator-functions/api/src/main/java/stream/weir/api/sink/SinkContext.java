package stream.weir.api.sink;

import java.util.List;
import stream.weir.api.codec.Bytes;

/** What a writer is told when it opens. */
public interface SinkContext {
    String pipeline();

    String stage();

    /** Index of this replica, from 0. */
    int replica();

    int replicas();

    /** The run: grows with every start and every roll-back; makes names unique. */
    long run();

    /**
     * The transactions of all replicas that the restored checkpoint names. They count as committed: the runtime has them
     * committed (again, where need be) before the first record, by one replica each. What an earlier run prepared beyond them
     * is to be dropped.
     */
    List<Bytes> restored();
}
