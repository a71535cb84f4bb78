package stream.weir.service;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;

/**
 * Who made a checkpoint take as long as it did.
 *
 * @param replica the one that answered last; empty where the manifest has no times
 */
record SlowestReplica(Optional<ReplicaSnapshot> replica) {
    private static final Logger LOG = LoggerFactory.getLogger(SlowestReplica.class);
    private static final Duration SLOW = Duration.ofSeconds(10);

    static SlowestReplica of(Manifest manifest) {
        return new SlowestReplica(manifest.replicas().stream()
                .max(Comparator.comparingLong(each -> each.times().acknowledgedNanos())));
    }

    /** One line with stage, replica, what took longest, and the link that was waited for. */
    void sayWhenSlow(Manifest manifest, Duration duration) {
        explained(manifest, duration).ifPresent(line -> LOG.warn("{}", line));
    }

    /** Empty of a checkpoint that was fast enough. */
    Optional<String> explained(Manifest manifest, Duration duration) {
        return replica.filter(any -> duration.compareTo(SLOW) >= 0)
                .map(last -> "SLOW_CHECKPOINT: checkpoint " + manifest.checkpoint() + " of " + manifest.pipeline()
                        + " took " + duration.toMillis() + " ms: " + text(last));
    }

    private static String text(ReplicaSnapshot last) {
        SnapshotTimes times = last.times();
        return "stage " + last.stage() + " replica " + last.replica() + " answered last, after "
                + millis(times.acknowledgedNanos()) + " ms: first barrier after " + millis(times.barrierNanos())
                + " ms, aligned in " + millis(times.alignmentNanos()) + " ms"
                + (times.lastInput().isEmpty() ? "" : " (waited for " + times.lastInput() + ")") + ", captured in "
                + millis(times.captureNanos()) + " ms, stored " + times.uploadedBytes() + " bytes in "
                + millis(times.uploadNanos()) + " ms";
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
