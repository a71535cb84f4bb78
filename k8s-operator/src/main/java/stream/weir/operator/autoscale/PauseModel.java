package stream.weir.operator.autoscale;

import java.time.Duration;
import java.util.Map;

/**
 * Predicts for how long a rescaling keeps a pipeline from processing, and learns from how long it took.
 *
 * @param factor by which pauses have been longer than the plain estimate
 */
record PauseModel(double factor) {
    /** Closing and opening a run on processes that are there. */
    private static final double FIXED_SECONDS = 1;

    /** What one process loads from a snapshot store; the uploads of small machines are not faster. */
    private static final double BYTES_PER_SECOND = 100e6;

    /** Of a new measurement. */
    private static final double WEIGHT = 0.5;

    static PauseModel untaught() {
        return new PauseModel(1);
    }

    /** @param stateBytes by stage; a stage that is not there has no state */
    Duration predicted(Map<String, Integer> from, Map<String, Integer> to, Map<String, Long> stateBytes) {
        return Durations.ofSeconds(factor * plain(from, to, stateBytes));
    }

    PauseModel learned(
            Duration measured, Map<String, Integer> from, Map<String, Integer> to, Map<String, Long> stateBytes) {
        double ratio = Math.clamp(Durations.seconds(measured) / plain(from, to, stateBytes), 0.1, 30);
        return new PauseModel(factor + WEIGHT * (ratio - factor));
    }

    private static double plain(Map<String, Integer> from, Map<String, Integer> to, Map<String, Long> stateBytes) {
        double slowest = 0;
        for (Map.Entry<String, Integer> stage : to.entrySet()) {
            int before = from.getOrDefault(stage.getKey(), stage.getValue());
            if (before != stage.getValue()) {
                double bytes = stateBytes.getOrDefault(stage.getKey(), 0L) * loaded(before, stage.getValue());
                slowest = Math.max(slowest, bytes / BYTES_PER_SECOND);
            }
        }
        return FIXED_SECONDS + slowest;
    }

    /**
     * What part of the state the replica loads that loads the most. Each has an interval of the key groups, by its index, and keeps what
     * it had of it.
     */
    static double loaded(int from, int to) {
        double most = 0;
        for (int index = 0; index < to; index++) {
            double begin = (double) index / to;
            double end = (index + 1.0) / to;
            double kept = Math.min(end, (index + 1.0) / from) - Math.max(begin, (double) index / from);
            most = Math.max(most, end - begin - (index < from ? Math.max(0, kept) : 0));
        }
        return most;
    }
}
