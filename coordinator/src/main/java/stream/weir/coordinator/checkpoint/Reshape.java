package stream.weir.coordinator.checkpoint;

import stream.weir.coordinator.PipelineDescription;
import stream.weir.protocol.control.Assignment.DroppedState;

/**
 * The next run is to have other replicas, and there are processes for them.
 *
 * @param to what it is to have
 * @param dropped what becomes of state of stages that it does not have
 * @param from a checkpoint from this id on is late enough to begin with; {@link #NOT_YET} while processes prepare
 * @param notBeforeNanos when it may be triggered
 */
public record Reshape(PipelineDescription to, DroppedState dropped, long from, long notBeforeNanos) {
    /** What the cause of a run begins with that other replicas were wanted for, and nothing else. */
    static final String CAUSE = "other replicas: ";

    /** Of no checkpoint. */
    static final long NOT_YET = Long.MAX_VALUE;

    /** Whether a run began because other replicas were wanted, and not because something failed. */
    public static boolean isCause(String cause) {
        return cause.startsWith(CAUSE);
    }

    boolean isReady() {
        return from != NOT_YET;
    }

    Reshape retryAt(long nanos) {
        return new Reshape(to, dropped, from, nanos);
    }
}
