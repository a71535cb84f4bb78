package stream.weir.operator.reconcile;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.kubernetes.resource.StageSpec;
import stream.weir.kubernetes.resource.StageStatus;
import stream.weir.kubernetes.resource.StreamStage;

/** Whether what is there is what it should be, so that nothing is written for nothing. */
final class Drift {
    private Drift() {}

    /** Without replicas, which are somebody else's. */
    static boolean isSame(StreamStage wanted, StreamStage there) {
        Map<String, String> labels =
                Optional.ofNullable(there.getMetadata().getLabels()).orElse(Map.of());
        return labels.entrySet().containsAll(wanted.getMetadata().getLabels().entrySet())
                && withoutReplicas(wanted.getSpec()).equals(withoutReplicas(there.getSpec()));
    }

    /** Rates and shares move all the time: they are written when something else is, or have moved by much. */
    static boolean isSame(StageStatus now, @Nullable StageStatus before) {
        if (before == null) {
            return false;
        }
        boolean rate = near(now.recordsPerSecond(), before.recordsPerSecond());
        return rate
                && still(now).equals(still(before))
                && near(share(now.busy()), share(before.busy()))
                && near(number(now.lag()), number(before.lag()));
    }

    private static boolean near(@Nullable Double one, @Nullable Double other) {
        if (one == null || other == null) {
            return Objects.equals(one, other);
        }
        return Math.abs(one - other) <= Math.max(5, Math.max(one, other) * 0.2);
    }

    private static @Nullable Double number(@Nullable Long count) {
        return count == null ? null : Double.valueOf(count);
    }

    private static @Nullable Double share(@Nullable String percent) {
        return percent == null ? null : Double.valueOf(percent.replace("%", ""));
    }

    private static StageStatus still(StageStatus status) {
        return new StageStatus(
                status.observedGeneration(),
                status.phase(),
                status.reason(),
                null,
                status.replicas(),
                status.readyReplicas(),
                status.selector(),
                status.revision(),
                status.recommended(),
                status.recommendation(),
                null,
                null,
                null,
                null,
                status.conditions());
    }

    private static StageSpec withoutReplicas(StageSpec spec) {
        return new StageSpec(
                spec.pipeline(), spec.stage(), null, spec.keyGroups(), spec.image(), spec.revision(), spec.scale());
    }
}
