package stream.weir.local;

import java.util.Optional;
import stream.weir.coordinator.checkpoint.JobFailure;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.store.StartRefusedException;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.ReplicaId;

/** How a job ended. */
public sealed interface JobOutcome {
    /** All input is processed, and its output committed. */
    record Completed(Manifest last) implements JobOutcome {}

    /** Stopped as asked; the next start goes on from {@code newest}. */
    record Stopped(LastCheckpoint last, Optional<Manifest> newest, String detail) implements JobOutcome {}

    /** Given up. */
    record Failed(JobFailure reason, String detail, Optional<Manifest> newest) implements JobOutcome {}

    /** The checkpoints do not allow this start; nothing has run. */
    record Refused(StartRefusedException reason) implements JobOutcome {}

    /** A replica could not be opened in the first run, so none has begun to work. */
    record NotOpened(ReplicaId replica, Throwable error) implements JobOutcome {}
}
