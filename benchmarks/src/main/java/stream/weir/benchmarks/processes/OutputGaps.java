package stream.weir.benchmarks.processes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a job gave nothing after an event: what its replicas have processed, by the time at which they said so. Safe for use
 * by any number of threads.
 */
final class OutputGaps {
    private static final double BACK = 0.8;
    private static final long SECOND = 1000;
    private static final long STEP = 100;
    private static final long BEFORE = 10 * SECOND;

    private final List<Processed> all = new ArrayList<>();
    private final Map<String, Long> counts = new HashMap<>();

    private record Processed(long atMillis, long records) {}

    /**
     * What an event did.
     *
     * @param ratePerSecond in the ten seconds before it
     * @param gapMillis the longest time in which nothing was processed
     * @param backMillis from the event to the end of the first second after the gap in which four fifths of that rate were
     *     processed; -1 when that did not happen
     */
    record Found(long ratePerSecond, long gapMillis, long backMillis) {}

    /**
     * @param who counts; begins again at 0 where it is less than before
     * @param count since it began
     */
    synchronized void heard(String who, long atMillis, long count) {
        long before = counts.getOrDefault(who, 0L);
        counts.put(who, count);
        all.add(new Processed(atMillis, count < before ? count : count - before));
    }

    /** All that was processed. */
    synchronized long total() {
        return all.stream().mapToLong(Processed::records).sum();
    }

    /** @throws IllegalStateException where nothing was heard after the event */
    synchronized Found after(long eventMillis) {
        double rate = records(eventMillis - BEFORE, eventMillis) * SECOND / (double) BEFORE;
        List<Long> times = all.stream()
                .map(Processed::atMillis)
                .filter(at -> at >= eventMillis - SECOND)
                .sorted()
                .toList();
        if (times.isEmpty() || times.getLast() < eventMillis) {
            throw new IllegalStateException("nothing was processed after the event");
        }
        long gap = 0;
        long resumed = eventMillis;
        for (int i = 1; i < times.size(); i++) {
            long length = times.get(i) - times.get(i - 1);
            if (times.get(i) >= eventMillis && length > gap) {
                gap = length;
                resumed = times.get(i);
            }
        }
        return new Found(Math.round(rate), gap, back(eventMillis, resumed, times.getLast(), rate));
    }

    private long back(long eventMillis, long resumed, long last, double rate) {
        for (long from = resumed; from + SECOND <= last; from += STEP) {
            if (records(from, from + SECOND) >= BACK * rate) {
                return from + SECOND - eventMillis;
            }
        }
        return -1;
    }

    private long records(long from, long to) {
        return all.stream()
                .filter(each -> each.atMillis >= from && each.atMillis < to)
                .mapToLong(Processed::records)
                .sum();
    }
}
