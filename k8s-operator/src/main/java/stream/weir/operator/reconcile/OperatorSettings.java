package stream.weir.operator.reconcile;

import java.time.Duration;
import stream.weir.operator.resource.PodSettings;

/**
 * What the operator does where pipelines do not say: the third layer of configuration.
 *
 * @param progressDeadline how long pods of a change may take to come up
 * @param checkState whether the state is checked before a change
 * @param cleanupTimeout how long the deletion of a pipeline may be held up by its last savepoint or the deletion of its data
 * @param savepointTimeout how long a savepoint may take
 */
public record OperatorSettings(
        PodSettings pods,
        Duration progressDeadline,
        boolean checkState,
        Duration cleanupTimeout,
        Duration savepointTimeout) {
    public static OperatorSettings defaults() {
        return new OperatorSettings(
                PodSettings.defaults(), Duration.ofMinutes(5), true, Duration.ofMinutes(5), Duration.ofMinutes(30));
    }
}
