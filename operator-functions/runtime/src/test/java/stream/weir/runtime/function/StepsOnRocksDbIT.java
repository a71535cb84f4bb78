package stream.weir.runtime.function;

import java.util.List;
import org.junit.jupiter.api.Test;
import stream.weir.runtime.function.ChainHarness.Mode;

/** The differential tests, on the backend whose tables are not all in one place. */
class StepsOnRocksDbIT {
    private static final List<Mode> RUNNING = List.of(Mode.ROCKSDB);
    private static final List<Mode> RESTORING = List.of(Mode.RESTORING_ROCKSDB);

    @Test
    void when_state_is_in_files_then_results_equal_the_references() {
        WindowDifferentialTest.slidingWindows(8, RUNNING);
        WindowDifferentialTest.sessions(8, RUNNING);
        JoinDifferentialTest.windowJoins(8, RUNNING);
        JoinDifferentialTest.joinsByDistance(8, RUNNING);
    }

    @Test
    void when_state_is_restored_from_files_after_each_call_then_results_equal_the_references() {
        WindowDifferentialTest.slidingWindows(1, RESTORING);
        WindowDifferentialTest.sessions(1, RESTORING);
        JoinDifferentialTest.windowJoins(1, RESTORING);
        JoinDifferentialTest.joinsByDistance(1, RESTORING);
    }
}
