package stream.weir.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.protocol.control.Assignment;
import stream.weir.protocol.control.Assignment.DroppedState;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToInstance;
import stream.weir.runtime.stage.DroppedStateException;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.stage.ProcessResources;
import stream.weir.runtime.stage.ReplicaEnvironment;
import stream.weir.runtime.stage.ReplicaMetrics;
import stream.weir.runtime.stage.ReplicaSetup;
import stream.weir.runtime.stage.ReplicaThread;
import stream.weir.runtime.stage.RestoredStage;
import stream.weir.runtime.stage.StartedReplica;
import stream.weir.runtime.state.StateIncompatibleException;

/**
 * Follows whoever coordinates the pipeline: is the replica it was assigned to be, and stays it, whatever becomes of the
 * connection, until it is told otherwise by a coordinator whose term is not older than the newest it heard of.
 */
public final class StageProcess {
    private static final Logger LOG = LoggerFactory.getLogger(StageProcess.class);

    private final Pipeline pipeline;
    private final ReplicaChannels channels;
    private final Surroundings surroundings;
    private final LocalFiles local;

    private @Nullable CoordinatorSession session;
    private long term;
    private boolean led;
    private @Nullable RunningReplica running;
    private @Nullable ReplicaId files;
    private Optional<FromInstance.Departing> departing = Optional.empty();
    private volatile Optional<Observation> observation = Optional.empty();
    private volatile boolean closed;

    /**
     * What the process is given from outside.
     *
     * @param executor one thread, in order
     * @param threads makes the replica's thread
     * @param folder for local files; the process's own
     * @param patience how long a replica may take to end; one that uploads what it has captured does that first
     * @param leave hears that nothing more is to be done; on the process's thread
     */
    public record Surroundings(
            Executor executor,
            ThreadFactory threads,
            LongSupplier nanos,
            Path folder,
            Duration patience,
            Consumer<ToInstance.Leave> leave) {
        /** Longer than a store that answers takes for a large snapshot. On Kubernetes the liveness probe gives up after a minute. */
        public static final Duration PATIENCE = Duration.ofMinutes(10);
    }

    public StageProcess(
            Pipeline pipeline, ProcessResources resources, ReplicaChannels channels, Surroundings surroundings) {
        this.pipeline = pipeline;
        this.channels = channels;
        this.surroundings = surroundings;
        this.local = new LocalFiles(resources, surroundings.folder());
    }

    /** A connection to a coordinator stands. It counts from its {@link ToInstance.Lead} on. */
    public void connected(CoordinatorSession connection) {
        post(() -> {
            session = connection;
            led = false;
        });
    }

    /** The connection is gone; the replica goes on. */
    public void disconnected(CoordinatorSession connection) {
        post(() -> {
            if (session == connection) {
                session = null;
                led = false;
            }
        });
    }

    /** What the coordinator says on this connection. */
    public void receive(CoordinatorSession connection, ToInstance message) {
        post(() -> {
            if (session == connection) {
                handle(connection, message);
            }
        });
    }

    /** Tells the coordinator how the replica gets on; to be called from time to time. */
    public void reportProgress() {
        post(() -> {
            RunningReplica current = running;
            if (current != null) {
                say(new FromInstance.Progress(inTerm(current.fence()), current.id(), current.progress()));
            }
        });
    }

    /**
     * Asks to be let go within the grace time; the replica works on until the coordinator answers. Another one that leads meanwhile is
     * asked too.
     */
    public void depart(Duration grace, String reason) {
        post(() -> {
            FromInstance.Departing asked = new FromInstance.Departing(grace.toMillis(), reason);
            departing = Optional.of(asked);
            say(asked);
        });
    }

    /** Runs when the process's thread comes to it, or at once when that has ended as it should: a sign of life. */
    public void ping(Runnable answer) {
        if (!post(answer)) {
            answer.run();
        }
    }

    /** The replica of the present run; empty between two. On any thread. */
    public Optional<Observation> observation() {
        return observation;
    }

