package stream.weir.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stream.weir.local.JobListener;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;

/** What the checkpoints of a run took. Safe for use by any number of threads. */
public final class CheckpointFigures implements JobListener {
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final List<Long> millis = new ArrayList<>();
    private long failed;
    private long uploaded;
    private long largest;
    private long state;

    @Override
    public synchronized void checkpointCompleted(Manifest manifest, Duration duration, long uploadedBytes) {
        millis.add(duration.toMillis());
        uploaded += uploadedBytes;
        largest = Math.max(largest, uploadedBytes);
        state = manifest.replicas().stream()
                .mapToLong(replica -> replica.times().stateBytes())
                .sum();
    }

    @Override
    public synchronized void checkpointFailed(long checkpoint, CheckpointFailure reason, String detail) {
        failed++;
    }

    /** How many were complete. */
    public synchronized int completed() {
        return millis.size();
    }

    /** Fields of JSON. State is that of the last checkpoint, as it is stored. */
    public synchronized String json() {
        List<Long> sorted = millis.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "\"checkpoints\":%d,\"failed\":%d,\"checkpoint_ms\":\"%s\",\"checkpoint_ms_median\":%d,\"checkpoint_ms_max\":%d,\"final_checkpoint_ms\":%d,"
                        + "\"uploaded_mb\":%.1f,\"largest_increment_mb\":%.1f,\"full_state_mb\":%.1f",
                sorted.size(),
                failed,
                millis,
                sorted.isEmpty() ? -1 : sorted.get(sorted.size() / 2),
                sorted.isEmpty() ? -1 : sorted.getLast(),
                millis.isEmpty() ? 0 : millis.getLast(),
                uploaded / BYTES_PER_MEGABYTE,
                largest / BYTES_PER_MEGABYTE,
                state / BYTES_PER_MEGABYTE);
    }
}
