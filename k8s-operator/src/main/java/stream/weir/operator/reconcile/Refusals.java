package stream.weir.operator.reconcile;

import java.util.List;
import java.util.Optional;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.kubernetes.resource.PipelineStatus;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.operator.plan.Plan;
import stream.weir.operator.plan.Planner.Tending;
import stream.weir.operator.status.ConditionType;
import stream.weir.operator.status.ReadyReason;
import stream.weir.operator.status.ReconcilingReason;
import stream.weir.operator.status.StalledReason;
import stream.weir.operator.status.Verdict;
import stream.weir.operator.status.Verdict.Truth;

/** What is said when the spec, the coordinator, or the pipeline's end does not let something be. */
final class Refusals {
    private Refusals() {}

    /**
     * All problems at once. What ran before goes on.
     *
     * @param done for its regions meanwhile
     */
    static Plan of(StreamPipeline pipeline, StalledReason reason, List<String> problems, List<Tending> done) {
        String message = String.join("\n", problems);
        PipelinePhase phase = Optional.ofNullable(pipeline.getStatus())
                .map(PipelineStatus::phase)
                .orElse(PipelinePhase.Pending);
        Verdict reconciling = done.stream()
                .map(Tending::reconciling)
                .filter(verdict -> verdict.truth() == Truth.TRUE)
                .reduce((one, other) -> Verdict.yes(one.type(), one.reason(), one.message() + "; " + other.message()))
                .orElse(Verdict.no(ConditionType.RECONCILING, ReconcilingReason.UP_TO_DATE, ""));
        return new Plan(
                done.stream().flatMap(one -> one.steps().stream()).toList(),
                phase,
                message,
                List.of(
                        Verdict.no(ConditionType.READY, ReadyReason.INVALID_SPEC, message),
                        reconciling,
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
