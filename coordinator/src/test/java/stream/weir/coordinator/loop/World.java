package stream.weir.coordinator.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.coordinator.checkpoint.JobFailure;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.coordinator.gateway.Survey;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.StartRefusedException;
import stream.weir.coordinator.store.TestStore;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** Everything around a loop in one thread and virtual time, with replicas that answer at once. */
final class World implements ReplicaGateway, CoordinatorListener, Timer {
    static final PipelineDescription PIPELINE = new PipelineDescription(
            "orders", List.of(new StageDescription("read", 1, false), new StageDescription("write", 1, true)));

    final TestStore objects;
    final List<String> heard = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Queue<Runnable> slowCalls = new ArrayDeque<>();
    private final PriorityQueue<Waiting> timers =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::at).thenComparingLong(Waiting::order));
    private CoordinatorLoop loop;
    private Fence fence = new Fence("orders", 0, 0);
    private Optional<Plan> plan = Optional.empty();
    private boolean answering = true;
    private boolean finished;
    private boolean slow;
    private long nanos;
    private long timersMade;
    private long uploads;

    private record Waiting(long at, long order, Runnable task) {}

    private World(TestStore objects) {
        this.objects = objects;
        Executor queue = tasks::add;
        CoordinatorPorts ports = new CoordinatorPorts(
                queue,
                call -> (slow ? slowCalls : tasks).add(call),
                this,
                () -> nanos,
                (InstantSource) () -> Instant.ofEpochMilli(nanos / 1_000_000),
                () -> "n" + nanos + heard);
        loop = CoordinatorLoop.create(new Job(PIPELINE, config()), objects, ports, this, this);
    }

    static World over(TestStore objects) {
        return new World(objects);
    }

    private static CoordinatorConfig config() {
        return new CoordinatorConfig(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ZERO,
                1,
                -1,
                2,
                Duration.ofSeconds(61),
                128,
                Duration.ofSeconds(1),
                new RestartPolicy(5, Duration.ofSeconds(2), Duration.ofSeconds(2)));
    }

    CoordinatorLoop loop() {
        return loop;
    }

    World start(StartOptions options) {
        loop.start(options);
        return settle();
    }

    /** As a service does, where replicas may outlive their coordinator. */
    World lead(StartOptions options) {
        loop.lead(options);
        return settle();
    }

    /** Runs whatever is ready, without time passing. */
    World settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        return this;
    }

    World pass(int seconds) {
        long end = nanos + seconds * 1_000_000_000L;
        settle();
        while (!timers.isEmpty() && timers.peek().at() <= end) {
            Waiting next = timers.remove();
            objects.passMillis((next.at() - nanos) / 1_000_000);
            nanos = next.at();
            next.task().run();
            settle();
        }
        objects.passMillis((end - nanos) / 1_000_000);
        nanos = end;
        return this;
    }

    /** Until it is fast again, each call that is made at the store takes longer than any after that. */
    void slowStore(boolean slowNow) {
        slow = slowNow;
    }

    /** Calls at the slow store are carried out. */
    World answer() {
        tasks.addAll(slowCalls);
        slowCalls.clear();
        return settle();
    }

    /** Replicas no longer answer, or answer again. */
    World silence(boolean silent) {
        answering = !silent;
        return this;
    }

    World finish() {
        finished = true;
        for (ReplicaId replica : PIPELINE.replicas()) {
            loop.receive(new ToCoordinator.Finished(fence, replica));
        }
        return settle();
    }

    World fail() {
        loop.receive(new ToCoordinator.Failed(fence, PIPELINE.replicas().getFirst(), "boom"));
        return settle();
    }

    List<String> heard() {
        List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    /** What processes were told when a term began. */
    Optional<Plan> plan() {
        return plan;
    }

    @Override
    public void lead(Fence leader, Plan told, Consumer<Survey> answer) {
        plan = Optional.of(told);
        ReplicaGateway.super.lead(leader, told, answer);
    }

    @Override
    public void restart(Fence next, PipelineDescription pipeline, Optional<Manifest> from) {
        fence = next;
        heard.add("restart " + next.run() + " from "
                + from.map(Manifest::checkpoint).orElse(0L));
        for (ReplicaId replica : PIPELINE.replicas()) {
            loop.receive(new ToCoordinator.Opened(
                    next,
                    replica,
                    new StageSchema(replica.stage(), 1, List.of(new StageSchema.StateSchema("a/b", "value", "int")))));
        }
        if (finished || from.map(Manifest::isFinal).orElse(false)) {
            finish();
        }
    }

    @Override
    public void send(ReplicaId to, ToReplica message) {
        if (!answering) {
            return;
        }
        switch (message) {
            case ToReplica.Trigger trigger ->
                loop.receive(new ToCoordinator.Acknowledge(trigger.fence(), to, trigger.checkpoint(), snapshot(to)));
            case ToReplica.Complete complete -> {
                if (to.stage().equals("write")) {
                    heard.add("commit " + complete.checkpoint());
                    loop.receive(new ToCoordinator.Committed(complete.fence(), to, complete.checkpoint()));
                }
            }
            case ToReplica.Abort abort -> {}
            case ToReplica.EndInput end -> {
                heard.add("end input " + to);
                if (to.equals(PIPELINE.replicas().getLast())) {
                    finish();
                }
            }
        }
    }

    private ReplicaSnapshot snapshot(ReplicaId replica) {
        KeyGroupRange all = new KeyGroupRange(0, 127);
        String name = "files/" + ++uploads;
        objects.upload(name, new byte[3]);
        return new ReplicaSnapshot(
                replica.stage(),
                replica.index(),
                all,
                finished,
                List.of(new StateHandle.TableFile(all, new StoredObject(name, 3, 0))),
                List.of(),
                new SnapshotTimes(0, 0, 0, 0, 0, 3, 3, 0, ""));
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        Waiting waiting = new Waiting(nanos + delay.toNanos(), timersMade++, task);
        timers.add(waiting);
        return () -> timers.remove(waiting);
    }

    @Override
    public void started(Fence begun, Optional<Manifest> from) {
        heard.add("started run " + begun.run() + " term " + begun.term());
    }

    @Override
    public void checkpointCompleted(Manifest manifest, Duration duration, long bytes) {
        heard.add("completed " + manifest.checkpoint() + " " + bytes + " bytes");
    }

    @Override
    public void checkpointFailed(long checkpoint, CheckpointFailure reason, String detail) {
        heard.add("failed " + checkpoint + " " + reason);
    }

    @Override
    public void restarting(String cause, Fence next, Optional<Manifest> from) {
        heard.add("restarting: " + cause);
    }

    @Override
    public void savepointMade(String name, Manifest checkpoint) {
        heard.add("savepoint " + name + " of " + checkpoint.checkpoint());
    }

    @Override
    public void savepointFailed(String name, String why) {
        heard.add("no savepoint " + name + ": " + why);
    }

    @Override
    public void refused(StartRefusedException reason) {
        heard.add("refused " + reason.reason());
    }

    @Override
    public void completed(Manifest last) {
        heard.add("all done at " + last.checkpoint());
    }

    @Override
    public void stopped(LastCheckpoint lastCheckpoint, Optional<Manifest> newest, String detail) {
        heard.add("stopped at " + newest.map(Manifest::checkpoint).orElse(0L) + " " + detail);
    }

    @Override
    public void failed(JobFailure reason, String detail, Optional<Manifest> newest) {
        heard.add("job failed " + reason);
    }
}
