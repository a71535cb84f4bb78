package stream.weir.verification.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which run came from where, as the world saw it. */
final class Lineage {
    private final Map<Long, Optional<Point>> origins = new HashMap<>();

    /** A checkpoint and the run that took it. */
    record Point(long run, long checkpoint) {}

    void began(long run, Optional<Point> from) {
        origins.put(run, from);
    }

    /** Whether a run, or one it came from before it left, took that checkpoint. */
    boolean holds(long run, long takenBy, long checkpoint) {
        return holds(new Point(run, Long.MAX_VALUE), takenBy, checkpoint);
    }

    /** Whether what a run did for {@code checkpoint} is part of the course that leads to {@code end}. */
    boolean holds(Point end, long takenBy, long checkpoint) {
        Optional<Point> point = Optional.of(end);
        while (point.isPresent()) {
            if (point.get().run() == takenBy) {
                return checkpoint <= point.get().checkpoint();
            }
            point = origins.getOrDefault(point.get().run(), Optional.empty());
        }
        return false;
    }
}
