package stream.weir.service.kubernetes;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.kubernetes.resource.Transitions;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;

/** What people wait for with {@code kubectl wait}, in the words that the operator has for a pipeline. */
final class JobConditions {
    private static final String READY = "Ready";
    private static final String CHECKPOINT_HEALTHY = "CheckpointHealthy";
    private static final String RESTORABLE = "Restorable";
    private static final String TRUE = "True";
    private static final String FALSE = "False";
    private static final int LONGEST = 1_024;

    private JobConditions() {}

    /**
     * Whether somebody leads a job that runs, and whether its checkpoints come about. Without times: {@link #since} adds them.
     *
     * @param leader name of the pod
     */
    static List<Condition> of(JobView job, String leader) {
        return List.of(ready(job, leader), checkpointHealthy(job.checkpoints()));
    }

    /** Of a checkpoint that is there, since it was complete. */
    static List<Condition> of(Manifest manifest, Instant completed) {
        Condition ready = condition(
                READY, TRUE, "Completed", "all of " + manifest.replicas().size() + " replicas are in it");
        Condition restorable = condition(
                RESTORABLE, TRUE, "ManifestRead", "what it names is looked at when it is restored, object by object");
        return since(List.of(ready, restorable), List.of(), completed);
    }

    /** Their times: when the status became what it is. */
    static List<Condition> since(List<Condition> conditions, List<Condition> before, Instant now) {
        return conditions.stream()
                .map(condition -> new ConditionBuilder(condition)
                        .withLastTransitionTime(
                                Transitions.time(condition.getType(), condition.getStatus(), before, now))
                        .build())
                .toList();
    }

    private static Condition ready(JobView job, String leader) {
        String leads = leader + " leads with term " + job.term();
        return switch (job.phase()) {
            case RUNNING -> condition(READY, TRUE, "Running", leads);
            case RESHAPING -> condition(READY, TRUE, "Rescaling", leads);
            case COMPLETED -> condition(READY, TRUE, "Completed", "all input is processed and its output committed");
            case STARTING -> condition(READY, FALSE, "Starting", why(job, "processes come up"));
            case RECOVERING -> condition(READY, FALSE, "Recovering", why(job, "replicas go back to a checkpoint"));
            case STOPPED -> condition(READY, FALSE, "Stopped", why(job, "stopped as asked"));
            case FAILED -> condition(READY, FALSE, "JobFailed", why(job, "the job cannot go on"));
        };
    }

    private static Condition checkpointHealthy(JobView.Checkpoints checkpoints) {
        Optional<CheckpointView> ended = checkpoints.history().stream().findFirst();
        if (ended.isPresent() && ended.get().status() == CheckpointView.Status.FAILED) {
            CheckpointView failed = ended.get();
            String word = failed.failure().map(Enum::name).orElse("");
            return condition(
                    CHECKPOINT_HEALTHY,
                    FALSE,
                    failed.failure().map(JobConditions::reason).orElse("Failing"),
                    "checkpoint " + failed.id() + " failed: " + word + " " + failed.detail());
        }
        return ended.or(checkpoints::newest).isPresent()
                ? condition(CHECKPOINT_HEALTHY, TRUE, "Completed", "checkpoints complete")
                : condition(CHECKPOINT_HEALTHY, "Unknown", "NoneYet", "no checkpoint was complete yet");
    }

    private static String reason(CheckpointFailure failure) {
        return switch (failure) {
            case TIMED_OUT -> "TimedOut";
            case ALIGNMENT_LIMIT_EXCEEDED -> "AlignmentLimitExceeded";
            default -> "Failing";
        };
    }

    private static String why(JobView job, String otherwise) {
        return job.detail().isEmpty() ? otherwise : job.detail();
    }

    private static Condition condition(String type, String status, String reason, String message) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message.length() <= LONGEST ? message : message.substring(0, LONGEST - 3) + "...")
                .build();
    }
}
