package stream.weir.api.sink;

import java.nio.file.Path;
import java.util.List;
import stream.weir.api.codec.Bytes;

/**
 * Writes a replica's records. {@code write}, {@code prepare}, {@code commit} and {@code close} are called on the replica's
 * thread; {@link Prepared#makeDurable} on another one, beside later writes.
 */
public interface SinkWriter<T> extends AutoCloseable {
    /** @param timestamp event time in milliseconds, {@link Long#MIN_VALUE} where the record has none */
    void write(T value, long timestamp) throws Exception;

    /**
     * Event time at the barrier that follows, told just before {@link #prepare}: what is written later is not older, but for late
     * rows. {@link Long#MIN_VALUE} where there is none, {@link Long#MAX_VALUE} when nothing is written any more.
     */
    default void watermark(long millis) {}

    /**
     * At the barrier: closes off what was written since the last call, and returns quickly. Later records belong to the next
     * transaction. An error ends the run: it goes on from the last complete checkpoint.
     */
    Prepared prepare(long checkpoint) throws Exception;

    /**
     * The checkpoint that names {@code transaction} is complete: makes its records visible. May be called again for the same
     * transaction, also by another replica and after a restart, and then does nothing more.
     */
    void commit(Bytes transaction) throws Exception;

    /** Closes without making anything visible that was not committed. */
    @Override
    default void close() throws Exception {}

    /** What was closed off at a barrier. */
    interface Prepared {
        /**
         * Brings the records to where a crash cannot reach them, still invisible to readers. Called once; an error ends the run,
         * which goes on from the last complete checkpoint.
         *
         * @return what {@link SinkWriter#commit} needs, one or more transactions, or none where nothing was written
         */
        List<Bytes> makeDurable() throws Exception;

        /**
         * Files that the checkpoint keeps with the transactions, for instance because the records are in them: the runtime stores
         * them after {@link #makeDurable}, and {@link SinkContext#restoredFile} finds them by their names. They must stay as they
         * are until one of the transactions is committed, and the names must be unique in the stage for ever.
         */
        default List<Path> files() {
            return List.of();
        }
    }
}
