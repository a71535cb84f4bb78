package stream.weir.coordinator.status;

import java.util.List;
import java.util.Optional;

/**
 * A job at one moment.
 *
 * @param run 0 before the first one
 * @param term 0 before there is a leader
 * @param detail why it is in that phase; empty where there is nothing to say
 * @param atMillis wall clock of the moment
 */
public record JobView(
        String pipeline,
        Phase phase,
        String detail,
        long run,
        long term,
        long atMillis,
        List<StageView> stages,
        Checkpoints checkpoints,
        List<RecoveryView> recoveries) {
    public JobView {
        stages = List.copyOf(stages);
        recoveries = List.copyOf(recoveries);
    }

    /** Where a job is; the same word in answer, condition and metric. */
    public enum Phase {
        /** The start is being prepared, or processes are missing. */
        STARTING,
        /** All replicas are at work. */
        RUNNING,
        /** Replicas go back to the last checkpoint. */
        RECOVERING,
        /** All input is processed, and its output committed. */
        COMPLETED,
        /** Stopped as asked. */
        STOPPED,
        /** Did not start, or cannot go on. */
        FAILED
    }

    /**
     * @param inProgress by id
     * @param history the last ones that ended, newest first
     */
    public record Checkpoints(
            Optional<CheckpointView> newest,
            List<CheckpointView> inProgress,
            List<CheckpointView> history,
            long completed,
            long failed) {
        public Checkpoints {
            inProgress = List.copyOf(inProgress);
            history = List.copyOf(history);
        }
    }

    /** @param toCheckpoint 0 where it began from nothing */
    public record RecoveryView(long atMillis, String cause, long run, long toCheckpoint) {}
}
