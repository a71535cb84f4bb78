package stream.weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Stage;
import stream.weir.console.ConsoleJob;
import stream.weir.console.Order;
import stream.weir.console.OrderRefusedException;
import stream.weir.console.OrderRefusedException.Reason;
import stream.weir.console.Sketch;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.SavepointView;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.definition.PipelineDrawing;
import stream.weir.definition.PipelineFile;
import stream.weir.local.LocalJob;
import stream.weir.store.StoreException;

/** A job of this process, as its console has it in hand. Its replicas are those of the file: other numbers need another start. */
final class LocalConsoleJob implements ConsoleJob {
    private static final Leadership LEADS = new Leadership(true, Optional.empty());

    private final Sketch sketch;
    private final LocalJob job;

    private LocalConsoleJob(Sketch sketch, LocalJob job) {
        this.sketch = sketch;
        this.job = job;
    }

    /** @param pipeline all of the file, or one region */
    static LocalConsoleJob of(Path file, Pipeline pipeline, LocalJob job) throws IOException {
        PipelineDrawing drawing = PipelineFile.drawing(file)
                .orElseThrow(() -> new IOException(file + " has changed, and has problems now"))
                .of(pipeline.name(), pipeline.stages().stream().map(Stage::name).toList());
        return new LocalConsoleJob(
                new Sketch(drawing, Files.readString(file), new Sketch.Where.InProcess(file.toString())), job);
    }

    @Override
    public Sketch sketch() {
        return sketch;
    }

    @Override
    public Leadership leadership() {
        return LEADS;
    }

    @Override
    public JobView view() {
        return job.view();
    }

    @Override
    public List<SavepointView> savepoints() {
        return job.savepoints();
    }

    @Override
    public Optional<CheckpointDetail> checkpoint(long id) throws StoreException, InvalidDocumentException {
        return job.checkpoint(id);
    }

    @Override
    public List<CheckpointView> keptCheckpoints() throws StoreException, InvalidDocumentException {
        return job.keptCheckpoints();
    }

    @Override
    public List<String> keptSavepoints() throws StoreException {
        return job.keptSavepoints();
    }

    @Override
    public Set<Order.Kind> orders() {
        return EnumSet.of(Order.Kind.CHECKPOINT, Order.Kind.SAVEPOINT, Order.Kind.STOP, Order.Kind.DRAIN);
    }

    @Override
    public CompletionStage<?> order(Order order) {
        switch (order) {
            case Order.Checkpoint() -> job.checkpoint();
            case Order.Savepoint(String name) -> job.savepoint(name);
            case Order.Stop() -> job.stop();
            case Order.Drain() -> job.drain();
            case Order.Restart _, Order.Scale _ -> {
                return CompletableFuture.failedStage(
                        new OrderRefusedException(Reason.NOT_AVAILABLE, "start weir run anew for that"));
            }
        }
        return CompletableFuture.completedStage(order);
    }
}
