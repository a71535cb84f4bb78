package stream.weir.console.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ReplicaProgress;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.store.StoreException;

/** A job of two stages that does what tests say. */
final class ScriptedJob implements ConsoleJob {
    static final ReplicaId SOURCE = new ReplicaId("orders", 0);
    static final ReplicaId TOTAL = new ReplicaId("totals", 0);

    final StatusBoard board = StatusBoard.of(
            new PipelineDescription(
                    "shop", List.of(new StageDescription("orders", 1, false), new StageDescription("totals", 1, true))),
            () -> Instant.ofEpochMilli(5_000),
            _ -> {});
    final List<Order> orders = new ArrayList<>();
    boolean storeIsAway;
    Optional<OrderRefusedException> refusal = Optional.empty();

    void runs() {
        board.started(new Fence("shop", 1, 1), Optional.empty());
        board.opened(SOURCE);
        board.opened(TOTAL);
        board.progress(
                SOURCE,
                new ReplicaProgress(
                        1_000,
                        0,
                        250_000_000,
                        4_000,
                        1_000_000_000,
                        Optional.of(7L),
                        Map.of("totals", 900L),
                        Map.of()));
        board.refresh(List.of(), List.of());
    }

    void completes(long checkpoint) {
        board.checkpointCompleted(manifest(checkpoint), Duration.ofMillis(40), 10);
    }

    static Manifest manifest(long id) {
        SnapshotTimes times = new SnapshotTimes(
                1_000_000, 20_000_000, 30_000, 9_000_000, 32_000_000, 100, 10, 5, "orders-0->totals-0");
        ReplicaSnapshot snapshot =
                new ReplicaSnapshot("totals", 0, new KeyGroupRange(0, 127), false, List.of(), List.of(), times);
        return new Manifest("shop", id, 1, 1, 4_000, 40, CheckpointKind.PERIODIC, 128, List.of(), List.of(snapshot));
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
                                        "totals", Optional.empty(), List.of("aggregate"), Optional.of("file"))),
                        List.of(new EdgeDrawing("orders", "", "totals", "by customer", Optional.empty()))),
                "name: shop\npassword: hunter2\n",
                new Sketch.Where.InProcess("shop.yaml"));
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
    public Optional<CheckpointDetail> checkpoint(long id) throws StoreException {
        if (storeIsAway) {
            throw new StoreException("the store does not answer", StoreException.Outcome.NOT_APPLIED);
        }
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
        return EnumSet.complementOf(EnumSet.of(Order.Kind.RESTART));
    }

    @Override
    public CompletionStage<?> order(Order order) {
        if (refusal.isPresent()) {
            return CompletableFuture.failedStage(refusal.get());
        }
        orders.add(order);
        return CompletableFuture.completedStage(order);
    }
}
