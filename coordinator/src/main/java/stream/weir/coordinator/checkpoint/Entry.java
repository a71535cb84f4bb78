package stream.weir.coordinator.checkpoint;

import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;

/**
 * What the store holds under a checkpoint's id. Ids are filled in order, without gaps: whoever fills the next one excludes every
 * earlier leader, as that one could only go on there.
 */
public sealed interface Entry {
    long checkpoint();

    /** The term that wrote it. */
    long term();

    /** The checkpoint is complete. */
    record Complete(Manifest manifest) implements Entry {
        @Override
        public long checkpoint() {
            return manifest.checkpoint();
        }

        @Override
        public long term() {
            return manifest.term();
        }
    }

    /** There will never be a checkpoint of this id. */
    record Aborted(String pipeline, long checkpoint, long run, long term, CheckpointFailure reason) implements Entry {}
}
