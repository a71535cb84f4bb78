package stream.weir.runtime.stage;

import java.util.Arrays;

/**
 * A replica's event time: the least watermark of its links, leaving out those that have ended and those that are idle. Never
 * goes back. Pure.
 */
final class InputWatermarks {
    private static final long NONE = Long.MIN_VALUE;
    private static final long ENDED = Long.MAX_VALUE;

    private final long[] watermarks;
    private final boolean[] idle;
    private long current;

    InputWatermarks(int links) {
        this.watermarks = new long[links];
        this.idle = new boolean[links];
        Arrays.fill(watermarks, NONE);
        this.current = NONE;
    }

    /** A link's watermark in the restored checkpoint. */
    void restore(int link, long watermark) {
        watermarks[link] = watermark;
    }

    /** The replica's own watermark in the restored checkpoint. */
    void restoreCurrent(long watermark) {
        current = watermark;
    }

    /** @return the replica's watermark afterwards */
    long advance(int link, long watermark) {
        idle[link] = false;
        watermarks[link] = Math.max(watermarks[link], watermark);
        return recompute();
    }

    /** @return the replica's watermark afterwards */
    long idle(int link) {
        idle[link] = true;
        return recompute();
    }

    /** A record came: the link counts again. */
    void active(int link) {
        idle[link] = false;
    }

    /** @return the replica's watermark afterwards */
    long ended(int link) {
        return advance(link, ENDED);
    }

    /** Whether there is nothing to wait for: every link that has not ended is idle, and at least one is. */
    boolean isIdle() {
        boolean anyIdle = false;
        for (int i = 0; i < watermarks.length; i++) {
            if (idle[i]) {
                anyIdle = true;
            } else if (watermarks[i] != ENDED) {
                return false;
            }
        }
        return anyIdle;
    }

    long of(int link) {
        return watermarks[link];
    }

    long current() {
        return current;
    }

    private long recompute() {
        long least = ENDED;
        boolean allEnded = true;
        boolean anyCounts = false;
        for (int i = 0; i < watermarks.length; i++) {
            if (watermarks[i] != ENDED) {
                allEnded = false;
                if (!idle[i]) {
                    anyCounts = true;
                    least = Math.min(least, watermarks[i]);
                }
            }
        }
        // Links that are idle may come back: only when all have ended is event time at its end.
        if ((anyCounts || allEnded) && least > current) {
            current = least;
        }
        return current;
    }
}
