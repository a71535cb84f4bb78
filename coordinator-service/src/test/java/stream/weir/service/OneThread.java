package stream.weir.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.coordinator.loop.Timer;

/** Loop, store calls and timers in the test's thread, and in a time of their own. */
final class OneThread implements Timer {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Waiting> timers =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::at).thenComparingInt(Waiting::order));
    private long nanos;
    private int made;

    private record Waiting(long at, int order, Runnable task) {}

    CoordinatorPorts ports() {
        return new CoordinatorPorts(tasks::add, tasks::add, this, () -> nanos, () -> Instant.EPOCH, () -> "n" + made++);
    }

    /** All that is ready, without time passing. */
    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    void pass(Duration time) {
        long end = nanos + time.toNanos();
        run();
        while (!timers.isEmpty() && timers.peek().at() <= end) {
            Waiting next = timers.remove();
            nanos = next.at();
            next.task().run();
            run();
        }
        nanos = end;
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        Waiting waiting = new Waiting(nanos + delay.toNanos(), made++, task);
        timers.add(waiting);
        return () -> timers.remove(waiting);
    }
}
