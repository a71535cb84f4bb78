package stream.weir.runtime.stage;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import stream.weir.runtime.state.StateFigures;

/** What a replica has done so far. Written by its thread, read by any. */
public final class ReplicaMetrics {
    private static final long UNKNOWN = -1;

    private final AtomicLong records = new AtomicLong();
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong idleNanos = new AtomicLong();
    private final AtomicLong blockedNanos = new AtomicLong();
    private final AtomicLong watermark = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong lag = new AtomicLong(UNKNOWN);
    private final Map<String, AtomicLong> sent = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private volatile Optional<InputTraffic> traffic = Optional.empty();
    private volatile StateFigures state = StateFigures.NONE;

    /** Records read: by a source from outside, by others from their links. */
    public long records() {
        return records.get();
    }

    /** Bytes of records sent to other stages, to all replicas of them. */
    public long sentBytes() {
        return sentBytes.get();
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

    /** Records that wait outside for a source; empty where that is not known. */
    public Optional<Long> lag() {
        long known = lag.get();
        return known == UNKNOWN ? Optional.empty() : Optional.of(known);
    }

    /** Records sent, by the stage that reads them; each once, however many replicas get it. */
    public Map<String, AtomicLong> sent() {
        return Map.copyOf(sent);
    }

    /** Everything else that was counted: {@code late}, {@code skipped}. */
    public Map<String, AtomicLong> counts() {
        return Map.copyOf(counts);
    }

    /** What comes in over links; empty before the replica is open. */
    public Optional<InputTraffic> traffic() {
        return traffic;
    }

    /** The replica's keyed state, as measured at its last snapshot. */
    public StateFigures state() {
        return state;
    }

    void traffic(InputTraffic incoming) {
        traffic = Optional.of(incoming);
    }

    void state(StateFigures measured) {
        state = measured;
    }

    void read(long more) {
        records.lazySet(records.get() + more);
    }

    void sentBytes(long more) {
        sentBytes.lazySet(sentBytes.get() + more);
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

    void lag(OptionalLong records) {
        lag.lazySet(Math.max(UNKNOWN, records.orElse(UNKNOWN)));
    }

    /** Counts what is sent to a stage; for one thread. */
    AtomicLong sentTo(String stage) {
        return sent.computeIfAbsent(stage, unknown -> new AtomicLong());
    }

    void count(String what) {
        AtomicLong counter = counts.computeIfAbsent(what, unknown -> new AtomicLong());
        counter.lazySet(counter.get() + 1);
    }
}
