package stream.weir.operator.reconcile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.operator.plan.Plan;
import stream.weir.operator.plan.Step;
import stream.weir.operator.status.ConditionType;
import stream.weir.operator.status.Verdict;
import stream.weir.operator.status.Verdict.Truth;

/**
 * What is said of a pipeline with several regions: the worst of what is said of each. It is ready when all are; who it is that is not
 * stands in the messages.
 */
final class Joined {
    /** The worst first. */
    private static final List<PipelinePhase> PHASES = List.of(
            PipelinePhase.Failed,
            PipelinePhase.Deleting,
            PipelinePhase.Pending,
            PipelinePhase.Starting,
            PipelinePhase.Recovering,
            PipelinePhase.Upgrading,
            PipelinePhase.Rescaling,
            PipelinePhase.Suspending,
            PipelinePhase.Running,
            PipelinePhase.Suspended,
            PipelinePhase.Completed);

    private Joined() {}

    /** @param looks at least one; the plan of one alone is as it is */
    static Plan plan(List<Look> looks) {
        if (looks.size() == 1) {
            return looks.getFirst().plan();
        }
        List<Look> byPhase = looks.stream()
                .sorted(Comparator.comparingInt(
                        look -> PHASES.indexOf(look.plan().phase())))
                .toList();
        List<Step> steps = new ArrayList<>();
        looks.forEach(look -> steps.addAll(look.plan().steps()));
        List<Verdict> verdicts = new ArrayList<>();
        for (Verdict one : looks.getFirst().plan().verdicts()) {
            verdicts.add(verdict(one.type(), byPhase));
        }
        Plan worst = byPhase.getFirst().plan();
        return new Plan(steps, worst.phase(), message(verdicts), verdicts);
    }

    private record Said(String region, Verdict verdict) {
        @Override
        public String toString() {
            return region + ": " + verdict.message();
        }
    }

    private static Verdict verdict(ConditionType type, List<Look> byPhase) {
        List<Said> said = byPhase.stream()
                .flatMap(look -> look.plan().verdicts().stream()
                        .filter(verdict -> verdict.type() == type)
                        .map(verdict -> new Said(look.subject().job(), verdict)))
                .toList();
        Truth worst = said.stream()
                .map(one -> one.verdict().truth())
                .min(Comparator.comparingInt(truths(type)::indexOf))
                .orElse(Truth.UNKNOWN);
        List<Said> those =
                said.stream().filter(one -> one.verdict().truth() == worst).toList();
        List<String> told = those.stream()
                .filter(one -> !one.verdict().message().isEmpty())
                .map(Said::toString)
                .toList();
        Verdict first = those.getFirst().verdict();
        boolean allSay = those.size() == byPhase.size()
                && those.stream().map(one -> one.verdict().message()).distinct().count() == 1;
        return new Verdict(type, worst, first.reason(), allSay ? first.message() : String.join("; ", told));
    }

    /** The worst first. */
    private static List<Truth> truths(ConditionType type) {
        return switch (type) {
            case RECONCILING, STALLED -> List.of(Truth.TRUE, Truth.UNKNOWN, Truth.FALSE);
            case READY, CHECKPOINT_HEALTHY, RESTORABLE, STATE_COMPATIBLE ->
                List.of(Truth.FALSE, Truth.UNKNOWN, Truth.TRUE);
        };
    }

    /** As of one job: why it is stalled, what is being changed, or how it is. */
    private static String message(List<Verdict> verdicts) {
        for (ConditionType type : List.of(ConditionType.STALLED, ConditionType.RECONCILING)) {
            for (Verdict verdict : verdicts) {
                if (verdict.type() == type && verdict.truth() == Truth.TRUE) {
                    return verdict.message();
                }
            }
        }
        return verdicts.stream()
                .filter(verdict -> verdict.type() == ConditionType.READY)
                .map(Verdict::message)
                .findFirst()
                .orElse("");
    }
}
