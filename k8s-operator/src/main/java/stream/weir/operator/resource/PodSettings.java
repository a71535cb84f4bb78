package stream.weir.operator.resource;

import java.util.Map;
import java.util.Optional;

/**
 * What pods are like where pipelines do not say: the operator's settings.
 *
 * @param pullPolicy as in Kubernetes; empty: Kubernetes' own
 * @param requests of a stage's container, as {@code cpu: 250m}
 * @param localStorage most bytes of working state on a node's disk, as Kubernetes spells quantities
 * @param evictAfterSeconds how long pods stay on a node that the control plane cannot reach, where nobody replaces them before
 * @param logsAsJson whether pods log JSON
 */
public record PodSettings(
        String stageImage,
        String coordinatorImage,
        Optional<String> pullPolicy,
        Map<String, String> requests,
        Map<String, String> limits,
        Map<String, String> coordinatorRequests,
        Map<String, String> coordinatorLimits,
        String localStorage,
        int evictAfterSeconds,
        boolean logsAsJson) {
    public PodSettings {
        requests = Map.copyOf(requests);
        limits = Map.copyOf(limits);
        coordinatorRequests = Map.copyOf(coordinatorRequests);
        coordinatorLimits = Map.copyOf(coordinatorLimits);
    }

    /** For tests, and where nothing is set. */
    public static PodSettings defaults() {
        return new PodSettings(
                "weir-stage",
                "weir-coordinator",
                Optional.empty(),
                Map.of("cpu", "100m", "memory", "768Mi"),
                Map.of("memory", "1536Mi"),
                Map.of("cpu", "50m", "memory", "256Mi"),
                Map.of("memory", "512Mi"),
                "10Gi",
                30,
                false);
    }
}
