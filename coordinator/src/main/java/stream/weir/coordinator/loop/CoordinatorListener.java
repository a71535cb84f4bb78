package stream.weir.coordinator.loop;

import java.time.Duration;
import java.util.Optional;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.JobFailure;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.store.StartRefusedException;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;

/**
 * Hears how the job goes. Called on the loop's thread; must not block. Exactly one of {@link #refused}, {@link #completed},
 * {@link #stopped} and {@link #failed} comes, as the last.
 */
public interface CoordinatorListener {
    /** What the run has of which one of the next three tells. */
    default void runs(PipelineDescription pipeline) {}

    /** The first run begins, from a checkpoint or from nothing. {@code from} is final when there is nothing left to do. */
    default void started(Fence fence, Optional<Manifest> from) {}

    /** A run of an earlier leader goes on; none of its replicas goes back. */
    default void tookOver(Fence fence, Optional<Manifest> newest) {}

    /** The present run is over: {@link #restarting} follows when the next one is on record, unless the job ends before. */
    default void goesBack(String cause) {}

    default void checkpointStarted(long checkpoint) {}

    /** The next run cannot have these replicas; this one goes on as it is. */
    default void reshapeRefused(PipelineDescription to, String why) {}

    /** @param bytes written to the store for it */
    default void checkpointCompleted(Manifest manifest, Duration duration, long bytes) {}

    default void checkpointFailed(long checkpoint, CheckpointFailure reason, String detail) {}

    /** All replicas go back; {@code from} is empty where there is no checkpoint yet. */
    default void restarting(String cause, Fence fence, Optional<Manifest> from) {}

    /** The savepoint is there: a copy of {@code checkpoint}. */
    default void savepointMade(String name, Manifest checkpoint) {}

    default void savepointFailed(String name, String why) {}

    /** The job did not start; nothing has run. */
    void refused(StartRefusedException reason);

    /** All input is processed, and its output committed. */
    void completed(Manifest last);

    /** Stopped as asked; {@code newest} is where the next start goes on. */
    void stopped(LastCheckpoint last, Optional<Manifest> newest, String detail);

    void failed(JobFailure reason, String detail, Optional<Manifest> newest);
}
