package stream.weir.operator.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How a job is, as its coordinator says; only what the operator looks at.
 *
 * @param detail why it is in its phase, in words for people
 * @param reasons what in the detail somebody has to look at; none from a coordinator that does not know them yet
 * @param leader pod that answered
 * @param revisions of the stages in the present run
 * @param completed checkpoints since this leader took over
 * @param inProgress checkpoints under way
 * @param lost processes that went without goodbye and are not back
 */
public record JobStatus(
        Phase phase,
        String detail,
        Set<Reason> reasons,
        String leader,
        long run,
        long term,
        long atMillis,
        Map<String, String> revisions,
        List<Stage> stages,
        Optional<Checkpoint> newest,
        Optional<Checkpoint> lastEnded,
        int inProgress,
        long completed,
        long failed,
        List<Lost> lost,
        Optional<Recovery> recovered) {
    public JobStatus {
        reasons = Set.copyOf(reasons);
        revisions = Map.copyOf(revisions);
        stages = List.copyOf(stages);
        lost = List.copyOf(lost);
    }

    /** The coordinator's words. */
    public enum Phase {
        STARTING,
        RUNNING,
        RECOVERING,
        RESHAPING,
        COMPLETED,
        STOPPED,
        FAILED,
        /** A word that a newer coordinator has. */
        UNKNOWN
    }

    /** The coordinator's words; those that a newer one has besides are left out. */
    public enum Reason {
        /** It runs, but something in it has work and makes no progress. */
        STALLED,
        /** It does not go on as its new file says; the run is as it was. */
        STATE_DROPPED
    }

    public Optional<Stage> stage(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /** Whether it runs, but something in it has made no progress for a while; the detail names it. */
    public boolean isStalled() {
        return reasons.contains(Reason.STALLED);
    }

    /** Whether the coordinator refuses to go on as its file says, as state would be lost; the detail has why. */
    public boolean isReshapeRefused() {
        return reasons.contains(Reason.STATE_DROPPED);
    }

    /** The detail as the end of a sentence; empty where there is none. */
    public String inAddition() {
        return detail.isEmpty() ? "" : ": " + detail;
    }

    /** Whether data flow, or will again without anybody's doing. */
    public boolean isAlive() {
        return switch (phase) {
            case STARTING, RUNNING, RECOVERING, RESHAPING, UNKNOWN -> true;
            case COMPLETED, STOPPED, FAILED -> false;
        };
    }

    /** @param wanted replicas from the next run on */
    public record Stage(String name, int wanted, List<Replica> replicas, List<Instance> instances) {
        public Stage {
            replicas = List.copyOf(replicas);
            instances = List.copyOf(instances);
        }

        /** Records that wait outside, all replicas together; empty unless all of them say it. */
        public OptionalLong lag() {
            long sum = 0;
            for (Replica replica : replicas) {
                OptionalLong one = replica.figures().map(Figures::lag).orElse(OptionalLong.empty());
                if (one.isEmpty()) {
                    return one;
                }
                sum += one.getAsLong();
            }
            return replicas.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
        }

        public int ready() {
            return (int) replicas.stream()
                    .filter(replica -> replica.connected() && replica.opened())
                    .count();
        }
    }

    /** @param instance pod that has it */
    public record Replica(
            int index,
            Optional<String> instance,
            boolean connected,
            boolean opened,
            boolean finished,
            Optional<Figures> figures) {}

    /** @param replica empty for one that waits */
    public record Instance(String name, String revision, boolean connected, Optional<Integer> replica) {}

    /**
     * @param busy share of the time, 0 to 1
     * @param totals empty where an older coordinator does not say them
     * @param lag records that wait outside for a source; empty where that is not known
     * @param sent records, by the stage that reads them
     * @param counts by name, the source's and the steps' own
     */
    public record Figures(
            long records,
            double recordsPerSecond,
            double busy,
            double blocked,
            double idle,
            OptionalLong watermark,
            Optional<Totals> totals,
            OptionalLong lag,
            Map<String, Long> sent,
            Map<String, Long> counts) {
        public Figures {
            sent = Map.copyOf(sent);
            counts = Map.copyOf(counts);
        }
    }

    /** Milliseconds since a replica was opened, and those in which it was busy, and blocked. */
    public record Totals(long upMillis, long busyMillis, long blockedMillis) {}

    /**
     * @param stages size of the state of each stage
     * @param failure the coordinator's word; empty for a complete one
     */
    public record Checkpoint(
            long id,
            boolean complete,
            String type,
            long atMillis,
            long durationMillis,
            long stateBytes,
            long uploadedBytes,
            Map<String, Long> stages,
            Optional<String> failure,
            String detail) {
        public Checkpoint {
            stages = Map.copyOf(stages);
        }
    }

    /**
     * Replicas went back, and a run began.
     *
     * @param toCheckpoint 0 where there was none yet
     */
    public record Recovery(long run, long toCheckpoint, String cause) {}

    /** @param instance pod */
    public record Lost(String instance, String stage, String cause, long atMillis) {}
}
