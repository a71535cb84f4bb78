package stream.weir.console;

import stream.weir.coordinator.store.SnapshotPlace;

/** What people can ask of a job. */
public sealed interface Order {
    Kind kind();

    /** The kinds of orders. */
    enum Kind {
        CHECKPOINT,
        SAVEPOINT,
        STOP,
        DRAIN,
        RESTART,
        SCALE
    }

    /** Take a checkpoint as soon as it may start. */
    record Checkpoint() implements Order {
        @Override
        public Kind kind() {
            return Kind.CHECKPOINT;
        }
    }

    /** Take a savepoint of that name. */
    record Savepoint(String name) implements Order {
        @Override
        public Kind kind() {
            return Kind.SAVEPOINT;
        }
    }

    /** Take a last checkpoint, have it committed, and stop. */
    record Stop() implements Order {
        @Override
        public Kind kind() {
            return Kind.STOP;
        }
    }

    /** Take the input for ended where it is, and complete: windows close, and nothing is left to go on with. */
    record Drain() implements Order {
        @Override
        public Kind kind() {
            return Kind.DRAIN;
        }
    }

    /** Go back to a checkpoint or savepoint. */
    record Restart(Target target, Duplicates duplicates) implements Order {
        @Override
        public Kind kind() {
            return Kind.RESTART;
        }
    }

    /** Where a restart goes back to. */
    sealed interface Target {
        /** A checkpoint that is kept. */
        record OfCheckpoint(long id) implements Target {}

        /** A savepoint in the pipeline's own folder. */
        record OfSavepoint(SnapshotPlace.Savepoint place) implements Target {}
    }

    /** Whether output that sinks have committed since may be made again. */
    enum Duplicates {
        REFUSE,
        ACCEPT
    }

    /** @param replicas that the stage is to have, at least 1 */
    record Scale(String stage, int replicas) implements Order {
        @Override
        public Kind kind() {
            return Kind.SCALE;
        }
    }
}
