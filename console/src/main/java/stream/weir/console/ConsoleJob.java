package stream.weir.console;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.SavepointView;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.store.StoreException;

/** The job that a console shows, as whoever has it in hand knows it. Any thread. */
public interface ConsoleJob {
    /** What does not change while it runs. */
    Sketch sketch();

    /** Whether the coordinator behind it leads; where it does not, what it shows is not the job's present state. */
    Leadership leadership();

    JobView view();

    /** What became of savepoints that were asked for, newest first. */
    List<SavepointView> savepoints();

    /** A checkpoint under way, one of the last, or one that is kept. May block. */
    Optional<CheckpointDetail> checkpoint(long id) throws StoreException, InvalidDocumentException;

    /** All complete checkpoints that are kept, newest first. May block. */
    List<CheckpointView> keptCheckpoints() throws StoreException, InvalidDocumentException;

    /** Names of all savepoints that are kept. May block. */
    List<String> keptSavepoints() throws StoreException;

    /** What can be asked of it. */
    Set<Order.Kind> orders();

    /**
     * Passes an order on. It was checked against {@link #orders}, but not against the job.
     *
     * @return completed when the order is taken, which is before it has come about; exceptionally with {@link
     *     OrderRefusedException} where it cannot be
     */
    CompletionStage<?> order(Order order);

    /** @param leader who does, where that is known */
    record Leadership(boolean leads, Optional<String> leader) {}
}
