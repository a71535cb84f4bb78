package stream.weir.coordinator.checkpoint;

/**
 * Where a run came from. Written before any of its replicas starts.
 *
 * @param run from 1
 * @param parent the run that took the checkpoint it came from; 0 when it started empty
 * @param root the run of its branch that started empty
 * @param from the checkpoint it came from; 0 for none
 * @param firstCheckpoint least id of a checkpoint that it may take itself
 * @param term the coordinator's term that opened it
 */
public record RunRecord(
        String pipeline, long run, long parent, long root, long from, long firstCheckpoint, long term) {}
