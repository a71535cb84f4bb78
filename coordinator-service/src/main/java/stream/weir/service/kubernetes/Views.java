package stream.weir.service.kubernetes;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.kubernetes.resource.CheckpointEntry;
import stream.weir.kubernetes.resource.CheckpointSpec;
import stream.weir.kubernetes.resource.CheckpointStatus;
import stream.weir.kubernetes.resource.CheckpointStatus.StageShare;
import stream.weir.kubernetes.resource.CoordinatorStatus;
import stream.weir.kubernetes.resource.SnapshotState;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;

/** What resources show of a job: the same for the same job. */
final class Views {
    private static final int MOST = 20;
    private static final int LONGEST = 1_024;
    private static final double KIB = 1_024;

    private Views() {}

    /** @param leader name of the pod */
    static CoordinatorStatus status(JobView job, String leader) {
        JobView.Checkpoints checkpoints = job.checkpoints();
        List<CheckpointView> history =
                checkpoints.history().stream().limit(MOST).toList();
        long inARow = history.stream()
                .takeWhile(ended -> ended.status() == CheckpointView.Status.FAILED)
                .count();
        return new CoordinatorStatus(
                leader,
                job.term(),
                job.run(),
                job.phase().name(),
                shortened(job.detail()),
                job.revisions(),
                checkpoints
                        .newest()
                        .map(newest -> entry(job.pipeline(), newest))
                        .orElse(null),
                checkpoints.inProgress().stream()
                        .limit(MOST)
                        .map(each -> entry(job.pipeline(), each))
                        .toList(),
                history.stream()
                        .filter(ended -> ended.status() == CheckpointView.Status.FAILED)
                        .findFirst()
                        .map(failed -> entry(job.pipeline(), failed))
                        .orElse(null),
                history.stream().map(each -> entry(job.pipeline(), each)).toList(),
                checkpoints.completed(),
                checkpoints.failed(),
                inARow,
                null,
                JobConditions.of(job, leader));
    }

    /**
     * The same with the times at which it is written, and since when its conditions hold.
     *
     * @param before what was written last; empty when this is the first of a leader
     */
    static CoordinatorStatus at(CoordinatorStatus status, Optional<CoordinatorStatus> before, Instant now) {
        return new CoordinatorStatus(
                status.leader(),
                status.term(),
                status.run(),
                status.phase(),
                status.detail(),
                status.revisions(),
                status.last(),
                status.inFlight(),
                status.lastFailed(),
                status.history(),
                status.completed(),
                status.failed(),
                status.consecutiveFailures(),
                now.toString(),
                JobConditions.since(conditions(Optional.of(status)), conditions(before), now));
    }

    private static List<Condition> conditions(Optional<CoordinatorStatus> status) {
        return status.flatMap(one -> Optional.ofNullable(one.conditions())).orElse(List.of());
    }

    private static CheckpointEntry entry(String pipeline, CheckpointView view) {
        boolean ended = view.status() != CheckpointView.Status.IN_PROGRESS;
        boolean complete = view.status() == CheckpointView.Status.COMPLETED;
        return new CheckpointEntry(
                view.id(),
                complete ? Weir.checkpoint(pipeline, view.id()) : null,
                switch (view.status()) {
                    case IN_PROGRESS -> SnapshotState.InProgress;
                    case COMPLETED -> SnapshotState.Completed;
                    case FAILED -> SnapshotState.Failed;
                },
                type(view.kind()),
                time(view.atMillis()),
                ended ? time(view.atMillis() + view.durationMillis()) : null,
                ended ? view.durationMillis() : null,
                complete ? view.stateBytes() : null,
                complete ? view.uploadedBytes() : null,
                complete ? size(view.stateBytes()) : null,
                view.failure().map(Enum::name).orElse(null),
                shortened(view.detail()));
    }

    /** @param document where its document is in the store */
    static CheckpointSpec spec(JobName job, Manifest manifest, String document) {
        return new CheckpointSpec(
                job.pipeline(),
                manifest.checkpoint(),
                manifest.run(),
                document,
                job.region().orElse(null));
    }

    static CheckpointStatus status(Manifest manifest) {
        CheckpointView view = CheckpointView.of(manifest);
        Instant completed = Instant.ofEpochMilli(view.atMillis() + view.durationMillis());
        return new CheckpointStatus(
                SnapshotState.Completed,
                type(view.kind()),
                completed.toString(),
                view.durationMillis(),
                view.durationMillis() + "ms",
                alignmentMillis(manifest),
                true,
                view.stateBytes(),
                size(view.stateBytes()),
                view.uploadedBytes(),
                size(view.uploadedBytes()),
                shares(manifest),
                JobConditions.of(manifest, completed));
    }

    private static long alignmentMillis(Manifest manifest) {
        return TimeUnit.NANOSECONDS.toMillis(manifest.replicas().stream()
                .mapToLong(replica -> replica.times().alignmentNanos())
                .max()
                .orElse(0));
    }

    private static List<StageShare> shares(Manifest manifest) {
        Map<String, long[]> stages = new LinkedHashMap<>();
        for (ReplicaSnapshot replica : manifest.replicas()) {
            long[] share = stages.computeIfAbsent(replica.stage(), name -> new long[2]);
            share[0]++;
            share[1] += replica.times().stateBytes();
        }
        return stages.entrySet().stream()
                .map(each -> new StageShare(each.getKey(), Math.toIntExact(each.getValue()[0]), each.getValue()[1]))
                .toList();
    }

    private static @Nullable String type(Optional<CheckpointKind> kind) {
        return kind.map(Views::type).orElse(null);
    }

    static String type(CheckpointKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }

    /** Bytes for people: {@code 12.3MiB}. */
    static String size(long bytes) {
        double value = bytes;
        String unit = "B";
        for (String next : List.of("KiB", "MiB", "GiB", "TiB")) {
            if (value < KIB) {
                break;
            }
            value /= KIB;
            unit = next;
        }
        return unit.equals("B") ? bytes + unit : String.format(Locale.ROOT, "%.1f%s", value, unit);
    }

    private static @Nullable String shortened(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }
}
