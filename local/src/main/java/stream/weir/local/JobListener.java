package stream.weir.local;

import java.time.Duration;
import java.util.Optional;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;

/** Hears how a job goes; called on its coordinator's thread, must not block. */
public interface JobListener {
    JobListener SILENT = new JobListener() {};

    /** Begins, from a checkpoint or from nothing; from a final one there is nothing left to do. */
    default void started(long run, Optional<Manifest> from) {}

    default void checkpointCompleted(Manifest manifest, Duration duration, long uploadedBytes) {}

    default void checkpointFailed(long checkpoint, CheckpointFailure reason, String detail) {}

    /** The savepoint that was asked for is there: a copy of {@code checkpoint}. */
    default void savepointMade(String name, Manifest checkpoint) {}

    default void savepointFailed(String name, String why) {}

    /** Goes back to {@code from}, or to the beginning. */
    default void restarting(String cause, long run, Optional<Manifest> from) {}
}
