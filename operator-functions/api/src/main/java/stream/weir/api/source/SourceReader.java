package stream.weir.api.source;

import java.util.Map;
import java.util.OptionalLong;
import stream.weir.api.codec.Bytes;

/** Reads the splits that a replica owns. */
public interface SourceReader<T> extends AutoCloseable {
    /** What a call of {@link #poll} leaves behind. */
    enum Status {
        /** There may be more at once. */
        MORE,
        /** Nothing at the moment; asked again after a short while. */
        IDLE,
        /** Every split is read to its end and no new one can come. */
        END
    }

    /**
     * Emits at most {@code maxRecords} records and returns without waiting for data.
     *
     * @param maxRecords at least 1
     */
    Status poll(int maxRecords, SourceOutput<T> out) throws Exception;

    /**
     * How far each split is, finished ones included: a reader restored with it emits exactly what this one has not emitted
     * yet. Called between two polls; must take no longer than copying the positions.
     */
    Map<String, Bytes> positions();

    /** As {@link #positions()}, for a reader that wants to know what {@link #completed} will be about. */
    default Map<String, Bytes> positions(long checkpoint) {
        return positions();
    }

    /** A checkpoint is complete: what was emitted before it will never be asked for again. */
    default void completed(long checkpoint) throws Exception {}

    /**
     * How many records wait to be read in the splits that it owns, without those that it has emitted; empty where that is not known.
     * Asked after each poll, so that it must not take long: an older number is better than a slow one. Autoscaling goes by it.
     */
    default OptionalLong lag() {
        return OptionalLong.empty();
    }

    @Override
    default void close() throws Exception {}
}
