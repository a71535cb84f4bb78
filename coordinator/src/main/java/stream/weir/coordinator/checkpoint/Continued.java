package stream.weir.coordinator.checkpoint;

import java.util.List;
import java.util.Optional;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;

/**
 * A run that goes on under a new term, which is on record.
 *
 * @param run how it began
 * @param takeover the record
 * @param newest complete checkpoint of its branch; perhaps stored by the leader before, and not made known to the replicas
 * @param nextCheckpoint every smaller id has its entry in the store, and no replica has heard of this one or a greater one
 * @param aborted ids above the newest complete one that replicas may still take part in
 */
public record Continued(
        RunRecord run, TakeoverRecord takeover, Optional<Manifest> newest, long nextCheckpoint, List<Long> aborted) {
    public Continued {
        aborted = List.copyOf(aborted);
    }

    public Fence fence() {
        return new Fence(run.pipeline(), run.run(), takeover.term());
    }

    /** For the log. */
    public String summary() {
        return run.pipeline() + " goes on with run " + run.run() + " in term " + takeover.term()
                + "; its newest checkpoint is "
                + newest.map(Manifest::checkpoint).orElse(0L);
    }
}
