package stream.weir.coordinator.checkpoint;

import java.util.Optional;
import java.util.Set;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;

/** What is to be done, in order. */
public sealed interface Effect {
    /** Send to every replica. */
    record ToAll(ToReplica.OfCheckpoint message) implements Effect {}

    /** Create the entry of a checkpoint; its result comes back as {@link Command.EntryStored}. */
    record StoreEntry(Entry entry) implements Effect {}

    /** Create the record of a run; its result comes back as {@link Command.RunStored}. */
    record StoreRun(RunRecord run) implements Effect {}

    /** All replicas begin a run, from a checkpoint or from nothing. */
    record Restart(Fence fence, PipelineDescription pipeline, Optional<Manifest> from, String cause)
            implements Effect {}

    /** The run goes on as it is; {@code to} would have to be asked for again. */
    record ReshapeRefused(PipelineDescription to, String why) implements Effect {}

    /** @param pendingObjects what unfinished checkpoints refer to, beyond what manifests name */
    record CollectGarbage(Fence fence, Set<String> pendingObjects) implements Effect {
        public CollectGarbage {
            pendingObjects = Set.copyOf(pendingObjects);
        }
    }

    record CheckpointStarted(long checkpoint) implements Effect {}

    record CheckpointCompleted(Manifest manifest) implements Effect {}

    record CheckpointFailed(long checkpoint, CheckpointFailure reason, String detail) implements Effect {}

    /** A message was refused; {@code why} begins with {@code FENCED} when it came from the past. */
    record Refused(ToCoordinator message, String why) implements Effect {
        /** For the log: what a message holds may be long. */
        public String summary() {
            return message.getClass().getSimpleName() + " of " + message.replica() + ": " + why;
        }
    }

    /** @param reason a word of {@link StateReason}, or of {@link JobFailure} */
    record StateChanged(String from, String to, String reason, String detail) implements Effect {}

    /** The job is over. */
    record JobEnded(JobState.Ended state) implements Effect {}
}
