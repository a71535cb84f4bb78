package stream.weir.runtime.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.StateFiles;

/**
 * The world around a replica: everything that is not decided by the pipeline and its data.
 *
 * @param millis wall clock, milliseconds since the epoch
 * @param nanos monotonic clock
 * @param background runs what may block: uploads
 * @param coordinator takes messages from any thread
 * @param sinks opens the sending end of a link
 * @param backends for the state backend that the pipeline asks for
 * @param files the snapshot store
 * @param folder for local files, the replica's own
 */
public record ReplicaEnvironment(
        LongSupplier millis,
        LongSupplier nanos,
        Executor background,
        Consumer<ToCoordinator> coordinator,
        Function<Link, FrameSink> sinks,
        StateBackendFactory backends,
        StateFiles files,
        Path folder,
        Tuning tuning) {
    /**
     * What may be tuned without changing a result.
     *
     * @param frameBytes a batch of at least this many bytes is sent at once; 1 sends each record alone
     * @param batchTimeout a batch is sent at the latest after this time
     */
    public record Tuning(int frameBytes, Duration batchTimeout) {
        public static final Tuning DEFAULT = new Tuning(32 * 1024, Duration.ofMillis(1));
    }
}
