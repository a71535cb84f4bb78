package stream.weir.coordinator.loop;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.CheckpointMachine;
import stream.weir.coordinator.checkpoint.Command;
import stream.weir.coordinator.checkpoint.Command.Reshape.Readiness;
import stream.weir.coordinator.checkpoint.Command.Stop.Wanted;
import stream.weir.coordinator.checkpoint.Continued;
import stream.weir.coordinator.checkpoint.Decision;
import stream.weir.coordinator.checkpoint.Effect;
import stream.weir.coordinator.checkpoint.JobState;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.checkpoint.StoreResult;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.coordinator.savepoint.SavepointRequests;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.store.AskedEnd;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.Opened;
import stream.weir.coordinator.store.Opening;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.StartRefusal;
import stream.weir.coordinator.store.StartRefusedException;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Assignment.DroppedState;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;
import stream.weir.store.ObjectStore;

/**
 * Runs a {@link CheckpointMachine}: hands it commands one by one, and carries out its effects in their order before the next
 * command. Its methods may be called from any thread and return at once. Deterministic where executors, timer and clock are.
 */
public final class CoordinatorLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorLoop.class);

    private final CheckpointMachine machine;
    private final CheckpointStore store;
    private final Beginning beginning;
    private final Collection collection;
    private final CoordinatorPorts ports;
    private final ReplicaGateway gateway;
    private final Broadcast broadcast;
    private final CoordinatorListener listener;
    private final SavepointRequests savepoints;
    private final StoreCalls calls;
    private final Alarm alarm;
    private final LastWord lastWord;
    private final Wishes wishes;
    private volatile boolean closed;
    private PipelineDescription pipeline;
    private @Nullable JobState state;
    private final WantedEnd end = new WantedEnd();
    /** Of checkpoints that were asked for before there was a run. */
    private final Set<Command> early = new LinkedHashSet<>();

    private CoordinatorLoop(
            Job job,
            CheckpointStore store,
            CoordinatorPorts ports,
            ReplicaGateway gateway,
            CoordinatorListener listener) {
        this.pipeline = job.pipeline();
        this.machine = CheckpointMachine.of(job.pipeline(), job.config());
        this.store = store;
        OwnThread thread = new OwnThread();
        this.collection = new Collection(store, job.config(), ports.storeCalls());
        this.ports = ports;
        this.gateway = gateway;
        this.broadcast = new Broadcast(gateway, this::replicaLost);
        this.listener = listener;
        this.beginning = new Beginning(
                job,
                Opening.of(store, job.pipeline(), job.config()),
                ports,
                gateway,
                new Beginning.Loop(thread, new Outcomes()));
        this.calls = new StoreCalls(ports.storeCalls(), () -> closed);
        this.wishes = new Wishes(store, calls, new StoreCalls(ports.endCalls(), () -> closed), thread);
        this.alarm = new Alarm(ports, () -> post(() -> handle(new Command.Tick())));
        this.savepoints = SavepointCopies.requests(
                Savepoints.in(store.objects()), ports, job.config().retryDelay(), listener, thread);
        this.lastWord = new LastWord(listener, savepoints::isCopying, wishes);
    }

    /** @param objects the pipeline's own folder; the caller closes it */
    public static CoordinatorLoop create(
            Job job,
            ObjectStore objects,
            CoordinatorPorts ports,
            ReplicaGateway gateway,
            CoordinatorListener listener) {
        CheckpointStore store = CheckpointStore.of(objects, job.pipeline().name(), job.home());
        return new CoordinatorLoop(job, store, ports, gateway, listener);
    }

    /**
     * Begins the job: {@link CoordinatorListener#started} and {@link ReplicaGateway#restart} follow, or {@link
     * CoordinatorListener#refused}. To be called once.
     */
    public void start(StartOptions options) {
        beginning.start(options);
    }

    /**
     * As {@link #start}, but goes on with the last run where all its replicas are alive: {@link CoordinatorListener#tookOver} and
     * {@link ReplicaGateway#goOn} follow then. To be called once.
     */
    public void lead(StartOptions options) {
        wishes.others();
        beginning.lead(options);
    }

    /**
     * As {@link #lead}, but another run begins, also where the last one could go on; before that it is forgotten how the job was to end,
     * and where that fails the start is refused as {@code STORE_FAILED}. To be called once.
     *
     * @param since ends that somebody has asked for since this start, of attempts that were refused: they stand
     */
    public void startAgain(StartOptions options, Set<AskedEnd> since) {
        wishes.others();
        wishes.forgetEarlierEnds(since, forgotten -> beginning.leadAnew(options, forgotten));
    }

    /** What a replica says. */
    public void receive(ToCoordinator message) {
        post(() -> handle(new Command.FromReplica(message)));
    }

    /** A replica of run {@code run} is gone. */
    public void replicaLost(long run, ReplicaId replica, String detail) {
        post(() -> handle(new Command.ReplicaLost(run, replica, detail)));
    }

    /** What a replica of run {@code run} was to begin with does not fit its steps. */
    public void doesNotFit(long run, ReplicaId replica, String detail) {
        post(() -> handle(new Command.DoesNotFit(run, replica, detail)));
    }

    /** Somebody follows a newer coordinator, or this one has lost its leadership for another reason. */
    public void fenced(String detail) {
        post(() -> handle(new Command.Fenced(detail)));
    }

    /** Takes a checkpoint as soon as it may start, also of a run that has not begun yet. */
    public void requestCheckpoint(CheckpointKind kind) {
        post(() -> handle(new Command.RequestCheckpoint(kind)));
    }

    /**
     * The next run is to have these replicas: a checkpoint is taken, and that run begins with it. To be called when there are
     * processes for it, and with the present run's when there are not any more.
     *
     * @param dropped what becomes of state of stages that it does not have
     * @param readiness whether the present run ends for it already
     */
    public void reshape(PipelineDescription to, DroppedState dropped, Readiness readiness) {
        post(() -> handle(new Command.Reshape(to, dropped, readiness)));
    }

    /**
     * Takes a checkpoint as soon as it may start, also of a run that has not begun yet, and copies it; {@link
     * CoordinatorListener#savepointMade} follows, or {@link CoordinatorListener#savepointFailed}. Where a later leader may go on with the
     * run, the wish is written down first.
     *
     * @param recorded called when that is done, or not needed, on the loop's thread
     */
    public void savepoint(String name, Runnable recorded) {
        post(() -> {
            if (savepoints.isOver()) {
                recorded.run();
                listener.savepointFailed(name, "the job does not run");
            } else {
                wishes.savepoint(name, recorded, () -> savepoints.request(name));
            }
        });
    }

    /**
     * Ends the job. Where a later leader may go on with the run, the wish is written down first.
     *
     * @param recorded called when that is done, or not needed, on the loop's thread
     */
    public void end(AskedEnd how, Runnable recorded) {
        post(() -> {
            if (lastWord.isKnown()) {
                recorded.run();
            } else {
                wishes.end(how, WantedEnd.runOf(state), recorded, () -> endNow(how));
            }
        });
    }

    private void endNow(AskedEnd how) {
        end.want(how);
        if (end.isToStop()) {
            handle(new Command.Stop(savepoints.isWaiting() ? Wanted.SAVEPOINT : Wanted.CHECKPOINT));
        } else {
            endInput();
        }
    }

    private void endInput() {
        end.order(state).ifPresent(order -> broadcast.send(pipeline, order));
    }

    /** Does nothing more, as if the process had died. What is under way at the store may still take effect. */
    @Override
    public void close() {
        closed = true;
    }

    private void post(Runnable task) {
        if (!closed) {
            ports.loop().execute(() -> {
                if (!closed) {
                    task.run();
                }
            });
        }
    }

    private final class Outcomes implements Beginning.Outcomes {
        @Override
        public void opened(Opened opened) {
            if (end.isToStop() && !savepoints.isWaiting()) {
                stopped("before it began", opened.from());
                return;
            }
            state = machine.begin(opened.run(), opened.from(), opened.nextCheckpoint(), ports.now());
            Fence fence = opened.run().fence();
            pipeline = opened.run().described(pipeline);
            LOG.info("{}", opened.summary());
            listener.runs(pipeline);
            listener.started(fence, opened.from());
            gateway.restart(fence, pipeline, opened.from());
            goOn();
        }

        @Override
        public void continued(Continued continued) {
            Fence fence = continued.fence();
            pipeline = continued.run().described(pipeline);
            LOG.info("{}", continued.summary());
            listener.runs(pipeline);
            listener.tookOver(fence, continued.newest());
            continued.newest().ifPresent(gateway::newest);
            gateway.goOn(fence, pipeline);
            apply(machine.takeOver(continued, ports.now()));
            goOn();
        }

        @Override
        public void asked(Beginning.Asked earlier) {
            earlier.end().ifPresent(end::want);
            earlier.savepoints().forEach(savepoints::request);
        }

        @Override
        public void stopped(String why, Optional<Manifest> newest) {
            savepoints.ended();
            lastWord.say(new JobState.Stopped(LastCheckpoint.NONE, newest, why));
        }

        @Override
        public void refused(StartRefusedException reason) {
            LOG.error("{}: {}", reason.reason(), reason.getMessage());
            // Where only the store has failed, another attempt may follow; and a newer coordinator knows what is on
            // record.
            if (reason.reason() != StartRefusal.STORE_FAILED && reason.reason() != StartRefusal.FENCED) {
                savepoints.refused(reason.reason() + ": " + reason.getMessage());
            }
            listener.refused(reason);
        }
    }

    /** With what earlier leaders were asked for. */
    private void goOn() {
        if (end.isToStop()) {
            endNow(AskedEnd.STOP);
        } else {
            early.forEach(this::handle);
            handle(new Command.Tick());
        }
    }

    private void handle(Command command) {
        if (state != null) {
            apply(machine.decide(state, command, ports.now()));
        } else if (command instanceof Command.RequestCheckpoint) {
            early.add(command);
        }
    }

    private void apply(Decision decision) {
        state = decision.state();
        try {
            for (Effect effect : decision.effects()) {
                carryOut(effect);
            }
            endInput();
        } finally {
            alarm.set(state == null ? OptionalLong.empty() : machine.nextWake(state));
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.ToAll(ToReplica.OfCheckpoint message) -> {
                if (message instanceof ToReplica.Trigger(var fence, long checkpoint, var kind)) {
                    savepoints.triggered(checkpoint, kind);
                }
                broadcast.send(pipeline, message);
            }
            case Effect.StoreEntry(var entry) ->
                call(() -> store.putCheckpoint(entry), result -> new Command.EntryStored(entry.checkpoint(), result));
            case Effect.StoreRun(var run) ->
                call(() -> store.putJournal(run), result -> new Command.RunStored(run.run(), result));
            case Effect.Restart(Fence fence, PipelineDescription next, Optional<Manifest> from, String cause) -> {
                pipeline = next;
                listener.runs(next);
                listener.restarting(cause, fence, from);
                gateway.restart(fence, next, from);
            }
            case Effect.ReshapeRefused(PipelineDescription to, String why) -> {
                LOG.error("{}: cannot go on as {}: {}", pipeline.name(), to, why);
                listener.reshapeRefused(to, why);
            }
            case Effect.CollectGarbage(Fence fence, var pendingObjects) ->
                collection.run(fence, savepoints.with(pendingObjects));
            case Effect.CheckpointStarted(long checkpoint) -> listener.checkpointStarted(checkpoint);
            case Effect.CheckpointCompleted(Manifest manifest) -> {
                savepoints.completed(manifest);
                gateway.newest(manifest);
                Duration duration = Duration.ofMillis(manifest.durationMillis());
                listener.checkpointCompleted(manifest, duration, manifest.uploadedBytes());
            }
            case Effect.CheckpointFailed(long checkpoint, var reason, String detail) -> {
                LOG.warn("{}: checkpoint {} failed: {}: {}", pipeline.name(), checkpoint, reason, detail);
                listener.checkpointFailed(checkpoint, reason, detail);
                savepoints.aborted(checkpoint, reason + ": " + detail);
            }
            case Effect.Refused refusal -> LOG.warn("{}: refused {}", pipeline.name(), refusal.summary());
            case Effect.StateChanged(String from, String to, String reason, String detail) -> {
                LOG.info("{}: {} -> {}: {}: {}", pipeline.name(), from, to, reason, detail);
                if (state instanceof JobState.BackingOff back) {
                    listener.goesBack(back.cause());
                }
                savepoints.running();
            }
            case Effect.JobEnded(JobState.Ended ended) -> {
                wishes.ended(ended);
                savepoints.ended();
                lastWord.say(ended);
            }
        }
    }

    private void call(Supplier<StoreResult> request, Function<StoreResult, Command> command) {
        calls.make(request, result -> post(() -> handle(command.apply(result))));
    }

    private final class OwnThread implements SavepointCopies.Host {
        @Override
        public void takeCheckpoint() {
            requestCheckpoint(CheckpointKind.SAVEPOINT);
        }

        @Override
        public void settled(String name) {
            wishes.forgetSavepoint(name);
        }

        @Override
        public void post(Runnable task) {
            CoordinatorLoop.this.post(() -> {
                task.run();
                lastWord.sayWhatWaits();
            });
        }

        @Override
        public boolean isClosed() {
            return closed;
        }
    }
}
