package stream.weir.api.function;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Asks somebody else for each record. Results leave in the order of the records; at most a configured number of calls is under
 * way. At a barrier the replica waits for them, so that a checkpoint holds none.
 */
@FunctionalInterface
public interface AsyncFunction<I, O> extends AutoCloseable {
    default void open() throws Exception {}

    /** Called on the replica's thread, must not block; the stage may complete on any thread. */
    CompletionStage<List<O>> apply(I value) throws Exception;

    @Override
    default void close() throws Exception {}
}
