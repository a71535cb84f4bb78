package stream.weir.service.kubernetes;

import java.util.Set;
import stream.weir.kubernetes.resource.CoordinatorStatus;
import stream.weir.protocol.checkpoint.Manifest;

/** Where the views are put. Its calls block; they fail with an unchecked exception of the client. */
interface Board {
    /** @return whether there is a resource that shows it */
    boolean show(CoordinatorStatus status);

    /** Ids of the checkpoints that are shown. */
    Set<Long> checkpoints();

    /** Shows a checkpoint; does nothing when it is shown. */
    void add(Manifest manifest);

    /** Shows it no more. */
    void remove(long checkpoint);
}
