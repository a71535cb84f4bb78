package stream.weir.runtime.alignment;

import java.util.NavigableMap;

/** How many checkpoints are kept in mind at once, whatever the coordinator or the inputs send. */
final class PendingBound {
    /** Far above any sensible {@code checkpoint.maxConcurrent}. */
    static final int MOST = 50;

    private PendingBound() {}

    static void keepNewest(NavigableMap<Long, ?> byCheckpoint) {
        while (byCheckpoint.size() > MOST) {
            byCheckpoint.pollFirstEntry();
        }
    }
}
