package stream.weir.runtime.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The watermark of a source replica: the least over its splits of the greatest timestamp seen, less what the stream may be out
 * of order. Pure: time comes in as an argument.
 *
 * <p>A split that has ended no longer counts. One without a record for {@code idleAfterMillis} does not count either, until it
 * has one, but only where that is set: the replica tells by {@link #resumed} when it could not read for a while, so that a
 * split is never called idle because of back-pressure.
 */
final class SplitWatermarks {
    /** Nothing is known of event time yet. */
    static final long NONE = Long.MIN_VALUE;

    private final long outOfOrderMillis;
    private final long idleAfterMillis;
    private final Map<String, Split> splits = new LinkedHashMap<>();
    private final List<Split> active = new ArrayList<>();
    private long emitted = NONE;
    private long lastActiveOfAll = Long.MIN_VALUE / 2;

    /**
     * @param outOfOrderMillis distance of the watermark from the greatest timestamp, at least 0
     * @param idleAfterMillis 0 for never
     */
    SplitWatermarks(long outOfOrderMillis, long idleAfterMillis) {
        this.outOfOrderMillis = outOfOrderMillis;
        this.idleAfterMillis = idleAfterMillis;
    }

    /** The split of that name, created where there is none. */
    Split split(String name, long nowMillis) {
        lastActiveOfAll = nowMillis;
        return splits.computeIfAbsent(name, unknown -> {
            Split split = new Split(name, nowMillis);
            active.add(split);
            return split;
        });
    }

    /** All splits seen so far, ended ones too. */
    Iterable<Split> all() {
        return splits.values();
    }

    /** The present watermark; never goes back. */
    long current(long nowMillis) {
        long least = Long.MAX_VALUE;
        boolean any = false;
        for (int i = 0; i < active.size(); i++) {
            Split split = active.get(i);
            if (!split.isIdle(nowMillis)) {
                any = true;
                least = Math.min(least, split.watermark());
            }
        }
        if (any && least > emitted) {
            emitted = least;
        }
        return emitted;
    }

    /** Whether every split is idle; a replica that reads no split at all is idle after the same time. */
    boolean isIdle(long nowMillis) {
        for (int i = 0; i < active.size(); i++) {
            if (!active.get(i).isIdle(nowMillis)) {
                return false;
            }
        }
        return idleAfterMillis > 0 && nowMillis - lastActiveOfAll >= idleAfterMillis;
    }

    /** Reading was impossible until now: silence up to now means nothing. */
    void resumed(long nowMillis) {
        lastActiveOfAll = nowMillis;
        for (int i = 0; i < active.size(); i++) {
            active.get(i).lastActive = nowMillis;
        }
    }

    /** The watermark restored from a checkpoint: nothing below it is emitted again. */
    void restore(long watermark) {
        emitted = Math.max(emitted, watermark);
    }

    /** One split's part. */
    final class Split {
        private final String name;
        private long greatest = NONE;
        private long lastActive;
        /** Told by the source itself, which then is all that counts. */
        private OptionalLong told = OptionalLong.empty();

        private Split(String name, long nowMillis) {
            this.name = name;
            this.lastActive = nowMillis;
        }

        String name() {
            return name;
        }

        long greatest() {
            return greatest;
        }

        void restore(long restoredGreatest) {
            greatest = Math.max(greatest, restoredGreatest);
        }

        void saw(long timestamp, long nowMillis) {
            if (timestamp > greatest) {
                greatest = timestamp;
            }
            lastActive = nowMillis;
            lastActiveOfAll = nowMillis;
        }

        void tell(long watermark, long nowMillis) {
            told = OptionalLong.of(watermark);
            lastActive = nowMillis;
            lastActiveOfAll = nowMillis;
        }

        void end() {
            active.remove(this);
        }

        private boolean isIdle(long nowMillis) {
            return idleAfterMillis > 0 && nowMillis - lastActive >= idleAfterMillis;
        }

        /** One below what may still come, so that an equal timestamp is not late; saturates instead of wrapping around. */
        private long watermark() {
            if (told.isPresent()) {
                return told.getAsLong();
            }
            return greatest < NONE + outOfOrderMillis + 1 ? NONE : greatest - outOfOrderMillis - 1;
        }
    }
}
