package stream.weir.operator.autoscale;

import java.util.List;
import java.util.Map;

/**
 * What the figures of one moment ask for; without regard to what was before.
 *
 * @param stages by name
 */
record Evaluation(Map<String, StageWish> stages) {
    Evaluation {
        stages = Map.copyOf(stages);
    }

    /**
     * @param replicas now
     * @param wish the count that the stage should have; {@code replicas} if it should stay
     * @param tiedTo stages with equal counts, itself among them
     * @param outOfBounds whether the present count is not allowed, so that nothing has to be waited for
     */
    record StageWish(
            String stage,
            ScalingMode mode,
            ScalingSettings settings,
            int replicas,
            int wish,
            ScalingReason reason,
            StageAsk ask,
            Limits limits,
            List<String> tiedTo,
            boolean outOfBounds) {
        StageWish {
            tiedTo = List.copyOf(tiedTo);
        }
    }
}
