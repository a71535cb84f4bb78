package stream.weir.service.console;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stream.weir.console.ConsoleJob;
import stream.weir.console.Order;
import stream.weir.console.OrderRefusedException;
import stream.weir.console.OrderRefusedException.Reason;
import stream.weir.console.Sketch;
import stream.weir.console.Sketch.Where;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.SavepointView;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.service.rest.JobControl;
import stream.weir.store.StoreException;

/**
 * Passes on what a console asks, after the checks that the REST interface makes. In a cluster the operator holds the numbers of
 * replicas, and whether the pipeline rests, to what its resources say: these are orders to the cluster, and not taken here.
 */
public final class ServiceConsoleJob implements ConsoleJob {
    private final Sketch sketch;
    private final JobControl control;
    private final StatusBoard board;

    public ServiceConsoleJob(Sketch sketch, JobControl control, StatusBoard board) {
        this.sketch = sketch;
        this.control = control;
        this.board = board;
    }

    @Override
    public Sketch sketch() {
        return sketch;
    }

    @Override
    public Leadership leadership() {
        return new Leadership(control.leads(), control.leader());
    }

    @Override
    public JobView view() {
        return control.view();
    }

    @Override
    public List<SavepointView> savepoints() {
        return board.savepoints();
    }

    @Override
    public Optional<CheckpointDetail> checkpoint(long id) throws StoreException, InvalidDocumentException {
        Optional<CheckpointDetail> remembered = board.checkpoint(id);
        return remembered.isPresent() ? remembered : control.checkpoint(id).map(CheckpointDetail::of);
    }

    @Override
    public List<CheckpointView> keptCheckpoints() throws StoreException, InvalidDocumentException {
        return control.checkpoints();
    }

    @Override
    public List<String> keptSavepoints() throws StoreException {
        return control.savepoints();
    }

    @Override
    public Set<Order.Kind> orders() {
        return sketch.where() instanceof Where.InCluster
                ? EnumSet.of(Order.Kind.CHECKPOINT, Order.Kind.SAVEPOINT, Order.Kind.DRAIN, Order.Kind.RESTART)
                : EnumSet.allOf(Order.Kind.class);
    }

    @Override
    public CompletionStage<?> order(Order order) {
        if (!control.leads()) {
            return refused(
                    Reason.NOT_LEADER,
                    "this coordinator waits to lead"
                            + control.leader()
                                    .map(leader -> "; " + leader + " leads")
                                    .orElse(""));
        }
        return switch (order) {
            case Order.Checkpoint() -> {
                control.takeCheckpoint();
                yield done();
            }
            case Order.Savepoint(String name) -> {
                control.takeSavepoint(name);
                yield done();
            }
            case Order.Stop() -> control.stop();
            case Order.Drain() -> control.drain();
            case Order.Scale(String stage, int replicas) -> scaled(stage, replicas);
            case Order.Restart restart -> restarted(restart);
        };
    }

    private CompletionStage<?> scaled(String stage, int replicas) {
        JobControl.JobLimits limits = control.limits();
        if (!limits.replicas().containsKey(stage)) {
            return refused(
                    Reason.NO_SUCH_STAGE,
                    "there is no stage " + stage + "; stages are "
                            + limits.replicas().keySet());
        }
        if (replicas > limits.maxParallelism()) {
            return refused(
                    Reason.MORE_REPLICAS_THAN_KEY_GROUPS,
                    "stage " + stage + " is to have " + replicas + " replicas, but the pipeline has "
                            + limits.maxParallelism() + " key groups (maxParallelism): at most so many");
        }
        control.scale(Map.of(stage, replicas));
        return done();
    }

    /** A restart from what is not there would end the job: that is looked at before. */
    private CompletionStage<?> restarted(Order.Restart restart) {
        try {
            boolean there =
                    switch (restart.target()) {
                        case Order.Target.OfCheckpoint(long id) ->
                            control.checkpoint(id).isPresent();
                        case Order.Target.OfSavepoint(var place) ->
                            control.savepoints().contains(place.name());
                    };
            if (!there) {
                return refused(Reason.NO_SUCH_CHECKPOINT, "there is no " + restart.target());
            }
        } catch (StoreException | InvalidDocumentException e) {
            return refused(Reason.STORE_FAILED, String.valueOf(e.getMessage()));
        }
        StartOptions options =
                switch (restart.target()) {
                    case Order.Target.OfCheckpoint(long id) -> StartOptions.at(id);
                    case Order.Target.OfSavepoint(var place) -> StartOptions.at(place);
                };
        control.restart(restart.duplicates() == Order.Duplicates.ACCEPT ? options.acceptingDuplicates() : options);
        return done();
    }

    private static CompletionStage<?> done() {
        return CompletableFuture.completedStage(true);
    }

    private static CompletionStage<?> refused(Reason reason, String detail) {
        return CompletableFuture.failedStage(new OrderRefusedException(reason, detail));
    }
}
