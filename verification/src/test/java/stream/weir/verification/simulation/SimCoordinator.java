package stream.weir.verification.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.JobFailure;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.coordinator.gateway.Survey;
import stream.weir.coordinator.loop.CoordinatorListener;
import stream.weir.coordinator.loop.CoordinatorLoop;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.coordinator.loop.Job;
import stream.weir.coordinator.loop.Timer;
import stream.weir.coordinator.store.AskedEnd;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.StartRefusedException;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;
import stream.weir.store.ObjectStore;

/** A process with one real coordinator in it; its executors, timer and clock are the world's. */
final class SimCoordinator implements ReplicaGateway, CoordinatorListener, Timer {
    private final World world;
    private final Wire turns;
    private final Wire restarts;
    private final Listener listener;
    private final CoordinatorLoop loop;
    private boolean dead;
    private boolean silenced;
    private boolean inStoreCall;
    private boolean hadRival;
    private long term;

    /** Is told how the process fares. */
    interface Listener {
        void started(SimCoordinator coordinator);

        /** Replicas that there are follow it from here on. */
        Survey lead(Fence leader, ReplicaGateway.Plan plan);

        /** The run that it found goes on. */
        void goOn(SimCoordinator coordinator, Fence fence);

        void restart(SimCoordinator coordinator, Fence fence, Optional<Manifest> from);

        void send(ReplicaId to, ToReplica message);

        void completed(SimCoordinator coordinator, Manifest last);

        /** The process has ended; a new one is to be started. */
        void ended(SimCoordinator coordinator);
    }

    SimCoordinator(World world, PipelineDescription pipeline, ObjectStore store, Listener listener) {
        this.world = world;
        this.listener = listener;
        this.turns = new Wire(world.time());
        this.restarts = new Wire(world.time());
        Executor storeCalls = this::callStore;
        this.loop = CoordinatorLoop.create(
                new Job(pipeline, world.settings().coordinator(World.MAX_PARALLELISM)),
                store,
                new CoordinatorPorts(
                        this::takeTurn,
                        storeCalls,
                        this,
                        world.time()::nanos,
                        (InstantSource) () -> Instant.ofEpochMilli(world.wallMillis()),
                        () -> Long.toHexString(world.chance().number())),
                world.plant().gateway(world, this),
                this);
    }

    void start(StartOptions options) {
        if (world.settings().takesOver()) {
            loop.lead(options);
        } else {
            loop.start(options);
        }
    }

    /** As the death of its process. */
    void kill() {
        dead = true;
        loop.close();
    }

    /** Also what it has said before and what is still on its way is lost. */
    void silence() {
        kill();
        silenced = true;
    }

    boolean isDead() {
        return dead;
    }

    long term() {
        return term;
    }

    /** Another coordinator is alive at the same time: each may be fenced. */
    void meetRival() {
        hadRival = true;
    }

    void receive(ToCoordinator message) {
        if (!dead) {
            loop.receive(message);
        }
    }

    void replicaLost(long run, ReplicaId replica) {
        if (!dead) {
            loop.replicaLost(run, replica, "its heartbeats stopped");
        }
    }

    /** Somebody wants the input to end here. */
    void drain(Runnable recorded) {
        if (!dead) {
            loop.end(AskedEnd.DRAIN, recorded);
        }
    }

    private void takeTurn(Runnable task) {
        if (inStoreCall) {
            world.time().after(callDelay(), "answer of store", "", () -> run(task));
        } else {
            turns.send(world.chance().micros(1, 20), "coordinator's turn", "", () -> run(task));
        }
    }

    private void callStore(Runnable call) {
        world.time().after(callDelay(), "store call", "", () -> {
            inStoreCall = true;
            try {
                run(call);
            } finally {
                inStoreCall = false;
            }
        });
    }

    private void run(Runnable task) {
        if (dead) {
            return;
        }
        try {
            task.run();
        } catch (ProcessKilled e) {
            world.trace().note("coordinator killed " + e.getMessage(), "");
            kill();
            listener.ended(this);
        }
    }

