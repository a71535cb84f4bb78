package stream.weir.runtime.function;

import java.util.Optional;
import stream.weir.api.codec.Codec;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;

/** What an operator finds around it. */
public interface OperatorContext {
    /** The stage it is part of. */
    String stage();

    /** Where its records go. */
    Output output();

    /** A side output of the stage; records that nobody reads are dropped. */
    Output sideOutput(String name);

    /** The key of the record being processed; set by the replica before {@code process}, by timers before they fire. */
    Key key();

    /** The codec of keys; that of a row without fields where the stage is not keyed. */
    Codec<?> keyCodec();

    /** Tables of the replica. A step's tables are named {@code step/state}. */
    KeyedStateBackend backend();

    /** Tells what a table holds, for the manifest and for the check against the restored one. */
    void declare(String table, String kind, String schema);

    /** The schema under which the restored table was written; empty where there was none. */
    Optional<String> restoredSchema(String table);

    /** The watermark that this operator was told last: the restored one at first, {@link Long#MIN_VALUE} before any. */
    long watermark();

    /** Wall-clock milliseconds. */
    long processingTime();

    /** Index of this replica, from 0. */
    int replica();

    /** Counts something worth seeing: {@code late}, {@code skipped}, {@code duplicates}. */
    void count(String what);

    /** Asks for a call of {@link Operator#drain()} soon. The only method that may be called on any thread. */
    void wakeUp();
}
