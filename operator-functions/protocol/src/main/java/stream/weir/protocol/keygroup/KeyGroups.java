package stream.weir.protocol.keygroup;

/**
 * Which key group a key is in. Fixed for ever, for a given {@code maxParallelism}: stored state is sorted by it.
 */
public final class KeyGroups {
    /** Groups of a pipeline that does not say how many. */
    public static final int DEFAULT_MAX_PARALLELISM = 128;

    /** Key groups are two bytes in the keys of stored state. */
    public static final int MOST = 1 << 15;

    private KeyGroups() {}

    /**
     * The group of a key: {@code floor(hash * maxParallelism / 2^64)} with the hash taken as unsigned, that is, the interval
     * that the hash's high bits fall into. Lemire's multiply-shift ("Fast random integer generation in an interval", 2019)
     * without its rejection step, whose bias is at most {@code maxParallelism / 2^64}.
     *
     * @param hash {@link KeyHash} of the encoded key
     * @param maxParallelism key groups of the pipeline, 1 to {@link #MOST}
     * @return from 0 to {@code maxParallelism - 1}
     */
    public static int keyGroupOf(long hash, int maxParallelism) {
        if (maxParallelism < 1 || maxParallelism > MOST) {
            throw new IllegalArgumentException(
                    "maxParallelism is " + maxParallelism + ": it is from 1 to " + MOST + " key groups");
        }
        return (int) Math.unsignedMultiplyHigh(hash, maxParallelism);
    }
}
