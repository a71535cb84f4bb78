package stream.weir.verification.console;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import stream.weir.console.ConsoleJob;
import stream.weir.console.Order;
import stream.weir.console.Sketch;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.SavepointView;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.definition.PipelineDrawing;
import stream.weir.definition.PipelineDrawing.EdgeDrawing;
import stream.weir.definition.PipelineDrawing.StageDrawing;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;

/** A job in a cluster that takes all orders, and does nothing of them. Orders are taken on any thread. */
final class ClusterJob implements ConsoleJob {
    final List<Order> taken = new CopyOnWriteArrayList<>();

    private final StatusBoard board;

    private ClusterJob(StatusBoard board) {
        this.board = board;
    }

    /** Runs, and has completed checkpoint 7. */
    static ClusterJob running() {
        StatusBoard board = StatusBoard.of(
                new PipelineDescription(
                        "shop",
                        List.of(new StageDescription("orders", 2, false), new StageDescription("totals", 1, true))),
                () -> Instant.ofEpochMilli(5_000),
                _ -> {});
        board.started(new Fence("shop", 1, 1), Optional.empty());
        board.opened(new ReplicaId("orders", 0));
        board.opened(new ReplicaId("orders", 1));
        board.opened(new ReplicaId("totals", 0));
        board.checkpointCompleted(
                new Manifest("shop", 7, 1, 1, 4_000, 40, CheckpointKind.PERIODIC, 128, List.of(), List.of()),
                Duration.ofMillis(40),
                10);
        board.refresh(List.of(), List.of());
        return new ClusterJob(board);
    }

    @Override
    public Sketch sketch() {
        return new Sketch(
                new PipelineDrawing(
                        "shop",
                        128,
                        "ROCKSDB",
                        List.of(
                                new StageDrawing("orders", Optional.of("kafka"), List.of(), Optional.empty()),
                                new StageDrawing(
                                        "totals", Optional.empty(), List.of("aggregate"), Optional.of("kafka"))),
                        List.of(new EdgeDrawing("orders", "", "totals", "by customer", Optional.empty()))),
                "name: shop\n",
                new Sketch.Where.InCluster("trade", "shop"));
    }

    @Override
    public Leadership leadership() {
        return new Leadership(true, Optional.empty());
    }

    @Override
    public JobView view() {
        return board.view();
    }

    @Override
    public List<SavepointView> savepoints() {
        return board.savepoints();
    }

    @Override
    public Optional<CheckpointDetail> checkpoint(long id) {
        return board.checkpoint(id);
    }

    @Override
    public List<CheckpointView> keptCheckpoints() {
        return board.view().checkpoints().history();
    }

    @Override
    public List<String> keptSavepoints() {
        return List.of("monday");
    }

    @Override
    public Set<Order.Kind> orders() {
        return EnumSet.allOf(Order.Kind.class);
    }

    @Override
    public CompletionStage<?> order(Order order) {
        taken.add(order);
        return CompletableFuture.completedStage(order);
    }
}
