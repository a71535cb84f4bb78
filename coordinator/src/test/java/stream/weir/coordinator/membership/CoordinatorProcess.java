package stream.weir.coordinator.membership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.checkpoint.JobFailure;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.loop.CoordinatorListener;
import stream.weir.coordinator.loop.CoordinatorLoop;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.coordinator.loop.Counts;
import stream.weir.coordinator.loop.Job;
import stream.weir.coordinator.loop.Timer;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.StartRefusal;
import stream.weir.coordinator.store.StartRefusedException;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Assignment.DroppedState;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ToInstance;
import stream.weir.store.ObjectStore;

/** A process with a real loop and a real desk; it can be killed, and put to sleep without knowing it. */
final class CoordinatorProcess implements CoordinatorListener, Timer, InstanceDesk.Connections {
    private final ProcessWorld world;
    private final InstanceDesk desk;
    private final CoordinatorLoop loop;
    private final List<Runnable> overslept = new ArrayList<>();
    private final Set<Long> pending = new HashSet<>();
    private long lastTurn;
    private boolean asleep;
    private boolean dead;
    private boolean begun;

    CoordinatorProcess(ProcessWorld world, ObjectStore objects, CoordinatorConfig config, int number) {
        this.world = world;
        CoordinatorPorts ports = new CoordinatorPorts(
                this::turn, this::call, this, world::nanos, world.wallClock(), () -> number + "/" + world.nonce());
        MembershipConfig patience =
                new MembershipConfig(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(3), 100);
        Membership membership = Membership.of(ProcessWorld.PIPELINE, patience, DroppedState.REFUSE);
        this.desk = new InstanceDesk(membership, ports, this, new InstanceDesk.Listener() {});
        this.loop = CoordinatorLoop.create(
                new Job(ProcessWorld.PIPELINE, config, Counts.OF_LAST_RUN), objects, ports, desk, this);
        desk.serve(loop);
    }

    void lead() {
        loop.lead(StartOptions.newest());
    }

    CoordinatorLoop loop() {
        return loop;
    }

    InstanceDesk desk() {
        return desk;
    }

    boolean isAwake() {
        return !asleep && !dead;
    }

    /** Whether it leads a run. */
    boolean hasBegun() {
        return begun;
    }

    void kill() {
        dead = true;
        loop.close();
        desk.close();
    }

    void pause() {
        asleep = true;
    }

    void resume() {
        asleep = false;
        List<Runnable> due = List.copyOf(overslept);
        overslept.clear();
        due.forEach(this::run);
    }

    private void run(Runnable task) {
        if (asleep) {
            overslept.add(task);
        } else if (!dead) {
            task.run();
        }
    }

    private void turn(Runnable task) {
        lastTurn = Math.max(lastTurn + 1, world.nanos() + 1_000);
        world.at(lastTurn, () -> run(task));
    }

    private void call(Runnable task) {
        world.after(1, 60, () -> run(task));
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        Runnable cancel = world.at(world.nanos() + delay.toNanos(), () -> run(task));
        return cancel::run;
    }

    @Override
    public void send(String instance, ToInstance message) {
        world.send(this, instance, message);
    }

    @Override
    public void disconnect(String instance, String why) {
        world.disconnect(this, instance);
    }

    @Override
    public void started(Fence fence, Optional<Manifest> from) {
        begun = true;
    }

    @Override
    public void tookOver(Fence fence, Optional<Manifest> newest) {
        begun = true;
        world.tookOver(fence.term());
    }

    @Override
    public void checkpointStarted(long checkpoint) {
        pending.add(checkpoint);
    }

    @Override
    public void checkpointCompleted(Manifest manifest, Duration duration, long bytes) {
        pending.remove(manifest.checkpoint());
    }

    @Override
    public void checkpointFailed(long checkpoint, CheckpointFailure reason, String detail) {
        pending.remove(checkpoint);
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    @Override
    public void refused(StartRefusedException reason) {
        world.require(
                reason.reason() == StartRefusal.FENCED || reason.reason() == StartRefusal.STORE_FAILED,
                "a start was refused: " + reason);
        kill();
        world.ended(this);
    }

    @Override
    public void savepointMade(String name, Manifest checkpoint) {
        world.sometimes().savepoints++;
    }

    @Override
    public void savepointFailed(String name, String why) {
        world.savepointFailed(name, why);
    }

    @Override
    public void completed(Manifest last) {
        world.sometimes().completed++;
        world.jobCompleted();
        desk.dismiss(ToInstance.Departure.COMPLETED, "all input is processed");
    }

    @Override
    public void stopped(LastCheckpoint last, Optional<Manifest> newest, String detail) {
        world.require(false, "stopped: " + detail);
    }

    @Override
    public void failed(JobFailure reason, String detail, Optional<Manifest> newest) {
        world.require(reason == JobFailure.FENCED, reason + ": " + detail);
        if (detail.startsWith("run ")) {
            world.sometimes().zombieRunsRefused++;
        } else if (detail.startsWith("checkpoint ")) {
            world.sometimes().zombieManifestsRefused++;
        }
        kill();
        world.ended(this);
    }
}