    private void ifHeard(Runnable arrival) {
        if (!silenced) {
            arrival.run();
        }
    }

    private long callDelay() {
        return world.faults().strikes(Fault.STORE_SLOW)
                ? world.chance().micros(20_000, 150_000)
                : world.chance().micros(50, 2_000);
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        return world.time().after(delay.toNanos(), "coordinator's timer", "", () -> run(task));
    }

    @Override
    public void lead(Fence leader, Plan plan, Consumer<Survey> answer) {
        term = leader.term();
        restarts.send(
                world.chance().micros(50, 2_000),
                "lead",
                leader,
                () -> ifHeard(() -> answer.accept(listener.lead(leader, plan))));
    }

    @Override
    public void goOn(Fence fence, PipelineDescription pipeline) {
        listener.goOn(this, fence);
    }

    @Override
    public void restart(Fence fence, PipelineDescription pipeline, Optional<Manifest> from) {
        restarts.send(
                world.chance().micros(50, 2_000),
                "restart",
                fence,
                () -> ifHeard(() -> listener.restart(this, fence, from)));
    }

    @Override
    public void send(ReplicaId to, ToReplica message) {
        if (world.faults().strikes(Fault.COORDINATOR_KILLED_IN_SEND)) {
            throw new ProcessKilled("while it sends " + message + " to " + to);
        }
        if (world.faults().strikes(Fault.MESSAGE_LOST)) {
            if (message instanceof ToReplica.EndInput) {
                // Said once in a run: a connection that loses it breaks.
                world.lossIsNoticed(message.fence().run(), to);
            }
            return;
        }
        Wire wire = world.wireTo(to);
        wire.follow(restarts);
        int copies = world.faults().strikes(Fault.MESSAGE_TWICE) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            wire.send(world.messageDelay(), "message", message, () -> ifHeard(() -> listener.send(to, message)));
        }
    }

    @Override
    public void started(Fence fence, Optional<Manifest> from) {
        term = fence.term();
        world.trace().note("started " + fence + " from", from.map(Manifest::checkpoint));
        listener.started(this);
    }

    @Override
    public void tookOver(Fence fence, Optional<Manifest> newest) {
        world.trace().note("took over " + fence + " with newest", newest.map(Manifest::checkpoint));
        world.coverage().tookOver();
        listener.started(this);
    }

    @Override
    public void checkpointStarted(long checkpoint) {
        world.trace().note("checkpoint started", checkpoint);
    }

    @Override
    public void checkpointCompleted(Manifest manifest, Duration duration, long bytes) {
        world.trace().note("checkpoint completed " + manifest.kind(), manifest.checkpoint());
        world.coverage().checkpointCompleted();
    }

    @Override
    public void checkpointFailed(long checkpoint, CheckpointFailure reason, String detail) {
        world.trace().note("checkpoint failed: " + reason, checkpoint);
    }

    @Override
    public void restarting(String cause, Fence fence, Optional<Manifest> from) {
        world.trace().note("restarting: " + cause, fence);
    }

    @Override
    public void refused(StartRefusedException reason) {
        world.trace().note("start refused", reason.toString());
        switch (reason.reason()) {
            case STORE_FAILED -> {}
            case FENCED -> requireRival(reason.toString());
            default -> throw world.invariants().violated("a start was refused: " + reason);
        }
        kill();
        listener.ended(this);
    }

    @Override
    public void completed(Manifest last) {
        listener.completed(this, last);
    }

    @Override
    public void stopped(LastCheckpoint lastCheckpoint, Optional<Manifest> newest, String detail) {
        throw world.invariants().violated("the job stopped, which nobody asked for: " + detail);
    }

    @Override
    public void failed(JobFailure reason, String detail, Optional<Manifest> newest) {
        world.trace().note("job failed: " + reason, detail);
        if (reason != JobFailure.FENCED) {
            throw world.invariants().violated("the job failed: " + reason + ": " + detail);
        }
        requireRival(detail);
        kill();
        listener.ended(this);
    }

    private void requireRival(String detail) {
        world.invariants().require(hadRival, "a coordinator without a rival was fenced", detail);
    }
}
