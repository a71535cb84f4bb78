package stream.weir.verification.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/** What happened last, for people, and a checksum of all that happened, to see that a seed always gives the same course. */
final class Trace {
    private static final int KEPT = Integer.getInteger("weir.simulation.events", 60);

    private final Deque<Entry> last = new ArrayDeque<>();
    private long checksum;
    private long count;
    private long now;

    private record Entry(long nanos, String what, Object whose) {
        @Override
        public String toString() {
            return "%,15d  %s %s".formatted(nanos, what, whose);
        }
    }

    void happened(long nanos, String what, Object whose) {
        now = nanos;
        count++;
        checksum = checksum * 31 + nanos;
        checksum = checksum * 31 + what.hashCode();
        keep(what, whose);
    }

    /** Something worth to be known that is part of an event. */
    void note(String what, Object whose) {
        keep(what, whose);
    }

    long count() {
        return count;
    }

    long checksum() {
        return checksum;
    }

    String lastEvents() {
        return last.stream().map(Entry::toString).collect(Collectors.joining("\n"));
    }

    private void keep(String what, Object whose) {
        last.addLast(new Entry(now, what, whose));
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }
}
