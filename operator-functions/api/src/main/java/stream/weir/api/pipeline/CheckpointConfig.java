package stream.weir.api.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * When checkpoints are taken, how, and where they go.
 *
 * @param interval time between two triggers
 * @param timeout a checkpoint that is not complete by then is aborted
 * @param minPause least time between the end of one and the next trigger
 * @param maxConcurrent how many may be in progress at once, at least 1
 * @param tolerableFailures consecutive failures that do not fail the job: 0 tolerates none, -1 any number
 * @param retained complete checkpoints that are kept, at least 1
 * @param snapshots where they go
 */
public record CheckpointConfig(
        Duration interval,
        Duration timeout,
        Duration minPause,
        int maxConcurrent,
        int tolerableFailures,
        int retained,
        Mode mode,
        Alignment alignment,
        Snapshots snapshots) {
    /** What a record's effect may be after a recovery. */
    public enum Mode {
        EXACTLY_ONCE,
        AT_LEAST_ONCE
    }

    /**
     * @param maxBytes most bytes that an alignment may hold back; -1 for no limit but the links' credit
     * @param spill whether held-back frames go to disk, so that senders go on
     */
    public record Alignment(long maxBytes, boolean spill) {
        /**
         * @throws IllegalArgumentException when {@code maxBytes} is neither -1 nor positive
         */
        public Alignment {
            if (maxBytes != -1 && maxBytes <= 0) {
                throw new IllegalArgumentException(
                        "alignment.maxBytes is " + maxBytes + ": it is -1 (no limit) or a positive number of bytes");
            }
        }
    }

    /**
     * @param uri {@code file:DIR} or {@code s3://BUCKET/PREFIX}; checkpoints go below it, under the pipeline's name
     * @param client which S3 client; {@code aws} unless told
     */
    public record Snapshots(
            String uri,
            String client,
            Optional<String> endpoint,
            Optional<String> region,
            boolean pathStyle,
            Optional<String> credentialsSecret) {
        public static Snapshots at(String uri) {
            return new Snapshots(uri, "aws", Optional.empty(), Optional.empty(), false, Optional.empty());
        }
    }

    /** Every value at its default: exactly once, each 10 seconds. */
    public static CheckpointConfig defaults(Snapshots snapshots) {
        return new CheckpointConfig(
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ZERO,
                1,
                0,
                3,
                Mode.EXACTLY_ONCE,
                new Alignment(-1, false),
                snapshots);
    }
}
