package stream.weir.operator.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be done for the whole graph, and why.
 *
 * @param apply counts to set now, in one call, by stage; only those that change, empty if nothing is to be done
 * @param predictedPause for which the pipeline will stand still when they are applied; zero if nothing is to be done
 * @param stages in the order of the graph
 */
public record ScalingDecision(
        Instant at, Map<String, Integer> apply, Duration predictedPause, List<StageAdvice> stages) {
    public ScalingDecision {
        apply = Map.copyOf(apply);
        stages = List.copyOf(stages);
    }

    /** Of one stage; empty for one that the pipeline does not have. */
    public Optional<StageAdvice> stage(String name) {
        return stages.stream().filter(advice -> advice.stage().equals(name)).findFirst();
    }
}
