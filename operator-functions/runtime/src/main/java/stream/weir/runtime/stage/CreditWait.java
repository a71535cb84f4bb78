package stream.weir.runtime.stage;

import stream.weir.runtime.channel.FrameSink;

/** How a replica waits for credit. */
@FunctionalInterface
public interface CreditWait {
    /**
     * Returns when the link may be writable again.
     *
     * @throws ReplicaStoppedException when the replica is told to stop meanwhile
     */
    void await(FrameSink sink);
}
