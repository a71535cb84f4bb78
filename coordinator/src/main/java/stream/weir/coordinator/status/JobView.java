package stream.weir.coordinator.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job at one moment.
 *
 * @param run 0 before the first one
 * @param term 0 before there is a leader
 * @param detail why it is in that phase, for people; empty where there is nothing to say
 * @param reasons what in the detail somebody has to look at, for programs; each once
 * @param atMillis wall clock of the moment
 * @param revisions of the stages in the present run
 * @param stages those of the present run, in the pipeline's order, then those that only have processes that wait
 * @param recoveries the last times that all had to go back, newest first; not those when other replicas were wanted
 * @param lost processes that went without goodbye and have not come back, as far as this leader has seen it; newest first
 */
public record JobView(
        String pipeline,
        Phase phase,
        String detail,
        List<Reason> reasons,
        long run,
        long term,
        long atMillis,
        Map<String, String> revisions,
        List<StageView> stages,
        Checkpoints checkpoints,
        List<RecoveryView> recoveries,
        List<LostView> lost) {
    public JobView {
        revisions = Collections.unmodifiableMap(new LinkedHashMap<>(revisions));
        reasons = List.copyOf(reasons);
        lost = List.copyOf(lost);
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
        /** Replicas begin with the checkpoint that was just taken for it, as others are wanted: nothing has failed. */
        RESHAPING,
        /** All input is processed, and its output committed. */
        COMPLETED,
        /** Stopped as asked. */
        STOPPED,
        /** Did not start, or cannot go on. */
        FAILED
    }

    /** What somebody has to look at in a job that goes on; the detail has it in words. */
    public enum Reason {
        /** It runs, but a replica has read nothing for a while although it was not idle. */
        STALLED,
        /** It does not go on as its new file says, as state would be dropped; the run is as it was. */
        STATE_DROPPED
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

    /** A process that went without goodbye. Forgotten when it is back, and after 10 minutes. */
    public record LostView(String instance, String stage, String cause, long atMillis) {}
}
