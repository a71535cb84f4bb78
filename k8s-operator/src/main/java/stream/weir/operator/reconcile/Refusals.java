package stream.weir.operator.reconcile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.kubernetes.resource.PipelineStatus;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.operator.plan.Plan;
import stream.weir.operator.plan.Step;
import stream.weir.operator.status.ConditionType;
import stream.weir.operator.status.ReadyReason;
import stream.weir.operator.status.ReconcilingReason;
import stream.weir.operator.status.StalledReason;
import stream.weir.operator.status.Verdict;

/** What is said when the spec, the coordinator, or the pipeline's end does not let something be. */
final class Refusals {
    private Refusals() {}

    /**
     * All problems at once. What ran before goes on.
     *
     * @param steps that were done for it meanwhile
     */
    static Plan of(StreamPipeline pipeline, StalledReason reason, List<String> problems, List<Step> steps) {
        String message = String.join("\n", problems);
        PipelinePhase phase = Optional.ofNullable(pipeline.getStatus())
                .map(PipelineStatus::phase)
                .orElse(PipelinePhase.Pending);
        List<String> replaced = steps.stream()
                .flatMap(
                        step -> step instanceof Step.ReplacePod(String pod, String _) ? Stream.of(pod) : Stream.empty())
                .toList();
        return new Plan(
                steps,
                phase,
                message,
                List.of(
                        Verdict.no(ConditionType.READY, ReadyReason.INVALID_SPEC, message),
                        replaced.isEmpty()
                                ? Verdict.no(ConditionType.RECONCILING, ReconcilingReason.UP_TO_DATE, "")
                                : Verdict.yes(
                                        ConditionType.RECONCILING,
                                        ReconcilingReason.REPLACING_LOST_PODS,
                                        "pods " + replaced + " of what runs are gone and are replaced"),
                        Verdict.yes(ConditionType.STALLED, reason, message)));
    }

    /** It waits for its last savepoint, or for its data to be deleted. */
    static Plan deleting() {
        String message = "is being deleted; first what spec.deletionPolicy says is done with its data";
        return new Plan(
                List.of(),
                PipelinePhase.Deleting,
                message,
                List.of(
                        Verdict.no(ConditionType.READY, ReadyReason.DELETING, message),
                        Verdict.yes(ConditionType.RECONCILING, ReconcilingReason.CLEANING_UP, message),
                        Verdict.no(ConditionType.STALLED, StalledReason.NOT_STALLED, "")));
    }

    /** The same plan, of which the coordinator did not take a step. */
    static Plan refused(Plan plan, String why) {
        List<Verdict> verdicts = plan.verdicts().stream()
                .map(verdict -> verdict.type() == ConditionType.STALLED
                        ? Verdict.yes(ConditionType.STALLED, StalledReason.REFUSED, why)
                        : verdict)
                .toList();
        return new Plan(plan.steps(), plan.phase(), why, verdicts);
    }
}
