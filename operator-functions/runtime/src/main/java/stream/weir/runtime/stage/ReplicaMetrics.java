package stream.weir.runtime.stage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a replica has done so far. Written by its thread, read by any. */
public final class ReplicaMetrics {
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong idleNanos = new AtomicLong();
    private final AtomicLong blockedNanos = new AtomicLong();
    private final AtomicLong watermark = new AtomicLong(Long.MIN_VALUE);
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /** Records read: by a source from outside, by others from their links. */
    public long records() {
        return records.get();
    }

    /** Time without anything to do. */
    public long idleNanos() {
        return idleNanos.get();
    }

    /** Time spent waiting for credit: back-pressure. */
    public long blockedNanos() {
        return blockedNanos.get();
    }

    /** Event time in milliseconds; {@link Long#MIN_VALUE} before the first watermark. */
    public long watermark() {
        return watermark.get();
    }

    /** Everything else that was counted: {@code late}, {@code skipped}. */
    public Map<String, AtomicLong> counts() {
        return Map.copyOf(counts);
    }

    void read(long more) {
        records.lazySet(records.get() + more);
    }

    void idle(long nanos) {
        idleNanos.lazySet(idleNanos.get() + nanos);
    }

    void blocked(long nanos) {
        blockedNanos.lazySet(blockedNanos.get() + nanos);
    }

    void watermark(long millis) {
        watermark.lazySet(millis);
    }

    void count(String what) {
        AtomicLong counter = counts.computeIfAbsent(what, unknown -> new AtomicLong());
        counter.lazySet(counter.get() + 1);
    }
}
