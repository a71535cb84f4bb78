package stream.weir.verification.simulation;

import java.time.Duration;
import java.util.List;
import stream.weir.api.pipeline.CheckpointConfig.Alignment;
import stream.weir.api.pipeline.CheckpointConfig.Mode;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.runtime.stage.ReplicaEnvironment.Tuning;

/**
 * How a simulated job is set up.
 *
 * @param takesOver whether a new leader goes on with the run where it can, as between processes; else it begins the next one
 * @param creditBytes what a link may have in flight before its sender waits
 */
record Settings(
        Mode mode,
        Alignment alignment,
        StateConfig state,
        Duration interval,
        Duration timeout,
        Duration minPause,
        int maxConcurrent,
        int retained,
        Tuning tuning,
        int creditBytes,
        boolean takesOver) {
    private static final Duration RETRY = Duration.ofMillis(5);
    private static final Duration GRACE = Duration.ofMillis(20);

    static Settings drawn(Chance chance) {
        return new Settings(
                chance.oneIn(8) ? Mode.AT_LEAST_ONCE : Mode.EXACTLY_ONCE,
                new Alignment(chance.oneIn(10) ? 2_000 : -1, chance.oneIn(40)),
                new StateConfig(backend(chance), chance.oneIn(2)),
                Duration.ofMillis(chance.between(3, 20)),
                Duration.ofMillis(chance.between(30, 120)),
                Duration.ofMillis(chance.oneIn(2) ? 0 : chance.between(1, 5)),
                chance.between(1, 3),
                chance.between(1, 3),
                new Tuning(chance.oneOf(List.of(1, 100, 1_000)), Duration.ofMillis(1)),
                chance.oneOf(List.of(300, 2_000, 1 << 20)),
                chance.oneIn(2));
    }

    /** RocksDB takes a hundred times as long as the others. */
    private static StateConfig.Backend backend(Chance chance) {
        if (chance.oneIn(32)) {
            return StateConfig.Backend.ROCKSDB;
        }
        return chance.oneIn(4) ? StateConfig.Backend.FILESYSTEM : StateConfig.Backend.MEMORY;
    }

    Settings with(Mode other) {
        return with(other, takesOver);
    }

    /** As between processes. */
    Settings takingOver() {
        return with(mode, true);
    }

    private Settings with(Mode otherMode, boolean others) {
        return new Settings(
                otherMode,
                alignment,
                state,
                interval,
                timeout,
                minPause,
                maxConcurrent,
                retained,
                tuning,
                creditBytes,
                others);
    }

    CoordinatorConfig coordinator(int maxParallelism) {
        return new CoordinatorConfig(
                interval,
                timeout,
                minPause,
                maxConcurrent,
                -1,
                retained,
                timeout.plus(GRACE),
                maxParallelism,
                RETRY,
                new RestartPolicy(-1, Duration.ofMillis(2), Duration.ofMillis(20)));
    }
}
