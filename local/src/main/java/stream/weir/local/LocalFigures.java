package stream.weir.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import stream.weir.coordinator.membership.Member;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ReplicaProgress;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.runtime.stage.ReplicaMetrics;

/** Tells the board what processes of their own would tell it by their heartbeats. On the coordinator's thread. */
final class LocalFigures {
    private static final Optional<String> THIS_PROCESS = Optional.of("this process");

    private final StatusBoard board;
    private final LongSupplier nanos;
    private volatile Optional<Fence> run = Optional.empty();
    private long beginNanos;

    LocalFigures(StatusBoard board, LongSupplier nanos) {
        this.board = board;
        this.nanos = nanos;
    }

    /** Another run begins. */
    void run(Fence fence) {
        run = Optional.of(fence);
        beginNanos = nanos.getAsLong();
    }

    /** The present one; any thread. */
    Optional<Fence> run() {
        return run;
    }

    /** What a replica says; of an older run nothing. */
    void said(ToCoordinator message) {
        if (run.filter(present -> present.run() == message.fence().run()).isEmpty()) {
            return;
        }
        switch (message) {
            case ToCoordinator.Opened opened -> board.opened(opened.replica());
            case ToCoordinator.Finished finished -> board.finished(finished.replica());
            case ToCoordinator.Acknowledge acknowledged -> board.acknowledged(acknowledged);
            case ToCoordinator.Decline _, ToCoordinator.Committed _, ToCoordinator.Failed _ -> {}
        }
    }

    /** What the replicas have done. */
    void take(Map<ReplicaId, ReplicaMetrics> metrics) {
        long upNanos = nanos.getAsLong() - beginNanos;
        metrics.forEach((replica, counted) -> board.progress(replica, progress(counted, upNanos)));
        List<Member> members = metrics.keySet().stream()
                .map(replica -> new Member(replica, THIS_PROCESS, Optional.empty(), true))
                .toList();
        board.refresh(members, List.of());
    }

    private static ReplicaProgress progress(ReplicaMetrics metrics, long upNanos) {
        return new ReplicaProgress(
                metrics.records(),
                metrics.idleNanos(),
                metrics.blockedNanos(),
                metrics.watermark(),
                upNanos,
                metrics.lag(),
                numbers(metrics.sent()),
                numbers(metrics.counts()));
    }

    private static Map<String, Long> numbers(Map<String, AtomicLong> counters) {
        Map<String, Long> numbers = new TreeMap<>();
        counters.forEach((what, count) -> numbers.put(what, count.get()));
        return numbers;
    }
}
