package stream.weir.operator.autoscale;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the autoscaler says of a stage; for its status.
 *
 * @param replicas now
 * @param recommended what the load asks for, within the limits; {@code replicas} if it should stay so, or nothing is known
 * @param reason why that count is recommended, or why nothing is known
 * @param message a sentence with the figures
 * @param utilization of the busiest replica if nothing held the stage up, 0 to 1 and above
 * @param predictedPause of a scaling to what is recommended; zero where that is no change
 */
public record StageAdvice(
        String stage,
        ScalingMode mode,
        int replicas,
        int recommended,
        ScalingReason reason,
        String message,
        Optional<Double> utilization,
        Duration predictedPause,
        List<ScalingCondition> conditions) {
    public StageAdvice {
        conditions = List.copyOf(conditions);
    }

    /** Whether something keeps the stage from the count that its load asks for. */
    public boolean isLimited() {
        return conditions.stream()
                .anyMatch(condition -> condition.type() == ScalingCondition.Type.SCALING_LIMITED
                        && condition.status() == ScalingCondition.Status.TRUE);
    }
}
