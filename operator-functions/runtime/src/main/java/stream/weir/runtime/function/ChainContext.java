package stream.weir.runtime.function;

import java.util.Optional;
import stream.weir.api.codec.Codec;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;

/** What a chain finds around it; the replica's side of {@link OperatorContext}. */
public interface ChainContext {
    /** Name of the stage. */
    String stage();

    /** Where the records of the last step go: the stage's main output, or its sink. */
    Output output();

    /** A side output of the stage; records that nobody reads are dropped. */
    Output sideOutput(String name);

    /** The one key object of the replica; set by it before {@link Chain#process}, by operators before timers fire. */
    Key key();

    /** The codec of keys; that of a row without fields where the stage is not keyed. */
    Codec<?> keyCodec();

    KeyedStateBackend backend();

    /** Tells what a table holds; see {@link OperatorContext#declare}. */
    void declare(String table, String kind, String schema);

    /** The schema under which the restored table was written; empty where there was none. */
    Optional<String> restoredSchema(String table);

    /** Wall-clock milliseconds. */
    long processingTime();

    /** Index of this replica, from 0. */
    int replica();

    /** Counts something worth seeing in a step: {@code late}, {@code skipped}, {@code duplicates}. */
    void count(String step, String what);

    /** Asks the replica to call {@link Chain#drain()} soon. May be called on any thread. */
    void wakeUp();
}
