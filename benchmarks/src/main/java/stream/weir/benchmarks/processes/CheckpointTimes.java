package stream.weir.benchmarks.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.store.ObjectStore;

/**
 * How long complete checkpoints took, as their manifests say.
 *
 * @param checkpoints oldest first
 */
record CheckpointTimes(List<Checkpoint> checkpoints) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /**
     * One of them, in milliseconds from its trigger.
     *
     * @param firstBarrier from when a replica heard of the trigger until the first barrier was there, where that took longest
     * @param aligned until the last barrier had arrived where that took longest, by the coordinator's clock: also the time in which
     *     the trigger and the acknowledgement waited to be read
     * @param complete until all had acknowledged
     */
    record Checkpoint(long id, long firstBarrier, long aligned, long complete) {}

    /** @param store the pipeline's own folder, with the manifests that are kept */
    static CheckpointTimes in(ObjectStore store, String pipeline) throws Exception {
        CheckpointStore all = CheckpointStore.of(store, pipeline);
        List<Checkpoint> found = new ArrayList<>();
        for (long id : all.checkpoints()) {
            if (all.checkpoint(id).orElse(null) instanceof Entry.Complete(Manifest manifest)) {
                found.add(of(manifest));
            }
        }
        return new CheckpointTimes(List.copyOf(found));
    }

    static Checkpoint of(Manifest manifest) {
        long first = most(manifest, times -> times.barrierNanos());
        long aligned = most(manifest, times -> times.acknowledgedNanos() - times.captureNanos() - times.uploadNanos());
        return new Checkpoint(
                manifest.checkpoint(), first / NANOS_PER_MILLI, aligned / NANOS_PER_MILLI, manifest.durationMillis());
    }

    private static long most(Manifest manifest, ToLongFunction<SnapshotTimes> time) {
        return manifest.replicas().stream()
                .mapToLong(replica -> time.applyAsLong(replica.times()))
                .max()
                .orElse(0);
    }

    /** Without those at both ends, where the pipeline fills and runs dry; all where there are no others. */
    CheckpointTimes withoutEnds() {
        return checkpoints.size() > 2 ? new CheckpointTimes(checkpoints.subList(1, checkpoints.size() - 1)) : this;
    }

    /** Fields of JSON: how many, middle and most of each time, and every one of them. */
    String json() {
        String each = checkpoints.stream()
                .map(one -> one.firstBarrier() + "/" + one.aligned() + "/" + one.complete())
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "\"checkpoints\":%d,\"aligned_ms_median\":%d,\"aligned_ms_most\":%d,\"complete_ms_median\":%d,"
                        + "\"complete_ms_most\":%d,\"first_aligned_complete_ms\":\"%s\"",
                checkpoints.size(),
                quantile(Checkpoint::aligned, 0.5),
                quantile(Checkpoint::aligned, 1),
                quantile(Checkpoint::complete, 0.5),
                quantile(Checkpoint::complete, 1),
                each);
    }

    private long quantile(ToLongFunction<Checkpoint> time, double share) {
        List<Long> sorted = checkpoints.stream().map(time::applyAsLong).sorted().toList();
        return sorted.isEmpty() ? -1 : sorted.get((int) Math.ceil(share * (sorted.size() - 1)));
    }
}
