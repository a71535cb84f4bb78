package stream.weir.protocol.checkpoint;

/**
 * How much one state of a replica takes in a checkpoint.
 *
 * @param state {@code step/state}, as in {@link StageSchema.StateSchema}
 * @param bytes of all its key groups
 * @param estimated whether that is about right only: files of RocksDB hold values, too, that were overwritten since
 */
public record StateSize(String state, long bytes, boolean estimated) {}
