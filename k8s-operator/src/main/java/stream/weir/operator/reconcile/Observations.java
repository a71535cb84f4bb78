package stream.weir.operator.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import stream.weir.operator.autoscale.Observation;
import stream.weir.operator.job.JobStatus;

/** What the coordinator says, as the autoscaler measures it: counters as the replicas keep them, so that missed answers cost nothing. */
final class Observations {
    private Observations() {}

    /** @param at when the coordinator was asked */
    static Observation of(JobStatus status, Instant at) {
        return new Observation(
                at,
                status.run(),
                status.phase() == JobStatus.Phase.RUNNING,
                status.stages().stream().map(stage -> stage(status, stage)).toList());
    }

    private static Observation.Stage stage(JobStatus status, JobStatus.Stage stage) {
        return new Observation.Stage(
                stage.name(),
                stage.wanted(),
                stage.replicas().size(),
                stateBytes(status, stage.name()),
                stage.lag(),
                stage.replicas().stream()
                        .flatMap(replica -> replica(replica).stream())
                        .toList());
    }

    /** A stage that the newest checkpoint does not name has no state in it. */
    private static OptionalLong stateBytes(JobStatus status, String stage) {
        return status.newest()
                .filter(newest -> !newest.stages().isEmpty())
                .map(newest -> OptionalLong.of(newest.stages().getOrDefault(stage, 0L)))
                .orElse(OptionalLong.empty());
    }

    /** Empty where it has said nothing, or its coordinator is of a version that does not tell times. */
    private static Optional<Observation.Replica> replica(JobStatus.Replica replica) {
        return replica.figures().flatMap(figures -> figures.totals()
                .map(totals -> new Observation.Replica(
                        replica.index(),
                        replica.instance().orElse(""),
                        replica.finished(),
                        figures.records(),
                        Duration.ofMillis(totals.upMillis()),
                        Duration.ofMillis(totals.busyMillis()),
                        Duration.ofMillis(totals.blockedMillis()),
                        figures.sent())));
    }
}
