package stream.weir.protocol.frame;

import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;

/**
 * What a link carries, one after the other.
 *
 * @param pipeline whose
 * @param run frames of another run are refused
 * @param sequence from 0, without gaps in a link and run
 */
public record Frame(String pipeline, long run, Link link, long sequence, Content content) {
    /** What a frame costs in credit beyond its payload. */
    public static final int OVERHEAD_BYTES = 64;

    /** What it takes of the link's credit. */
    public int creditBytes() {
        return OVERHEAD_BYTES + (content instanceof Records records ? records.length() : 0);
    }

    /** A batch of records or one control element. */
    public sealed interface Content {}

    /**
     * Encoded records. The array must not be changed once it is in a frame.
     *
     * @param count records in it, at least 1
     */
    public record Records(byte[] bytes, int offset, int length, int count) implements Content {}

    /** Here checkpoint {@code checkpoint} cuts the stream. */
    public record Barrier(long checkpoint, CheckpointKind kind) implements Content {}

    /** The barrier of this checkpoint will not come, or counts no longer. */
    public record Cancel(long checkpoint, CheckpointFailure reason) implements Content {}

    /** Event time up to {@code timestamp} (milliseconds) is complete on this link. */
    public record Watermark(long timestamp) implements Content {}

    /** No records at the moment: the link does not hold the watermark back until something comes. */
    public record Idle() implements Content {}

    /** Nothing will follow. */
    public record End() implements Content {}
}
