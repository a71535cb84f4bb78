package stream.weir.runtime.stage;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * When the replica heard of each checkpoint, and when its first barrier came. Bounded: of checkpoints that never come about only
 * the newest are remembered. Pure: time comes in as an argument, in nanoseconds of one monotonic clock.
 */
final class BarrierTimes {
    private static final int MOST = 64;

    private final NavigableMap<Long, Long> triggered = new TreeMap<>();
    private final NavigableMap<Long, Long> barrier = new TreeMap<>();

    /**
     * How long an aligned checkpoint took.
     *
     * @param barrierNanos from the trigger to the first barrier; 0 where either is not known, or the barrier was faster
     * @param alignmentNanos from the first barrier on; 0 where there was none
     */
    record Taken(long barrierNanos, long alignmentNanos) {
        static final Taken NOTHING = new Taken(0, 0);
    }

    /** The coordinator says that the checkpoint has been triggered. */
    void triggered(long checkpoint, long now) {
        remember(triggered, checkpoint, now);
    }

    /** A barrier has come in on any link. */
    void barrier(long checkpoint, long now) {
        remember(barrier, checkpoint, now);
    }

    /** The checkpoint will not come about. */
    void forget(long checkpoint) {
        triggered.remove(checkpoint);
        barrier.remove(checkpoint);
    }

    /** All barriers of the checkpoint are there; older ones are of no interest any more. */
    Taken aligned(long checkpoint, long now) {
        Long begin = triggered.get(checkpoint);
        Long first = barrier.get(checkpoint);
        triggered.headMap(checkpoint, true).clear();
        barrier.headMap(checkpoint, true).clear();
        if (first == null) {
            return Taken.NOTHING;
        }
        return new Taken(begin == null || first - begin < 0 ? 0 : first - begin, now - first);
    }

    private static void remember(NavigableMap<Long, Long> times, long checkpoint, long now) {
        times.putIfAbsent(checkpoint, now);
        if (times.size() > MOST) {
            times.pollFirstEntry();
        }
    }
}
