package stream.weir.coordinator.loop;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.checkpoint.JobState;
import stream.weir.coordinator.store.AskedEnd;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ToReplica;

/** How the job is to end, as somebody has asked this leader or one before. Belongs to the loop's thread. */
final class WantedEnd {
    private static final Logger LOG = LoggerFactory.getLogger(WantedEnd.class);

    private Optional<AskedEnd> how = Optional.empty();
    private long toldRun = -1;

    /** A stop cannot be taken back. */
    void want(AskedEnd wanted) {
        if (!isToStop()) {
            how = Optional.of(wanted);
        }
    }

    /** The run that is asked to end; 0 as long as a leader has not begun any. */
    static long runOf(@Nullable JobState state) {
        return state instanceof JobState.Active active ? active.course().fence().run() : 0;
    }

    boolean isToStop() {
        return how.equals(Optional.of(AskedEnd.STOP));
    }

    /** What replicas of a job that drains are told now: once in each run, as soon as all hear it. */
    Optional<ToReplica.EndInput> order(@Nullable JobState state) {
        if (how.equals(Optional.of(AskedEnd.DRAIN))
                && state instanceof JobState.Live live
                && live.course().allOpened()) {
            Fence fence = live.course().fence();
            if (fence.run() != toldRun) {
                toldRun = fence.run();
                LOG.info("{}: sources end their input: {}", fence.pipeline(), fence);
                return Optional.of(new ToReplica.EndInput(fence));
            }
        }
        return Optional.empty();
    }
}
