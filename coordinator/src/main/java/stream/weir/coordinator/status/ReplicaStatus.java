package stream.weir.coordinator.status;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stream.weir.coordinator.status.StageView.Figures;
import stream.weir.coordinator.status.StageView.ReplicaView;
import stream.weir.coordinator.status.StageView.Totals;
import stream.weir.protocol.control.ReplicaProgress;

/**
 * What is known of one replica.
 *
 * @param last what it said last in this run, from which the next figures are measured
 */
record ReplicaStatus(
        Optional<String> instance,
        Optional<String> address,
        boolean connected,
        boolean opened,
        boolean finished,
        Optional<ReplicaProgress> last,
        Optional<Figures> figures) {
    private static final double NANOS = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final ReplicaProgress NONE =
            new ReplicaProgress(0, 0, 0, Long.MIN_VALUE, 0, Optional.empty(), Map.of(), Map.of());

    static ReplicaStatus missing() {
        return new ReplicaStatus(
                Optional.empty(), Optional.empty(), false, false, false, Optional.empty(), Optional.empty());
    }

    ReplicaStatus at(Optional<String> process, Optional<String> where, boolean reachable) {
        return new ReplicaStatus(process, where, reachable, opened, finished, last, figures);
    }

    ReplicaStatus withOpened() {
        return new ReplicaStatus(instance, address, connected, true, finished, last, figures);
    }

    ReplicaStatus withFinished() {
        return new ReplicaStatus(instance, address, connected, opened, true, last, figures);
    }

    ReplicaStatus inNextRun() {
        return new ReplicaStatus(instance, address, connected, false, false, Optional.empty(), Optional.empty());
    }

    ReplicaStatus with(ReplicaProgress progress) {
        ReplicaProgress before = last.orElseGet(() -> NONE);
        long nanos = progress.upNanos() - before.upNanos();
        if (nanos <= 0) {
            return this;
        }
        double blocked = share(progress.blockedNanos() - before.blockedNanos(), nanos);
        double idle = Math.min(1 - blocked, share(progress.idleNanos() - before.idleNanos(), nanos));
        Figures measured = new Figures(
                progress.records(),
                (progress.records() - before.records()) * NANOS / nanos,
                1 - blocked - idle,
                blocked,
                idle,
                progress.watermark() == Long.MIN_VALUE ? Optional.empty() : Optional.of(progress.watermark()),
                totals(progress),
                progress.lag(),
                progress.sent(),
                perSecond(progress.sent(), before.sent(), nanos),
                progress.counts());
        return new ReplicaStatus(
                instance, address, connected, opened, finished, Optional.of(progress), Optional.of(measured));
    }

    ReplicaView view(int index) {
        return new ReplicaView(index, instance, address, connected, opened, finished, figures);
    }

    private static Totals totals(ReplicaProgress progress) {
        long up = progress.upNanos() / NANOS_PER_MILLI;
        long blocked = Math.min(up, progress.blockedNanos() / NANOS_PER_MILLI);
        long idle = Math.min(up - blocked, progress.idleNanos() / NANOS_PER_MILLI);
        return new Totals(up, up - blocked - idle, blocked);
    }

    private static Map<String, Double> perSecond(Map<String, Long> now, Map<String, Long> before, long nanos) {
        Map<String, Double> rates = new TreeMap<>();
        now.forEach((reader, sent) -> rates.put(reader, (sent - before.getOrDefault(reader, 0L)) * NANOS / nanos));
        return Collections.unmodifiableMap(rates);
    }

    private static double share(long part, long whole) {
        return Math.clamp((double) part / whole, 0, 1);
    }
}
