package stream.weir.local;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.JobFailure;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.loop.CoordinatorListener;
import stream.weir.coordinator.loop.CoordinatorLoop;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.coordinator.loop.Job;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.SavepointView;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.coordinator.store.AskedEnd;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.StartRefusedException;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.stage.ReplicaMetrics;
import stream.weir.store.StoreException;
import stream.weir.wiring.Coordination;

/**
 * A pipeline that runs in this process, with its coordinator. Started once; may be asked to stop from any thread.
 */
public final class LocalJob {
    private static final Duration FIGURES = Duration.ofSeconds(1);

    private final LocalParts parts;
    private final LocalGateway gateway;
    private final CoordinatorLoop coordinator;
    private final StatusBoard board;
    private final CheckpointStore checkpoints;
    private final ExecutorService loop;
    private final ScheduledExecutorService timer;
    private final CompletableFuture<JobOutcome> outcome;

    private LocalJob(
            LocalParts parts,
            LocalGateway gateway,
            Coordinating coordinating,
            Threads threads,
            CompletableFuture<JobOutcome> outcome) {
        this.parts = parts;
        this.gateway = gateway;
        this.coordinator = coordinating.loop;
        this.board = coordinating.board;
        this.checkpoints = coordinating.checkpoints;
        this.loop = threads.loop;
        this.timer = threads.timer;
        this.outcome = outcome;
    }

    private record Coordinating(CoordinatorLoop loop, StatusBoard board, CheckpointStore checkpoints) {}

    private record Threads(ExecutorService loop, ScheduledExecutorService timer) {
        /** For figures only, which nobody needs when the job has ended. */
        void tell(Runnable news) {
            try {
                loop.execute(news);
            } catch (RejectedExecutionException _) {
                // It has.
            }
        }
    }

