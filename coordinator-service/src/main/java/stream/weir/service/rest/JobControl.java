package stream.weir.service.rest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.store.StoreException;

/** The job as its coordinator has it in hand. Any thread. */
public interface JobControl {
    /** Whether this coordinator leads; where it does not, nothing can be asked of it but {@link #leader}. */
    boolean leads();

    /** Who leads, as far as this one knows. */
    Optional<String> leader();

    JobView view();

    /** All complete checkpoints that are kept, newest first. May block. */
    List<CheckpointView> checkpoints() throws StoreException, InvalidDocumentException;

    /** Names of all savepoints. May block. */
    List<String> savepoints() throws StoreException;

    /** A complete checkpoint in full. May block. */
    Optional<Manifest> checkpoint(long id) throws StoreException, InvalidDocumentException;

    /** Takes a checkpoint as soon as it may start, also of a run that has not begun yet. */
    void takeCheckpoint();

    /**
     * Takes a savepoint of that name as soon as it may start, also of a run that has not begun yet.
     *
     * @return as of {@link #stop}
     */
    CompletionStage<?> takeSavepoint(String name);

    /**
     * Takes a last checkpoint, has it committed, and stops the job.
     *
     * @return completed when the wish is on record, so that a later leader carries it out, too; not before the store answers, and never
     *     where this one leads no more or the job is started again before that
     */
    CompletionStage<?> stop();

    /**
     * Has sources take their input for ended, and the job complete.
     *
     * @return as of {@link #stop}
     */
    CompletionStage<?> drain();

    /** What {@link #scale} can be asked for. */
    JobLimits limits();

    /**
     * @param replicas wanted now, by stage
     * @param maxParallelism key groups; no stage has more replicas
     */
    record JobLimits(Map<String, Integer> replicas, int maxParallelism) {
        public JobLimits {
            replicas = Collections.unmodifiableMap(new LinkedHashMap<>(replicas));
        }
    }

    /**
     * Changes how many replicas stages have: when there are processes enough, a checkpoint is taken, and all go on from it in a new
     * run. Without effect where they have as many. Of a run that has not begun yet, too; the last number counts. A later leader does not
     * know of it, nor does the job when it is started again before it has come about.
     *
     * @param replicas by stage, within the {@link #limits}; other stages keep theirs
     */
    void scale(Map<String, Integer> replicas);

    /** All replicas go back to where the options say. Not on record until that run has begun: a later leader does not know of it. */
    void restart(StartOptions options);

    /**
     * Deletes all data of the job in the store, but no savepoints, and coordinates it no more. Goes on when nobody waits for it, and
     * may be asked for again at any time.
     *
     * @return completed with the number of objects when all are deleted; exceptionally with a {@link DataInUseException} while
     *     processes are connected, or with a {@link StoreException} when something is left: ask again
     */
    CompletionStage<Long> deleteData();
}
