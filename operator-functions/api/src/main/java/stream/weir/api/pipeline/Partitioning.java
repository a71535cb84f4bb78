package stream.weir.api.pipeline;

import java.util.function.Function;
import stream.weir.api.codec.Codec;

/** Which replica of the reading stage a record goes to. */
public sealed interface Partitioning {
    /** Replica to replica of the same index; both stages have the same number. */
    record Forward() implements Partitioning {}

    /** Spread evenly. */
    record Rebalance() implements Partitioning {}

    /** To every replica. */
    record Broadcast() implements Partitioning {}

    /**
     * To the replica that holds the key's group.
     *
     * @param key must not return null
     * @param codec equal keys have equal bytes; the bytes decide
     */
    record ByKey<T, K>(Function<T, K> key, Codec<K> codec) implements Partitioning {}
}
