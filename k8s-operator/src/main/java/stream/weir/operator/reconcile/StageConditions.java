package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stream.weir.kubernetes.resource.StagePhase;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.plan.Wanted.WantedStage;
import stream.weir.operator.status.ConditionType;
import stream.weir.operator.status.Conditions;
import stream.weir.operator.status.ReadyReason;
import stream.weir.operator.status.ReconcilingReason;
import stream.weir.operator.status.Verdict;

/** What people wait for with {@code kubectl wait streamstage}: whether it is as it shall be, beside what the autoscaler says. */
final class StageConditions {
    private StageConditions() {}

    /**
     * @param asked replicas that it shall have
     * @param ready those at work
     */
    record Stage(StreamStage record, StagePhase phase, int asked, int ready) {}

    static List<Condition> of(Look look, WantedStage wanted, Stage stage) {
        List<Condition> before = Optional.ofNullable(stage.record().getStatus())
                .flatMap(status -> Optional.ofNullable(status.conditions()))
                .orElse(List.of());
        List<Condition> all = new ArrayList<>(Conditions.of(
                List.of(ready(look, stage), reconciling(stage)),
                before,
                stage.record().getMetadata().getGeneration(),
                look.shown().now()));
        look.advice(wanted.name())
                .ifPresent(advice -> all.addAll(
                        Advices.conditions(advice, stage.record(), look.shown().now())));
        return List.copyOf(all);
    }

    private static Verdict ready(Look look, Stage stage) {
        String counts = stage.ready() + " of " + stage.asked() + " replicas are at work";
        Verdict missing = Verdict.no(ConditionType.READY, ReadyReason.STAGES_NOT_READY, counts);
        Verdict atWork = Verdict.yes(ConditionType.READY, ReadyReason.RUNNING, "all replicas are at work");
        return switch (stage.phase()) {
            case Running -> atWork;
            // Of the old spec, until a run of the new one begins.
            case Upgrading -> isRunning(look) && stage.ready() >= stage.asked() ? atWork : missing;
            case Completed -> Verdict.yes(ConditionType.READY, ReadyReason.COMPLETED, "all input is processed");
            case Suspended -> Verdict.no(ConditionType.READY, ReadyReason.SUSPENDED, "the pipeline rests");
            case Recovering -> Verdict.no(ConditionType.READY, ReadyReason.RECOVERING, counts);
            case Failed ->
                Verdict.no(
                        ConditionType.READY, ReadyReason.JOB_FAILED, look.plan().message());
            case Pending, Rescaling -> missing;
        };
    }

    private static boolean isRunning(Look look) {
        return look.shown()
                .status()
                .filter(status -> status.phase() == JobStatus.Phase.RUNNING)
                .isPresent();
    }

    private static Verdict reconciling(Stage stage) {
        return switch (stage.phase()) {
            case Rescaling ->
                Verdict.yes(
                        ConditionType.RECONCILING, ReconcilingReason.RESCALING, "gets " + stage.asked() + " replicas");
            case Upgrading ->
                Verdict.yes(
                        ConditionType.RECONCILING,
                        ReconcilingReason.UPGRADING,
                        "a changed spec takes the place of the running one");
            case Pending, Running, Recovering, Suspended, Completed, Failed ->
                Verdict.no(ConditionType.RECONCILING, ReconcilingReason.UP_TO_DATE, "");
        };
    }
}
