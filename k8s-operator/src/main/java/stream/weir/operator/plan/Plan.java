package stream.weir.operator.plan;

import java.util.List;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.operator.status.Verdict;

/**
 * @param steps to do now, in this order; the first that fails ends it, and what comes after is planned anew
 * @param message for the status; empty where there is nothing to say
 * @param verdicts one for each condition
 */
public record Plan(List<Step> steps, PipelinePhase phase, String message, List<Verdict> verdicts) {
    public Plan {
        steps = List.copyOf(steps);
        verdicts = List.copyOf(verdicts);
    }
}
