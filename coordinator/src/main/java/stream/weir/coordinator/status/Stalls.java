package stream.weir.coordinator.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ReplicaProgress;

/**
 * Finds out what holds a running job up. A replica makes no progress when for a while its records have not become more although it was
 * not idle: it is stuck in a record or a timer, or waits for those downstream. Named is only the cause: a replica that waits for
 * another which makes no progress is left out. Belongs to one thread.
 */
final class Stalls {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double ALMOST_ALL = 0.9;

    private final TreeMap<ReplicaId, Course> courses = new TreeMap<>();
    private final Set<ReplicaId> done = new HashSet<>();

    /**
     * @param sinceMillis when its records last became more
     * @param then what it had done then
     * @param now what it said last
     */
    private record Course(long sinceMillis, ReplicaProgress then, ReplicaProgress now) {
        boolean isBlocked() {
            return share(now.blockedNanos() - then.blockedNanos(), then, now) >= ALMOST_ALL / 2;
        }
    }

    /** A replica has told how it gets on. */
    void progress(ReplicaId replica, ReplicaProgress now, long nowMillis) {
        if (!done.contains(replica)) {
            Course present = new Course(nowMillis, now, now);
            Course before = courses.getOrDefault(replica, present);
            boolean moves = now.records() != before.then.records() || isIdle(before.then, now);
            courses.put(replica, moves ? present : new Course(before.sinceMillis, before.then, now));
        }
    }

    /** A replica has nothing left to do. */
    void forget(ReplicaId replica) {
        courses.remove(replica);
        done.add(replica);
    }

    /** Another run has begun. */
    void clear() {
        courses.clear();
        done.clear();
    }

    /** What holds the job up, each in words; empty where nothing does. */
    List<String> at(long nowMillis) {
        Map<ReplicaId, Course> stuck = new TreeMap<>(courses);
        stuck.values().removeIf(course -> nowMillis - course.sinceMillis < PATIENCE.toMillis());
        Set<String> stages = stuck.keySet().stream().map(ReplicaId::stage).collect(Collectors.toSet());
        List<String> causes = new ArrayList<>();
        stuck.forEach((replica, course) -> {
            Set<String> downstream = course.now.sent().keySet();
            if (!course.isBlocked() || downstream.stream().noneMatch(stages::contains)) {
                causes.add(text(replica, course, (nowMillis - course.sinceMillis) / 1000));
            }
        });
        return causes;
    }

    private static String text(ReplicaId replica, Course course, long seconds) {
        Set<String> downstream = course.now.sent().keySet();
        String why = course.isBlocked()
                ? "waits for credit of " + (downstream.isEmpty() ? "its sink" : String.join(", ", downstream))
                : "is at work on one record or timer, or waits for what its step or sink calls";
        return "stage " + replica.stage() + " replica " + replica.index() + " has read nothing for " + seconds
                + " s: it " + why;
    }

    /** Whether it has been idle for a good part of the time: then there is nothing to read. */
    private static boolean isIdle(ReplicaProgress then, ReplicaProgress now) {
        return now.upNanos() < then.upNanos() || share(now.idleNanos() - then.idleNanos(), then, now) > 1 - ALMOST_ALL;
    }

    private static double share(long part, ReplicaProgress then, ReplicaProgress now) {
        long whole = now.upNanos() - then.upNanos();
        return whole <= 0 ? 0 : (double) part / whole;
    }
}
