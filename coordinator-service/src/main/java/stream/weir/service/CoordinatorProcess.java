package stream.weir.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.loop.CoordinatorLoop;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.coordinator.membership.InstanceDesk;
import stream.weir.coordinator.membership.KnownProcess;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.coordinator.store.AskedEnd;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.service.rest.DataInUseException;
import stream.weir.service.rest.JobControl;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;

/**
 * Leads when it is elected, and stops leading when it is not any more. What changes it runs on the loop's thread; what is asked of
 * it may come from any thread.
 */
public final class CoordinatorProcess implements JobControl, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorProcess.class);
    private static final Duration STORE_RETRY = Duration.ofSeconds(2);

    private final JobPlan plan;
    private final ObjectStore objects;
    private final DataRemoval removal;
    private final CheckpointStore checkpoints;
    private final CoordinatorPorts ports;
    private final ControlDesk connections;
    private final StatusBoard board;
    private final Runnable stepDown;
    private volatile @Nullable Leading leading;
    private volatile Optional<String> leader = Optional.empty();
    private volatile boolean over;

    /** Begins as this leadership began. */
    private Runnable again = () -> {};

    /** How the job is to end, as asked since it was to begin: what an attempt that the store refused was asked for, the next one is. */
    private final Map<AskedEnd, CompletableFuture<Boolean>> ends = new EnumMap<>(AskedEnd.class);

    /** Savepoints that were asked for since, and are not on record yet. */
    private final Map<String, CompletableFuture<Boolean>> savepoints = new LinkedHashMap<>();

    /** Whether a checkpoint was asked for since. */
    private boolean checkpoint;

    /** Numbers of replicas that were asked for since. */
    private final Map<String, Integer> replicas = new LinkedHashMap<>();

    /**
     * @param objects the pipeline's own folder; closed by whoever opened it
     * @param stepDown gives the leadership up, so that it is stood for again
     */
    public CoordinatorProcess(
            JobPlan plan,
            ObjectStore objects,
            CoordinatorPorts ports,
            ControlDesk connections,
            StatusBoard board,
            Runnable stepDown) {
        this.plan = plan;
        this.objects = objects;
        this.checkpoints = CheckpointStore.of(objects, plan.pipeline().name());
        CallsUnderWay calls = new CallsUnderWay(ports.storeCalls());
        this.removal = new DataRemoval(objects, ports, calls);
        this.ports = new CoordinatorPorts(
                ports.loop(), calls, ports.timer(), ports.nanos(), ports.wallClock(), ports.nonces());
        this.connections = connections;
        this.board = board;
        this.stepDown = stepDown;
    }

    /** This process was elected; on any thread. */
    public void elected() {
        post(() -> {
            LOG.info("leads {}", plan.pipeline().name());
            removal.office(true);
            if (removal.isBegun()) {
                LOG.warn(
                        "{} does not begin: its data were deleted",
                        plan.pipeline().name());
                return;
            }
            begin(plan.start(), Beginning.GO_ON);
        });
    }

    /** This process leads no more; on any thread. */
    public void lost(String why) {
        post(() -> {
            removal.office(false);
            if (leading != null) {
                LOG.warn("leads {} no more: {}", plan.pipeline().name(), why);
                end();
                connections.close();
            }
        });
    }

    /** Who leads, as far as it is known. */
    public void leaderIs(Optional<String> known) {
        leader = known;
    }

    @Override
    public boolean leads() {
        return leading != null || removal.leads();
    }

    @Override
    public Optional<String> leader() {
        return leader;
    }

    @Override
    public JobView view() {
        return board.view();
    }

    @Override
    public List<CheckpointView> checkpoints() throws StoreException, InvalidDocumentException {
        List<CheckpointView> complete = new ArrayList<>();
        for (long id : checkpoints.checkpoints().reversed()) {
            checkpoint(id).map(CheckpointView::of).ifPresent(complete::add);
        }
        return complete;
    }

    @Override
    public List<String> savepoints() throws StoreException {
        return Savepoints.in(objects).names();
    }

    @Override
    public Optional<Manifest> checkpoint(long id) throws StoreException, InvalidDocumentException {
        return checkpoints
                .checkpoint(id)
                .filter(Entry.Complete.class::isInstance)
                .map(entry -> ((Entry.Complete) entry).manifest());
    }

    @Override
    public void takeCheckpoint() {
        post(() -> {
            Leading present = leading;
            if (present != null) {
                checkpoint = true;
                present.loop().requestCheckpoint(CheckpointKind.REQUESTED);
            }
        });
    }

    @Override
    public CompletionStage<?> takeSavepoint(String name) {
        return recorded((loop, recorded) -> {
            CompletableFuture<Boolean> known = savepoints.computeIfAbsent(name, asked -> new CompletableFuture<>());
            known.thenRun(recorded);
            ask(loop, name, known);
        });
    }

    private void ask(CoordinatorLoop loop, String savepoint, CompletableFuture<Boolean> known) {
        loop.savepoint(savepoint, () -> {
            savepoints.remove(savepoint, known);
            known.complete(true);
        });
    }

    @Override
    public CompletionStage<?> stop() {
        return ask(AskedEnd.STOP);
    }

    @Override
    public CompletionStage<?> drain() {
        return ask(AskedEnd.DRAIN);
    }

    private CompletionStage<?> ask(AskedEnd how) {
        return recorded((loop, recorded) -> {
            CompletableFuture<Boolean> known = ends.computeIfAbsent(how, asked -> new CompletableFuture<>());
            known.thenRun(recorded);
            loop.end(how, () -> known.complete(true));
        });
    }

    private CompletionStage<?> recorded(BiConsumer<CoordinatorLoop, Runnable> ask) {
        CompletableFuture<Boolean> recorded = new CompletableFuture<>();
        post(() -> Optional.ofNullable(leading)
                .ifPresentOrElse(
                        present -> ask.accept(present.loop(), () -> recorded.complete(true)),
                        () -> recorded.completeExceptionally(
                                new IllegalStateException("this coordinator leads no more"))));
        return recorded;
    }

    @Override
    public JobLimits limits() {
        Map<String, Integer> replicas = new LinkedHashMap<>();
        view().stages().stream()
                .filter(stage -> stage.wanted() > 0)
                .forEach(stage -> replicas.put(stage.name(), stage.wanted()));
        return new JobLimits(replicas, plan.config().maxParallelism());
    }

    @Override
    public void scale(Map<String, Integer> counts) {
        post(() -> {
            Leading present = leading;
            if (present != null) {
                replicas.putAll(counts);
                present.desk().scale(counts);
            }
        });
    }

    @Override
    public void restart(StartOptions options) {
        post(() -> {
            if (leading != null) {
                LOG.info("{} starts again: {}", plan.pipeline().name(), options);
                end();
                begin(options, Beginning.AGAIN);
            }
        });
    }

    @Override
    public CompletionStage<Long> deleteData() {
        CompletableFuture<Long> done = new CompletableFuture<>();
        post(() -> {
            Leading present = leading;
            if (present != null) {
                List<String> connected = present.desk().processes().stream()
                        .map(KnownProcess::name)
                        .toList();
                if (!connected.isEmpty()) {
                    done.completeExceptionally(new DataInUseException("Cannot delete the data of "
                            + plan.pipeline().name() + " while processes are connected: " + connected
                            + ": stop the job, end them, and ask again"));
                    return;
                }
                LOG.info(
                        "{}: all its data in {} are to be deleted",
                        plan.pipeline().name(),
                        objects.location());
                end();
                connections.close();
                board.stopped(LastCheckpoint.NONE, Optional.empty(), "its data are being deleted");
            }
            removal.begin(done, left -> board.stopped(LastCheckpoint.NONE, Optional.empty(), left));
        });
        return done;
    }

    /** Has the view show what replicas do; to be called from time to time, on any thread. */
    public void refresh() {
        post(() -> {
            Leading present = leading;
            if (present != null && !over) {
                board.refresh(present.desk().members(), present.desk().processes());
            }
        });
    }

    @Override
    public void close() {
        post(() -> {
            end();
            connections.close();
        });
    }

    /** What a leadership does first. */
    private enum Beginning {
        /** Take the last run over, if it is unbroken. */
        GO_ON,
        /** Begin another run; how the job was to end before is forgotten. */
        AGAIN
    }

    /** What stage processes are heard by; null while this one does not lead. On the loop. */
    @Nullable
    InstanceDesk desk() {
        return leading == null ? null : leading.desk();
    }

    private void begin(StartOptions options, Beginning how) {
        ends.clear();
        savepoints.clear();
        checkpoint = false;
        replicas.clear();
        again = () -> attempt(options, how);
        again.run();
    }

    private void attempt(StartOptions options, Beginning how) {
        over = false;
        board.leads();
        Leading begun =
                Leading.of(plan, options, new Leading.Surroundings(objects, ports, connections, board, new Endings()));
        leading = begun;
        connections.open(begun.desk());
        switch (how) {
            case GO_ON -> begun.loop().lead(options);
            case AGAIN -> begun.loop().startAgain(options, Set.copyOf(ends.keySet()));
        }
        begun.desk().scale(replicas);
        if (checkpoint) {
            begun.loop().requestCheckpoint(CheckpointKind.REQUESTED);
        }
        savepoints.forEach((name, known) -> ask(begun.loop(), name, known));
        ends.forEach((end, known) -> begun.loop().end(end, () -> known.complete(true)));
    }

    private void end() {
        Leading present = leading;
        leading = null;
        if (present != null) {
            present.close();
        }
    }

    private void post(Runnable task) {
        ports.loop().execute(task);
    }

    private final class Endings implements Leading.Endings {
        @Override
        public void over() {
            over = true;
        }

        @Override
        public void fenced(String detail) {
            post(() -> {
                LOG.warn("{}: {}", plan.pipeline().name(), detail);
                end();
                connections.close();
                stepDown.run();
            });
        }

        @Override
        public void storeFailed(String detail) {
            LOG.warn("{}: tried again in {}: {}", plan.pipeline().name(), STORE_RETRY, detail);
            Leading failed = leading;
            ports.timer()
                    .after(
                            STORE_RETRY,
                            () -> post(() -> {
                                if (failed != null && leading == failed) {
                                    end();
                                    again.run();
                                }
                            }));
        }
    }
}
