package stream.weir.protocol.control;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a replica has done since it was opened.
 *
 * @param records read: by a source from outside, by others from their links
 * @param idleNanos without anything to do
 * @param blockedNanos waiting for credit: back-pressure
 * @param watermark event time in milliseconds, {@link Long#MIN_VALUE} before the first one
 * @param upNanos since it was opened
 * @param lag records that wait outside for a source; empty where that is not known
 * @param sent records by the stage that reads them; each once, however many replicas get it
 * @param counts of everything else, for instance {@code late}
 */
public record ReplicaProgress(
        long records,
        long idleNanos,
        long blockedNanos,
        long watermark,
        long upNanos,
        Optional<Long> lag,
        Map<String, Long> sent,
        Map<String, Long> counts) {
    public ReplicaProgress {
        sent = Collections.unmodifiableMap(new TreeMap<>(sent));
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
