package stream.weir.coordinator.checkpoint;

import java.util.Optional;
import java.util.OptionalLong;
import stream.weir.protocol.checkpoint.Manifest;

/** Where a job is. A transition is a method of the states that may make it; {@link CheckpointMachine} has the picture. */
public sealed interface JobState {
    /** Not over. */
    sealed interface Active extends JobState {
        Course course();

        Active with(Course changed);
    }

    /** Replicas run, and checkpoints are taken. */
    sealed interface Live extends Active {
        @Override
        Live with(Course changed);

        default Failed fail(JobFailure reason, String detail) {
            return new Failed(reason, detail, course().newest());
        }
    }

    /** On the way to another run; what replicas say counts no more. */
    sealed interface Recovering extends Active {
        /** What was lost. */
        String cause();

        @Override
        Recovering with(Course changed);

        default Stopped stop() {
            return new Stopped(LastCheckpoint.NONE, course().newest(), "stopped while recovering from: " + cause());
        }

        default Stopped stopLate() {
            return new Stopped(
                    LastCheckpoint.NONE,
                    course().newest(),
                    "without a last checkpoint, as it was too late for one while recovering from: " + cause());
        }

        default Failed fail(JobFailure reason, String detail) {
            return new Failed(reason, detail, course().newest());
        }
    }

    /** Over for good. */
    sealed interface Ended extends JobState {
        Optional<Manifest> newest();
    }

    record Running(Course course) implements Live {
        @Override
        public Running with(Course changed) {
            return new Running(changed);
        }

        Finishing finish(Now now) {
            return new Finishing(course, now.nanos(), OptionalLong.empty());
        }

        Stopping stop(long deadlineNanos, Now now) {
            return new Stopping(course, course.chain().nextId(), now.nanos(), deadlineNanos);
        }

        BackingOff lose(String cause, long untilNanos) {
            return new BackingOff(course, cause, untilNanos);
        }

        BackingOff reshape(String cause, Now now) {
            return new BackingOff(course, cause, now.nanos());
        }
    }

    /**
     * All replicas have finished: a final checkpoint is taken and committed.
     *
     * @param notBeforeNanos when the final checkpoint may start
     * @param commitByNanos when sinks should have committed it; empty before it is complete
     */
    record Finishing(Course course, long notBeforeNanos, OptionalLong commitByNanos) implements Live {
        @Override
        public Finishing with(Course changed) {
            return new Finishing(changed, notBeforeNanos, commitByNanos);
        }

        Finishing retryAt(long nanos) {
            return new Finishing(course, nanos, commitByNanos);
        }

        Finishing commitBy(long nanos) {
            return new Finishing(course, notBeforeNanos, OptionalLong.of(nanos));
        }

        Stopping stop(long deadlineNanos, Now now) {
            return new Stopping(course, course.chain().nextId(), now.nanos(), deadlineNanos);
        }

        BackingOff lose(String cause, long untilNanos) {
            return new BackingOff(course, cause, untilNanos);
        }

        Completed complete(Manifest last) {
            return new Completed(last);
        }
    }

    /**
     * A last checkpoint is taken and committed.
     *
     * @param from checkpoints from this id on are late enough
     * @param notBeforeNanos when it may start
     * @param deadlineNanos when the job stops all the same, and is to go on from the newest complete one
     */
    record Stopping(Course course, long from, long notBeforeNanos, long deadlineNanos) implements Live {
        @Override
        public Stopping with(Course changed) {
            return new Stopping(changed, from, notBeforeNanos, deadlineNanos);
        }

        Stopping retryAt(long nanos) {
            return new Stopping(course, from, nanos, deadlineNanos);
        }

        boolean hasLastCheckpoint() {
            return course.newestId() >= from || course.isFinal();
        }

        Stopped stopped(LastCheckpoint last, String detail) {
            return new Stopped(last, course.newest(), detail);
        }

        BackingOff lose(String cause, long untilNanos) {
            return new BackingOff(course, cause, untilNanos);
        }

        Completed complete(Manifest last) {
            return new Completed(last);
        }
    }

    /** A replica was lost, or the next run is to have others; waits out the restart delay, and until the store holds every older entry. */
    record BackingOff(Course course, String cause, long untilNanos) implements Recovering {
        @Override
        public BackingOff with(Course changed) {
            return new BackingOff(changed, cause, untilNanos);
        }

        OpeningRun open(RunRecord run) {
            return new OpeningRun(course, cause, run, OptionalLong.empty());
        }
    }

    /**
     * The record of the next run is being written.
     *
     * @param retryAtNanos empty while the store is asked
     */
    record OpeningRun(Course course, String cause, RunRecord run, OptionalLong retryAtNanos) implements Recovering {
        @Override
        public OpeningRun with(Course changed) {
            return new OpeningRun(changed, cause, run, retryAtNanos);
        }

        OpeningRun retryAt(long nanos) {
            return new OpeningRun(course, cause, run, OptionalLong.of(nanos));
        }

        OpeningRun asking() {
            return new OpeningRun(course, cause, run, OptionalLong.empty());
        }

        Running restarted(Course next) {
            return new Running(next);
        }
    }

    /** All input is processed, and its output committed. */
    record Completed(Manifest last) implements Ended {
        @Override
        public Optional<Manifest> newest() {
            return Optional.of(last);
        }
    }

    /** Stopped as asked; a start goes on from {@code newest}. */
    record Stopped(LastCheckpoint last, Optional<Manifest> newest, String detail) implements Ended {}

    record Failed(JobFailure reason, String detail, Optional<Manifest> newest) implements Ended {}
}
