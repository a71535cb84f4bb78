package stream.weir.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.stage.ReplicaEnvironment;
import stream.weir.runtime.stage.ReplicaMetrics;
import stream.weir.runtime.stage.ReplicaSetup;
import stream.weir.runtime.stage.ReplicaThread;
import stream.weir.runtime.stage.RestoredStage;
import stream.weir.runtime.state.FileTrees;

/**
 * The way from the coordinator to the replicas of this process. Everything is done in order on one thread of its own, as ending a
 * run takes time.
 */
final class LocalGateway implements ReplicaGateway {
    /** Names of the folders that runs work in. */
    static final String RUN_FOLDERS = "run-\\d+";

    private static final Logger LOG = LoggerFactory.getLogger(LocalGateway.class);

    private final PipelineGraph graph;
    private final LocalParts parts;
    private final ExecutorService executor;
    private final boolean allowDroppedState;
    private final Callbacks callbacks;
    private volatile @Nullable LocalRun run;
    private boolean closed;

    /**
     * Where the replicas' news goes; any thread.
     *
     * @param notOpened a replica of the first run cannot be opened
     */
    record Callbacks(Consumer<ToCoordinator> coordinator, BiConsumer<ReplicaId, Throwable> notOpened) {}

    LocalGateway(
            PipelineGraph graph,
            LocalParts parts,
            ExecutorService executor,
            boolean allowDroppedState,
            Callbacks callbacks) {
        this.graph = graph;
        this.parts = parts;
        this.executor = executor;
        this.allowDroppedState = allowDroppedState;
        this.callbacks = callbacks;
    }

    @Override
    public void restart(Fence fence, PipelineDescription pipeline, Optional<Manifest> from) {
        executor.execute(() -> {
            boolean first = run == null;
            try {
                endRun();
                if (!closed) {
                    begin(fence, from, first);
                }
            } catch (RuntimeException | Error e) {
                // On this thread nobody else would hear of it, and the job would wait for ever.
                notOpened(fence, graph.replicas().getFirst(), e, first);
            }
        });
    }

    @Override
    public void send(ReplicaId to, ToReplica message) {
        executor.execute(() -> {
            LocalRun current = run;
            if (current != null) {
                current.send(to, message);
            }
        });
    }

    /** Ends the run, and begins no other. */
    void close() {
        executor.execute(() -> {
            closed = true;
            endRun();
        });
        executor.close();
    }

    /** Of the present run; empty between two. */
    Map<ReplicaId, ReplicaMetrics> metrics() {
        LocalRun current = run;
        return current == null ? Map.of() : current.metrics();
    }

    /** Of that run; empty where it is not the present one. */
    Map<ReplicaId, ReplicaMetrics> metrics(Fence fence) {
        LocalRun current = run;
        return current == null || current.fence().run() != fence.run() ? Map.of() : current.metrics();
    }

    private void begin(Fence fence, Optional<Manifest> from, boolean first) {
        LocalChannels channels =
                LocalChannels.open(graph, fence, parts.settings().creditBytes(), System::nanoTime);
        LocalRun next = new LocalRun(fence, channels::close);
        AtomicInteger notYetOpen = new AtomicInteger(graph.replicas().size());
        for (ReplicaId id : graph.replicas()) {
            RestoredStage restored = from.map(manifest -> RestoredStage.of(manifest, graph, id.stage()))
                    .orElse(RestoredStage.NONE);
            ReplicaEnvironment environment =
                    parts.environment(id, runFolder(fence), channels::sink, callbacks.coordinator);
            ReplicaThread replica = new ReplicaThread(
                    new ReplicaSetup(graph, id, fence, restored, allowDroppedState),
                    environment,
                    next.listener(id, notYetOpen, (refusing, error) -> notOpened(fence, refusing, error, first)));
            next.add(id, replica);
            channels.connect(id, replica.inbox());
        }
        run = next;
        next.open();
    }

    /** State that does not fit will not fit the next time either; everything else is one more failure. */
    private void notOpened(Fence fence, ReplicaId id, Throwable error, boolean first) {
        LOG.debug("{} could not be opened", id, error);
        if (first && !(error instanceof UncheckedIOException)) {
            callbacks.notOpened.accept(id, error);
        } else {
            String why = "could not be opened: " + ReplicaThread.describe(error);
            callbacks.coordinator.accept(new ToCoordinator.Failed(fence, id, why));
        }
    }

    private void endRun() {
        LocalRun current = run;
        if (current != null) {
            current.stop();
            try {
                FileTrees.delete(runFolder(current.fence()));
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot remove the working state of run "
                                + current.fence().run(),
                        e);
            }
        }
    }

    private Path runFolder(Fence fence) {
        return parts.settings().folder().resolve("run-" + fence.run());
    }
}
