package stream.weir.operator.plan;

import java.util.ArrayList;
import java.util.List;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.operator.status.CompatibilityReason;
import stream.weir.operator.status.ConditionType;
import stream.weir.operator.status.ReadyReason;
import stream.weir.operator.status.ReconcilingReason;
import stream.weir.operator.status.StalledReason;
import stream.weir.operator.status.Verdict;
import stream.weir.operator.status.Verdict.Truth;

/** A plan that is being made. Of one thread, for one plan. */
final class Draft {
    private final List<Step> steps = new ArrayList<>();
    private PipelinePhase phase = PipelinePhase.Pending;
    private Verdict ready = Verdict.no(ConditionType.READY, ReadyReason.STARTING, "");
    private Verdict reconciling = Verdict.no(ConditionType.RECONCILING, ReconcilingReason.UP_TO_DATE, "");
    private Verdict stalled = Verdict.no(ConditionType.STALLED, StalledReason.NOT_STALLED, "");
    private Verdict compatible = Verdict.yes(ConditionType.STATE_COMPATIBLE, CompatibilityReason.NOTHING_TO_CHECK, "");

    void add(Step step) {
        steps.add(step);
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    boolean hasSteps() {
        return !steps.isEmpty();
    }

    void phase(PipelinePhase now) {
        phase = now;
    }

    PipelinePhase phase() {
        return phase;
    }

    void ready(ReadyReason reason, String message) {
        ready = Verdict.yes(ConditionType.READY, reason, message);
    }

    void notReady(ReadyReason reason, String message) {
        ready = Verdict.no(ConditionType.READY, reason, message);
    }

    void reconciling(ReconcilingReason reason, String message) {
        reconciling = Verdict.yes(ConditionType.RECONCILING, reason, message);
    }

    Verdict reconciling() {
        return reconciling;
    }

    boolean isReconciling() {
        return reconciling.truth() == Truth.TRUE;
    }

    void stalled(StalledReason reason, String message) {
        stalled = Verdict.yes(ConditionType.STALLED, reason, message);
    }

    boolean isStalled() {
        return stalled.truth() == Truth.TRUE;
    }

    void compatible(Truth truth, CompatibilityReason reason, String message) {
        compatible = new Verdict(ConditionType.STATE_COMPATIBLE, truth, reason, message);
    }

    Plan finished(Wanted wanted, Observed seen) {
        List<Verdict> verdicts = List.of(
                ready,
                reconciling,
                stalled,
                CheckpointHealth.healthy(wanted, seen),
                CheckpointHealth.restorable(seen),
                compatible);
        String message = isStalled() ? stalled.message() : isReconciling() ? reconciling.message() : ready.message();
        return new Plan(steps, phase, message, verdicts);
    }
}
