package stream.weir.verification.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import stream.weir.coordinator.loop.Timer;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.runtime.stage.Inbox;
import stream.weir.runtime.stage.Replica;
import stream.weir.runtime.stage.ReplicaEnvironment;
import stream.weir.runtime.stage.ReplicaMetrics;
import stream.weir.runtime.stage.ReplicaOpener;
import stream.weir.runtime.stage.ReplicaSetup;

/** A process with one real replica in it, driven step by step instead of by a thread. */
final class SimReplica {
    private static final int MOST_MAILS = 4;

    private final ReplicaSetup setup;
    private final World world;
    private final Listener listener;
    private final Queue<Inbox.Mail> mails = new ArrayDeque<>();
    private final List<SimLink> outputs = new ArrayList<>();
    private @Nullable Replica replica;
    private Timer.@Nullable Scheduled next;
    private long nextNanos = Long.MAX_VALUE;
    private boolean started;
    private boolean dead;
    private boolean drainAsked;

    /** Is told how the process fares. */
    interface Listener {
        void opened();

        /** The process is gone, without a word. */
        void killed(SimReplica replica);

        /** What the replica says to the coordinator. */
        void says(ToCoordinator message);
    }

    SimReplica(ReplicaSetup setup, World world, Listener listener) {
        this.setup = setup;
        this.world = world;
        this.listener = listener;
    }

    ReplicaId id() {
        return setup.id();
    }

    boolean isDead() {
        return dead;
    }

    List<SimLink> outputs() {
        return outputs;
    }

    void add(SimLink output) {
        outputs.add(output);
    }

    void open(ReplicaEnvironment environment) {
        if (dead) {
            return;
        }
        guarded(() -> {
            replica = ReplicaOpener.open(
                    setup,
                    environment,
                    new ReplicaOpener.Wiring(
                            new ReplicaMetrics(),
                            sink -> {
                                throw new IllegalStateException("a simulated link takes every frame");
                            },
                            () -> {},
                            () -> {
                                drainAsked = true;
                                wake();
                            },
                            () -> dead));
            listener.says(new ToCoordinator.Opened(setup.fence(), setup.id(), replica.schema()));
            listener.opened();
        });
    }

    void start() {
        if (dead || replica == null) {
            return;
        }
        Replica opened = replica;
        guarded(() -> {
            started = true;
            opened.start();
            wake();
        });
    }

    void mail(Inbox.Mail mail) {
        if (!dead) {
            mails.add(mail);
            wake();
        }
    }

    /** Lets the replica work soon. */
    void wake() {
        wakeAfter(world.chance().micros(1, 60));
    }

    /** The process is gone: nothing is closed, nothing said. */
    void kill() {
        if (!dead) {
            dead = true;
            mails.clear();
            outputs.forEach(SimLink::cut);
            listener.killed(this);
        }
    }

    /** Ends it in good order. */
    void close() {
        if (!dead) {
            dead = true;
            mails.clear();
            closeReplica();
        }
    }

    private void wakeAfter(long nanos) {
        long at = world.time().nanos() + nanos;
        if (dead || !started || at >= nextNanos) {
            return;
        }
        if (next != null) {
            next.cancel();
        }
        nextNanos = at;
        next = world.time().at(at, "step", id(), this::step);
    }

    private void step() {
        nextNanos = Long.MAX_VALUE;
        Replica working = replica;
        if (dead || working == null) {
            return;
        }
        for (SimLink output : outputs) {
            if (!output.writable()) {
                return; // woken when its reader has read
            }
        }
        guarded(() -> stepOf(working));
    }

    private void stepOf(Replica working) throws Exception {
        boolean worked = false;
        int most = world.chance().between(1, MOST_MAILS);
        for (int i = 0; i < most && !mails.isEmpty(); i++) {
            working.handle(mails.remove());
            worked = true;
        }
        if (drainAsked) {
            drainAsked = false;
            working.drain();
        }
        if (working.work() == Replica.Work.NONE && !worked) {
            wakeAfter(Math.max(1_000, working.pauseNanos()));
        } else {
            wakeAfter(world.chance().micros(5, 300));
        }
    }

    private interface Step {
        void take() throws Exception;
    }

    private void guarded(Step step) {
        try {
            step.take();
        } catch (Violation e) {
            throw e;
        } catch (ProcessKilled e) {
            world.trace().note("killed " + e.getMessage(), id());
            kill();
        } catch (Exception e) {
            failed(e);
        }
    }

    /** As the real driver does: closes everything, then says so. */
    private void failed(Exception error) {
        world.trace().note("failed: " + error, id());
        dead = true;
        mails.clear();
        closeReplica();
        listener.says(new ToCoordinator.Failed(setup.fence(), setup.id(), error.toString()));
    }

    private void closeReplica() {
        if (replica != null) {
            try {
                replica.close();
            } catch (Exception e) {
                throw world.invariants().violated(id() + " could not be closed: " + e);
            }
        }
    }
}