    /** Makes a job and starts it. */
    public static LocalJob start(Pipeline pipeline, LocalSettings settings, JobListener listener) {
        PipelineGraph graph = PipelineGraph.of(pipeline);
        LocalParts parts = LocalParts.open(pipeline, settings, Clock.systemUTC());
        Threads threads = new Threads(
                Executors.newSingleThreadExecutor(DaemonThreads.named(pipeline.name() + "/coordinator")),
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named(pipeline.name() + "/timer")));
        PipelineDescription description = Coordination.description(pipeline);
        StatusBoard board = StatusBoard.of(description, parts.clock(), _ -> {});
        LocalFigures figures = new LocalFigures(board, System::nanoTime);
        CompletableFuture<JobOutcome> outcome = new CompletableFuture<>();
        CompletableFuture<CoordinatorLoop> coordinator = new CompletableFuture<>();
        LocalGateway gateway = new LocalGateway(
                graph,
                parts,
                Executors.newSingleThreadExecutor(DaemonThreads.named(pipeline.name() + "/gateway")),
                settings.start().droppedState() == StartOptions.DroppedState.ALLOW,
                new LocalGateway.Callbacks(
                        message -> {
                            threads.tell(() -> figures.said(message));
                            coordinator.join().receive(message);
                        },
                        (replica, error) -> outcome.complete(new JobOutcome.NotOpened(replica, error))));
        coordinator.complete(CoordinatorLoop.create(
                new Job(
                        description,
                        Coordination.config(pipeline.checkpoint(), pipeline.maxParallelism(), settings.restarts())),
                settings.store(),
                ports(parts, threads),
                gateway,
                new Ear(listener, board, figures, outcome)));
        LocalJob job = new LocalJob(
                parts,
                gateway,
                new Coordinating(coordinator.join(), board, CheckpointStore.of(settings.store(), pipeline.name())),
                threads,
                outcome);
        threads.timer.scheduleWithFixedDelay(
                () -> threads.tell(() -> figures.run().ifPresent(run -> figures.take(gateway.metrics(run)))),
                FIGURES.toMillis(),
                FIGURES.toMillis(),
                TimeUnit.MILLISECONDS);
        job.coordinator.start(settings.start());
        return job;
    }

    /** Takes a last checkpoint, has it committed, and ends the job as {@link JobOutcome.Stopped}. Returns at once. */
    public void stop() {
        coordinator.end(AskedEnd.STOP, () -> {});
    }

    /** Takes the input for ended where it is: the job completes. Returns at once. */
    public void drain() {
        coordinator.end(AskedEnd.DRAIN, () -> {});
    }

    /** Takes a checkpoint as soon as it may start. */
    public void checkpoint() {
        coordinator.requestCheckpoint(CheckpointKind.REQUESTED);
    }

    /** Takes a checkpoint as soon as it may start, and copies it to {@code savepoints/NAME/}; the listener hears what came of it. */
    public void savepoint(String name) {
        coordinator.savepoint(name, () -> {});
    }

    /** Waits until the job has ended, and everything of it is closed. */
    public JobOutcome await() throws InterruptedException {
        try {
            return outcome.join();
        } finally {
            close();
        }
    }

    /** What the replicas of the present run have done. */
    public Map<ReplicaId, ReplicaMetrics> metrics() {
        return gateway.metrics();
    }

    /** How the job is; figures of replicas are those of the last second. */
    public JobView view() {
        return board.view();
    }

    /** What became of savepoints, newest first. */
    public List<SavepointView> savepoints() {
        return board.savepoints();
    }

    /**
     * What each replica contributed to a checkpoint: one of the last, or one that is kept. May block.
     *
     * @throws StoreException when the store cannot say
     * @throws InvalidDocumentException when its entry cannot be read
     */
    public Optional<CheckpointDetail> checkpoint(long id) throws StoreException, InvalidDocumentException {
        Optional<CheckpointDetail> remembered = board.checkpoint(id);
        return remembered.isPresent()
                ? remembered
                : checkpoints
                        .checkpoint(id)
                        .flatMap(entry -> entry instanceof Entry.Complete(Manifest manifest)
                                ? Optional.of(CheckpointDetail.of(manifest))
                                : Optional.empty());
    }

    /** All complete checkpoints that are kept, newest first. May block. */
    public List<CheckpointView> keptCheckpoints() throws StoreException, InvalidDocumentException {
        List<CheckpointView> kept = new ArrayList<>();
        for (long id : checkpoints.checkpoints().reversed()) {
            if (checkpoints.checkpoint(id).orElse(null) instanceof Entry.Complete(Manifest manifest)) {
                kept.add(CheckpointView.of(manifest));
            }
        }
        return kept;
    }

    /** Names of all savepoints that are kept. May block. */
    public List<String> keptSavepoints() throws StoreException {
        return Savepoints.in(checkpoints.objects()).names();
    }

    private void close() {
        coordinator.close();
        gateway.close();
        timer.shutdownNow();
        loop.shutdown();
        parts.close();
    }

    private static CoordinatorPorts ports(LocalParts parts, Threads threads) {
        return new CoordinatorPorts(
                threads.loop,
                parts.background(),
                (delay, task) -> {
                    ScheduledFuture<?> scheduled = threads.timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                    return () -> scheduled.cancel(false);
                },
                System::nanoTime,
                parts.clock(),
                () -> UUID.randomUUID().toString());
    }

    /** Hears the coordinator: passes the news on, and completes the outcome. */
    private record Ear(
            JobListener listener, StatusBoard board, LocalFigures figures, CompletableFuture<JobOutcome> outcome)
            implements CoordinatorListener {
        @Override
        public void runs(PipelineDescription pipeline) {
            board.runs(pipeline);
        }

        @Override
        public void goesBack(String cause) {
            board.goesBack(cause);
        }

        @Override
        public void checkpointStarted(long checkpoint) {
            board.checkpointStarted(checkpoint);
        }

        @Override
        public void started(Fence fence, Optional<Manifest> from) {
            figures.run(fence);
            board.started(fence, from);
            listener.started(fence.run(), from);
        }

        @Override
        public void checkpointCompleted(Manifest manifest, Duration duration, long bytes) {
            board.checkpointCompleted(manifest, duration, bytes);
            listener.checkpointCompleted(manifest, duration, bytes);
        }

        @Override
        public void checkpointFailed(long checkpoint, CheckpointFailure reason, String detail) {
            board.checkpointFailed(checkpoint, reason, detail);
            listener.checkpointFailed(checkpoint, reason, detail);
        }

        @Override
        public void savepointMade(String name, Manifest checkpoint) {
            board.savepointMade(name, checkpoint);
            listener.savepointMade(name, checkpoint);
        }

        @Override
        public void savepointFailed(String name, String why) {
            board.savepointFailed(name, why);
            listener.savepointFailed(name, why);
        }

        @Override
        public void restarting(String cause, Fence fence, Optional<Manifest> from) {
            figures.run(fence);
            board.restarting(cause, fence, from);
            listener.restarting(cause, fence.run(), from);
        }

        @Override
        public void refused(StartRefusedException reason) {
            board.refused(reason);
            outcome.complete(new JobOutcome.Refused(reason));
        }

        @Override
        public void completed(Manifest last) {
            board.completed(last);
            outcome.complete(new JobOutcome.Completed(last));
        }

        @Override
        public void stopped(LastCheckpoint last, Optional<Manifest> newest, String detail) {
            board.stopped(last, newest, detail);
            outcome.complete(new JobOutcome.Stopped(last, newest, detail));
        }

        @Override
        public void failed(JobFailure reason, String detail, Optional<Manifest> newest) {
            board.failed(reason, detail, newest);
            outcome.complete(new JobOutcome.Failed(reason, detail, newest));
        }
    }
}
