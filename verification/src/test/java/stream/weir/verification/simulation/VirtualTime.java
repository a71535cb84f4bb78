package stream.weir.verification.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import stream.weir.coordinator.loop.Timer;

/** Time that passes only from event to event, and what is to happen in it. Events of the same nanosecond come in any order. */
final class VirtualTime {
    private static final Comparator<Event> ORDER =
            Comparator.comparingLong(Event::at).thenComparingLong(Event::tie).thenComparingLong(Event::order);

    private final PriorityQueue<Event> events = new PriorityQueue<>(ORDER);
    private final Chance chance;
    private final Trace trace;
    private long nanos;
    private long made;

    VirtualTime(Chance chance, Trace trace) {
        this.chance = chance;
        this.trace = trace;
    }

    /** @param tie orders events of the same time */
    private record Event(long at, long tie, long order, String what, Object whose, Runnable task) {}

    long nanos() {
        return nanos;
    }

    /**
     * Lets something happen after {@code delayNanos}.
     *
     * @param whose for the trace; not to be changed afterwards
     */
    Timer.Scheduled after(long delayNanos, String what, Object whose, Runnable task) {
        return at(nanos + Math.max(0, delayNanos), what, whose, task);
    }

    Timer.Scheduled at(long at, String what, Object whose, Runnable task) {
        Event event = new Event(Math.max(at, nanos), chance.number(), made++, what, whose, task);
        events.add(event);
        return () -> events.remove(event);
    }

    /** Lets the next thing happen; false when nothing will happen any more. */
    boolean step() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        nanos = event.at();
        trace.happened(nanos, event.what(), event.whose());
        event.task().run();
        return true;
    }
}
