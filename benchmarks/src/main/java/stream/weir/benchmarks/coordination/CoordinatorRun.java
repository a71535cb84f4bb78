package stream.weir.benchmarks.coordination;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import stream.weir.benchmarks.WorkloadRun;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.loop.CoordinatorLoop;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.coordinator.loop.Job;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.store.ObjectStore;
import stream.weir.store.directory.DirectoryStore;

/**
 * A coordinator with its status board and a store in a directory takes checkpoints of simulated replicas.
 *
 * @param replicas of all stages together
 * @param stages among which they are divided
 * @param files that each replica's state consists of
 * @param checkpoints that are taken, one after the other
 */
public record CoordinatorRun(int replicas, int stages, int files, int checkpoints) {
    private static final Duration AT_MOST = Duration.ofMinutes(5);
    private static final int MAX_PARALLELISM = 32_768;

    /**
     * What came of it.
     *
     * @param nanos of each checkpoint, from the request until its manifest was in the store
     * @param cpuNanos of this process in that time, replicas included
     * @param readNanos to read the last one back
     * @param manifestBytes of the last one
     * @param heldBytes of the heap after a collection, while the coordinator goes on
     * @param newest the last one, as read back
     */
    record Result(
            List<Long> nanos,
            List<Long> cpuNanos,
            long readNanos,
            long manifestBytes,
            long heldBytes,
            Manifest newest) {}

    /** @param folder of the store; the caller's to delete */
    Result in(Path folder) throws Exception {
        PipelineDescription pipeline = pipeline();
        BlockingQueue<JobView> views = new LinkedBlockingQueue<>();
        StatusBoard board = StatusBoard.of(pipeline, Clock.systemUTC(), views::add);
        AtomicReference<@Nullable CoordinatorLoop> loop = new AtomicReference<>();
        try (ObjectStore store = DirectoryStore.open(folder);
                ExecutorService thread = Executors.newSingleThreadExecutor(threads("coordinator"));
                ExecutorService background = Executors.newCachedThreadPool(threads("background"));
                ExecutorService others = Executors.newSingleThreadExecutor(threads("replicas"))) {
            SimulatedReplicas simulated = new SimulatedReplicas(
                    others, message -> receive(message, thread, board, loop), pipeline, MAX_PARALLELISM, files);
            try (CoordinatorLoop coordinator = CoordinatorLoop.create(
                    new Job(pipeline, config()), store, ports(thread, background), simulated, board)) {
                loop.set(coordinator);
                coordinator.start(StartOptions.newest());
                await(views, view -> view.phase() == JobView.Phase.RUNNING);
                return measured(coordinator, views, store, pipeline.name());
            }
        }
    }

    private Result measured(
            CoordinatorLoop coordinator, BlockingQueue<JobView> views, ObjectStore store, String pipeline)
            throws Exception {
        List<Long> nanos = new ArrayList<>();
        List<Long> cpuNanos = new ArrayList<>();
        for (int i = 1; i <= checkpoints; i++) {
            long wanted = i;
            long begin = System.nanoTime();
            long cpu = WorkloadRun.cpuNanos();
            coordinator.requestCheckpoint(CheckpointKind.REQUESTED);
            await(views, view -> view.checkpoints().completed() == wanted);
            nanos.add(System.nanoTime() - begin);
            cpuNanos.add(WorkloadRun.cpuNanos() - cpu);
        }
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long held = runtime.totalMemory() - runtime.freeMemory();
        long begin = System.nanoTime();
        Optional<Entry> read = CheckpointStore.of(store, pipeline).checkpoint(checkpoints);
        long readNanos = System.nanoTime() - begin;
        if (!(read.orElse(null) instanceof Entry.Complete(Manifest manifest))) {
            throw new IllegalStateException("checkpoint " + checkpoints + " is not complete in the store: " + read);
        }
        int bytes = store.read(CheckpointStore.checkpointName(checkpoints), CheckpointStore.MAX_DOCUMENT_BYTES)
                .map(content -> content.length)
                .orElse(0);
        return new Result(nanos, cpuNanos, readNanos, bytes, held, manifest);
    }

    private static void receive(
            ToCoordinator message, Executor thread, StatusBoard board, AtomicReference<@Nullable CoordinatorLoop> to) {
        CoordinatorLoop loop = to.get();
        if (loop == null) {
            throw new IllegalStateException("said before there is a coordinator: " + message);
        }
        thread.execute(() -> {
            switch (message) {
                case ToCoordinator.Opened opened -> board.opened(opened.replica());
                case ToCoordinator.Acknowledge acknowledge -> board.acknowledged(acknowledge);
                default -> {}
            }
        });
        loop.receive(message);
    }

    private interface Condition {
        boolean holds(JobView view);
    }

    private static void await(BlockingQueue<JobView> views, Condition condition) throws InterruptedException {
        while (true) {
            JobView view = views.poll(AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
            if (view == null || view.phase() == JobView.Phase.FAILED) {
                throw new IllegalStateException(
                        "the coordinator does not get on: " + (view == null ? "" : view.detail()));
            }
            if (condition.holds(view)) {
                return;
            }
        }
    }

    private PipelineDescription pipeline() {
        return new PipelineDescription(
                "many",
                IntStream.range(0, stages)
                        .mapToObj(i -> new PipelineDescription.StageDescription(
                                "stage-" + i, replicas * (i + 1) / stages - replicas * i / stages, i == stages - 1))
                        .toList());
    }

    private static CoordinatorConfig config() {
        CoordinatorConfig defaults = CoordinatorConfig.defaults();
        return new CoordinatorConfig(
                Duration.ofDays(1), // only those that are asked for
                defaults.timeout(),
                defaults.minPause(),
                1,
                0,
                defaults.retained(),
                defaults.graceTime(),
                MAX_PARALLELISM,
                defaults.retryDelay(),
                RestartPolicy.never());
    }

    /** Nothing has to happen at a time of its own here, so nothing wakes the coordinator. */
    private static CoordinatorPorts ports(Executor loop, Executor background) {
        return new CoordinatorPorts(
                loop,
                background,
                (delay, task) -> () -> {},
                System::nanoTime,
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString());
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name, 0).factory();
    }
}