    /**
     * @param metrics of the replica's own
     * @param beginNanos when it was begun, on the clock of the process
     */
    public record Observation(Fence fence, ReplicaId replica, ReplicaMetrics metrics, long beginNanos) {}

    /**
     * Ends the replica. Nothing is done afterwards, and the executor may end when {@code then} has been run.
     *
     * @param then not run as long as the replica has not ended: what it uses, {@link ProcessResources} above all, is not to be closed
     */
    public void close(Runnable then) {
        closed = true;
        boolean accepted = execute(() -> {
            local.stop();
            if (endRun()) {
                then.run();
            }
        });
        if (!accepted) {
            then.run();
        }
    }

    /** Whether it will be done. A connection, or a thread of the replica, may have news while the process ends: nobody needs them. */
    private boolean post(Runnable task) {
        return !closed && execute(task);
    }

    private boolean execute(Runnable task) {
        try {
            surroundings.executor().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            if (closed) {
                return false;
            }
            throw e;
        }
    }

    private void handle(CoordinatorSession connection, ToInstance message) {
        switch (message) {
            case ToInstance.Lead lead -> follow(connection, lead);
            case ToInstance.Leave leave -> {
                LOG.info("told to leave: {}: {}", leave.departure(), leave.detail());
                if (endRun()) {
                    surroundings.leave().accept(leave);
                }
            }
            case ToInstance.Assign(var assignment) when admitted(assignment.fence(), message) -> assign(assignment);
            case ToInstance.Prepare(var fence, long number, var keyGroups, var keyed)
            when admitted(fence, message) ->
                local.prepare(keyGroups, keyed, () -> post(() -> say(new FromInstance.Prepared(fence, number))));
            case ToInstance.Routes(var fence, var addresses)
            when admitted(fence, message) -> {
                if (isRunning(fence)) {
                    channels.route(addresses);
                }
            }
            case ToInstance.Tell(var order)
            when admitted(order.fence(), message) -> {
                RunningReplica current = running;
                if (current != null && isRunning(order.fence())) {
                    current.tell(order).ifPresent(this::say);
                }
            }
            case ToInstance.Release(var fence, var reason)
            when admitted(fence, message) -> {
                if (isRunning(fence)) {
                    LOG.info("{} is released from run {}: {}", pipeline.name(), fence.run(), reason);
                    endRun();
                }
            }
            case ToInstance.Assign _, ToInstance.Prepare _, ToInstance.Routes _ -> {}
            case ToInstance.Tell _, ToInstance.Release _ -> {}
        }
    }

    private void follow(CoordinatorSession connection, ToInstance.Lead lead) {
        if (!lead.pipeline().equals(pipeline.name()) || lead.term() < term) {
            String why = lead.pipeline().equals(pipeline.name())
                    ? "FENCED: term " + lead.term() + " < " + term
                    : "it leads pipeline " + lead.pipeline() + ", here is " + pipeline.name();
            LOG.warn("refused to follow a coordinator: {}", why);
            connection.close(why);
            return;
        }
        term = lead.term();
        led = true;
        Optional<RunningReplica> current = Optional.ofNullable(running);
        say(new FromInstance.Holding(current.map(RunningReplica::held), Optional.ofNullable(files)));
        current.ifPresent(replica -> replica.standing(term).forEach(this::say));
        departing.ifPresent(this::say);
    }

    /** What comes before {@code Lead}, from another term, or for a run that is over changes nothing. */
    private boolean admitted(Fence fence, ToInstance message) {
        RunningReplica current = running;
        long run = current == null ? 0 : current.fence().run();
        boolean past =
                fence.term() != term || fence.run() < run || !fence.pipeline().equals(pipeline.name());
        if (!led || past) {
            LOG.warn("refused {}: FENCED: here is term {}, run {}", message, term, run);
            return false;
        }
        return true;
    }

    private boolean isRunning(Fence fence) {
        RunningReplica current = running;
        return current != null && current.fence().run() == fence.run();
    }

