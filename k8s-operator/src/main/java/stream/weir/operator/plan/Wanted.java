package stream.weir.operator.plan;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sound pipeline asks for.
 *
 * @param file short hash of the pipeline file
 * @param coordinator short hash of what else the coordinator's pods depend on
 * @param checkpointInterval from trigger to trigger
 * @param stages in the order of the file
 */
public record Wanted(
        String pipeline,
        String file,
        String coordinator,
        int coordinatorReplicas,
        boolean suspend,
        boolean checkState,
        Duration progressDeadline,
        Duration checkpointInterval,
        Duration checkpointTimeout,
        List<WantedStage> stages) {
    public Wanted {
        stages = List.copyOf(stages);
    }

    /** @param initialReplicas that it begins with; counts for nothing once somebody has scaled it */
    public record WantedStage(String name, String revision, int initialReplicas) {}

    Map<String, String> revisions() {
        Map<String, String> all = new LinkedHashMap<>();
        stages.forEach(stage -> all.put(stage.name(), stage.revision()));
        return all;
    }

    Optional<WantedStage> stage(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }
}
