package stream.weir.service.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointDetail.ReplicaPart;
import stream.weir.coordinator.status.CheckpointDetail.Stored;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.protocol.checkpoint.SnapshotTimes;

/**
 * The span of a checkpoint that has ended: one part for each replica, whose parts are its phases. Phases follow one another from the
 * trigger on, as {@link SnapshotTimes} draws them; one that took no time is left out. The last, {@code acknowledge}, is what is left until
 * the coordinator had the answer: messages on their way, and the wait for a replica that hears late of the trigger.
 */
final class CheckpointSpans {
    private CheckpointSpans() {}

    static TraceSpan of(JobView job, CheckpointDetail ended) {
        CheckpointView checkpoint = ended.checkpoint();
        long start = TimeUnit.MILLISECONDS.toNanos(checkpoint.atMillis());
        long end = start + TimeUnit.MILLISECONDS.toNanos(checkpoint.durationMillis());
        Map<String, String> texts = new HashMap<>(Map.of("weir.pipeline", job.pipeline()));
        checkpoint.kind().ifPresent(kind -> texts.put("weir.checkpoint.kind", kind.name()));
        checkpoint.failure().ifPresent(failure -> texts.put("weir.checkpoint.failure", failure.name()));
        return new TraceSpan(
                "checkpoint",
                start,
                end,
                texts,
                Map.of(
                        "weir.checkpoint.id", checkpoint.id(),
                        "weir.run", job.run(),
                        "weir.term", job.term(),
                        "weir.checkpoint.state.bytes", checkpoint.stateBytes(),
                        "weir.checkpoint.uploaded.bytes", checkpoint.uploadedBytes()),
                checkpoint.failure().map(failure -> failure + ": " + checkpoint.detail()),
                ended.replicas().stream()
                        .map(replica -> replica(replica, start, end))
                        .toList());
    }

    private static TraceSpan replica(ReplicaPart replica, long start, long end) {
        Map<String, String> texts = Map.of("weir.stage", replica.stage());
        if (replica.stored().isEmpty()) {
            return new TraceSpan(
                    "replica",
                    start,
                    end,
                    texts,
                    Map.of("weir.replica", (long) replica.replica()),
                    Optional.of("stage " + replica.stage() + " replica " + replica.replica() + " has not answered"),
                    List.of());
        }
        Stored stored = replica.stored().get();
        List<TraceSpan> phases = phases(stored.times(), start);
        long last = phases.isEmpty() ? start : phases.getLast().endNanos();
        return new TraceSpan(
                "replica",
                start,
                last,
                texts,
                Map.of(
                        "weir.replica", (long) replica.replica(),
                        "weir.checkpoint.state.bytes", stored.times().stateBytes(),
                        "weir.checkpoint.uploaded.bytes", stored.times().uploadedBytes()),
                Optional.empty(),
                phases);
    }

    private static List<TraceSpan> phases(SnapshotTimes times, long start) {
        List<TraceSpan> phases = new ArrayList<>();
        long at = start;
        at = phase(phases, "barrier", at, times.barrierNanos(), Map.of());
        at = phase(
                phases,
                "alignment",
                at,
                times.alignmentNanos(),
                times.lastInput().isEmpty() ? Map.of() : Map.of("weir.link", times.lastInput()));
        at = phase(phases, "capture", at, times.captureNanos(), Map.of());
        at = phase(phases, "upload", at, times.uploadNanos(), Map.of());
        phase(phases, "acknowledge", at, times.acknowledgedNanos() - (at - start), Map.of());
        return phases;
    }

    /** When it ended. */
    private static long phase(List<TraceSpan> to, String name, long at, long nanos, Map<String, String> texts) {
        if (nanos <= 0) {
            return at;
        }
        to.add(new TraceSpan(name, at, at + nanos, texts, Map.of(), Optional.empty(), List.of()));
        return at + nanos;
    }
}
