package stream.weir.api.pipeline;

import java.time.Duration;

/** How a stream is cut by event time; windows are aligned at the epoch. */
public sealed interface WindowSpec {
    record Tumbling(Duration size) implements WindowSpec {}

    /** @param slide divides time; a record is in {@code ceil(size / slide)} windows at most */
    record Sliding(Duration size, Duration slide) implements WindowSpec {}

    /** @param gap records of a key that are less than this apart share a window */
    record Session(Duration gap) implements WindowSpec {}
}