    private void assign(Assignment assignment) {
        RunningReplica current = running;
        if (current != null && current.is(assignment)) {
            return;
        }
        if (!endRun()) {
            return;
        }
        LOG.info(
                "is {} in run {} of term {}, {}",
                assignment.replica(),
                assignment.fence().run(),
                assignment.fence().term(),
                assignment
                        .from()
                        .map(from -> "from checkpoint " + from.checkpoint())
                        .orElse("from nothing"));
        begin(assignment);
    }

    private void begin(Assignment assignment) {
        PipelineGraph graph = PipelineGraph.of(pipeline.withReplicas(assignment.replicas()));
        ReplicaId id = assignment.replica();
        Fence fence = assignment.fence();
        Beginning beginning = new Beginning();
        ReplicaSetup setup = new ReplicaSetup(
                graph,
                id,
                fence,
                assignment
                        .from()
                        .map(from -> RestoredStage.of(from, graph, id.stage()))
                        .orElse(RestoredStage.NONE),
                assignment.droppedState() == DroppedState.ALLOW);
        ReplicaEnvironment environment;
        try {
            environment = local.environment(fence, beginning::sink, report -> post(() -> report(fence, report)));
        } catch (IOException e) {
            LOG.error("{} cannot be opened", id, e);
            say(new FromInstance.NotOpened(inTerm(fence), id, FromInstance.Cause.TROUBLE, ReplicaThread.describe(e)));
            return;
        }
        ReplicaThread replica = new ReplicaThread(setup, environment, listener(fence, id, beginning));
        beginning.complete(replica, channels.begin(graph, fence, id, replica.inbox()));
        running = new RunningReplica(
                assignment, StartedReplica.open(id, replica, surroundings.threads()), surroundings.nanos());
        observation = Optional.of(new Observation(
                fence, id, replica.metrics(), surroundings.nanos().getAsLong()));
    }

    private ReplicaThread.Listener listener(Fence fence, ReplicaId id, Beginning beginning) {
        return new ReplicaThread.Listener() {
            @Override
            public void opened() {
                beginning.start();
                post(() -> {
                    if (isRunning(fence)) {
                        local.opened();
                    }
                });
            }

            @Override
            public void refused(Throwable error) {
                LOG.error("{} cannot be opened", id, error);
                post(() -> notOpened(fence, id, error));
            }
        };
    }

    private void notOpened(Fence fence, ReplicaId id, Throwable error) {
        RunningReplica current = running;
        if (current != null && current.fence().equals(fence)) {
            FromInstance.Cause cause =
                    error instanceof StateIncompatibleException || error instanceof DroppedStateException
                            ? FromInstance.Cause.DOES_NOT_FIT
                            : FromInstance.Cause.TROUBLE;
            String why = ReplicaThread.describe(error);
            current.notOpened(cause, why);
            say(new FromInstance.NotOpened(inTerm(fence), id, cause, why));
        }
    }

    private void report(Fence fence, ToCoordinator message) {
        RunningReplica current = running;
        if (current != null && current.fence().equals(fence)) {
            say(new FromInstance.Report(current.reports().add(message, term)));
        }
    }

    private void say(FromInstance message) {
        CoordinatorSession current = session;
        if (current != null && led) {
            current.send(message);
        }
    }

    private Fence inTerm(Fence fence) {
        return new Fence(fence.pipeline(), fence.run(), term);
    }

    /** @return whether there is no replica any more; else nothing more is done here */
    private boolean endRun() {
        RunningReplica current = running;
        if (current == null) {
            return true;
        }
        observation = Optional.empty();
        files = current.id();
        try {
            if (!current.end(surroundings.patience())) {
                giveUp(current);
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        running = null;
        channels.end();
        local.delete(current.fence());
        return true;
    }

    /**
     * Its thread may be at the memory and the files of its state, in native code, too, and may go on at any time: nothing of that can be freed,
     * its folder and the lock of its database stay, and no other replica may begin beside it. The end of the process is what ends it.
     */
    private void giveUp(RunningReplica stuck) {
        if (closed) {
            return;
        }
        closed = true;
        String why = stuck.whyStuck(surroundings.patience());
        LOG.error(why);
        surroundings.leave().accept(new ToInstance.Leave(ToInstance.Departure.FAILED, why));
    }
}
