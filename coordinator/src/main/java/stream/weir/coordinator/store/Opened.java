package stream.weir.coordinator.store;

import java.util.Optional;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.protocol.checkpoint.Manifest;

/**
 * A start that may go ahead: the run is on record.
 *
 * @param from empty for a start from nothing
 * @param nextCheckpoint every smaller id has its entry in the store, or is older than what was collected
 */
public record Opened(RunRecord run, Optional<Manifest> from, long nextCheckpoint) {
    /** For the log. */
    public String summary() {
        return run.pipeline() + " begins run " + run.run() + " of term " + run.term() + " "
                + from.map(manifest -> "from checkpoint " + manifest.checkpoint())
                        .orElse("from nothing");
    }
}
