package stream.weir.runtime.stage;

import java.io.Serial;

/** Unwinds a replica's thread that was told to stop while it waited. Not a failure. */
final class ReplicaStoppedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ReplicaStoppedException(String replica) {
        super(replica + " was told to stop", null, false, false);
    }
}
