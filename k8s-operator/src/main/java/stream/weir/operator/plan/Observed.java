package stream.weir.operator.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stream.weir.operator.job.JobStatus;

/**
 * What is there now.
 *
 * @param asked replicas by stage, as StreamStages say: what users, an HPA or the autoscaler have set
 * @param deployments of stages, of all revisions
 * @param coordinator empty before it was created
 * @param checks pods that compare state, by stage and revision
 * @param nodes those on which pods of the pipeline are, by name
 */
public record Observed(
        Instant now,
        Map<String, Integer> asked,
        List<StageDeployment> deployments,
        Optional<CoordinatorDeployment> coordinator,
        Job job,
        List<PodSeen> pods,
        List<StateCheck> checks,
        Map<String, NodeSeen> nodes) {
    public Observed {
        asked = Map.copyOf(asked);
        deployments = List.copyOf(deployments);
        pods = List.copyOf(pods);
        checks = List.copyOf(checks);
        nodes = Map.copyOf(nodes);
    }

    /** What is known of the job. */
    public sealed interface Job {
        /**
         * @param why nobody answered
         * @param since when nobody has, as far as this operator has seen
         * @param office what the last leader has left, when it is gone or has not said anything at all
         * @param silent coordinators that are out of reach, {@code HOST:PORT}
         */
        record Unreachable(String why, Instant since, Optional<AbandonedOffice> office, Set<String> silent)
                implements Job {
            private static final Duration GONE_WITHIN = Duration.ofSeconds(30);

            public Unreachable {
                silent = Set.copyOf(silent);
            }

            /** A look a little later may tell that it is gone, as a node is; for a while, as pods of nodes that stay away do. */
            public boolean mayBeGone(Instant now) {
                return !silent.isEmpty() && Duration.between(since, now).compareTo(GONE_WITHIN) < 0;
            }
        }

        /** The leader's answer. */
        record Seen(JobStatus status) implements Job {}
    }

    /**
     * A lease that its holder has failed to renew several times.
     *
     * @param holder its pod; empty where that was deleted
     * @param version of the Lease, which nobody has renewed or taken since
     * @param renewed when the holder last did, by the operator's clock
     * @param silentSince when the holder was seen to be out of reach first, as at every look since; empty where its pod was deleted
     */
    public record AbandonedOffice(
            Optional<String> holder, String version, Instant renewed, Optional<Instant> silentSince) {}

    /**
     * @param name of the Deployment
     * @param ready pods that are
     * @param created when
     * @param readySince when the last of its pods became ready; empty while one is not
     * @param trouble why pods do not come up, where something is known
     */
    public record StageDeployment(
            String name,
            String stage,
            String revision,
            int replicas,
            int ready,
            Instant created,
            Optional<Instant> readySince,
            Optional<String> trouble) {
        boolean isUp() {
            return ready >= replicas && replicas > 0;
        }
    }

    /**
     * @param file that its pods work by
     * @param settings as in {@link Wanted#coordinator}
     * @param rolledAt when the operator gave it that file
     * @param completedFile the file with which the job had come to its end, where it has
     */
    public record CoordinatorDeployment(
            String file,
            String settings,
            int replicas,
            int ready,
            Optional<Instant> rolledAt,
            Optional<String> completedFile,
            Optional<String> trouble) {}

    /**
     * @param cost deletion cost that is set
     * @param leaving whether it was told to go
     * @param seen when its kubelet last reported that the container started or ended
     */
    public record PodSeen(
            String name,
            String stage,
            String revision,
            Optional<String> node,
            boolean leaving,
            Optional<Integer> cost,
            Optional<Instant> seen) {
        boolean isCoordinator() {
            return stage.isEmpty();
        }
    }

    /** A pod that compares the states of a stage's new image with the last checkpoint. */
    public record StateCheck(String stage, String revision, Result result, String detail, Instant created) {
        /** What came of it. */
        public enum Result {
            GOING_ON,
            COMPATIBLE,
            INCOMPATIBLE,
            FAILED
        }
    }

    /**
     * @param ready as the node's controller says; the last to know
     * @param tainted whether our taint is on it, and since when
     * @param renewed when its kubelet last said that it is there
     */
    public record NodeSeen(String name, boolean ready, Optional<Instant> tainted, Optional<Instant> renewed) {
        /** Whether it was marked as lost, and its kubelet has spoken since. */
        public boolean isBack() {
            return tainted.isPresent()
                    && renewed.filter(when -> when.isAfter(tainted.get())).isPresent();
        }
    }

    /** The same, with another answer about the job. */
    public Observed withJob(Job other) {
        return new Observed(now, asked, deployments, coordinator, other, pods, checks, nodes);
    }

    /** What the coordinator said; empty where none answered. */
    public Optional<JobStatus> status() {
        return job instanceof Job.Seen seen ? Optional.of(seen.status()) : Optional.empty();
    }

    Optional<StageDeployment> deployment(String stage, String revision) {
        return deployments.stream()
                .filter(deployment -> deployment.stage().equals(stage)
                        && deployment.revision().equals(revision))
                .findFirst();
    }

    Optional<StateCheck> check(String stage, String revision) {
        return checks.stream()
                .filter(check -> check.stage().equals(stage) && check.revision().equals(revision))
                .findFirst();
    }

    /** Replicas that a stage is to have now. */
    public int asked(Wanted.WantedStage stage) {
        return asked.getOrDefault(stage.name(), stage.initialReplicas());
    }
}
