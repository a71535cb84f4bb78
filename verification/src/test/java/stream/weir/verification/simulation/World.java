package stream.weir.verification.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.coordinator.gateway.Survey;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;
import stream.weir.runtime.snapshot.StoreFiles;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.state.StateFiles;

/**
 * One job from its begin to its end, whatever is in its way. Everything comes from the seed: what the job is, what happens when,
 * and what goes wrong.
 */
final class World implements AutoCloseable {
    static final int MAX_PARALLELISM = 8;

    /** Below the world's folder: local files of all runs. */
    static final String RUNS = "runs";

    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final long MOST_EVENTS = 3_000_000;
    private static final long WALL_BEGIN = Readings.BEGIN_MILLIS + 1_000_000;

    private final Chance chance;
    private final Trace trace = new Trace();
    private final Coverage coverage = new Coverage();
    private final Invariants invariants = new Invariants();
    private final VirtualTime time;
    private final Faults faults;
    private final Settings settings;
    private final Plant plant;
    private final Path folder;
    private final SimStore store;
    private final Workload workload;
    private final Target target;
    private final Optional<Drain> drain;
    private final SimBackends backends;
    private final StateFiles files;
    private final Lineage lineage = new Lineage();
    private final List<SimCoordinator> coordinators = new ArrayList<>();
    private final List<SimCoordinator> started = new ArrayList<>();
    private final Map<ReplicaId, Wire> noWires = new HashMap<>();
    private StartOptions startWith = StartOptions.newest();
    private PipelineGraph graph;
    private @Nullable SimRun run;
    private boolean startIsDue;
    private boolean completed;
    private boolean wasCompleted;
    private long clockJumpMillis;

    /** A world with some kinds of faults, drawn from the seed. */
    static World of(long seed, Path folder, Plant plant) {
        Chance chance = new Chance(seed);
        return new World(chance, Faults.kinds(chance), folder, plant);
    }

    /** A world with these kinds of faults. */
    static World of(long seed, Set<Fault> faults, Path folder, Plant plant) {
        // In the order of the enum, whatever set it is: what is drawn for each depends on it.
        Set<Fault> ordered = EnumSet.noneOf(Fault.class);
        ordered.addAll(faults);
        return new World(new Chance(seed), ordered, folder, plant);
    }

    /** A world as of {@link #of(long, Path, Plant)}, of services, whose input never ends, until somebody drains the job. */
    static World draining(long seed, Path folder) {
        Chance chance = new Chance(seed);
        return new World(chance, Faults.kinds(chance), folder, Plant.NONE, true);
    }

    private World(Chance chance, Set<Fault> kinds, Path folder, Plant plant) {
        this(chance, kinds, folder, plant, false);
    }

    private World(Chance chance, Set<Fault> kinds, Path folder, Plant plant, boolean draining) {
        this.chance = chance;
        this.time = new VirtualTime(chance, trace);
        this.plant = plant;
        this.folder = folder;
        Settings drawn = Settings.drawn(chance);
        this.settings = draining ? drawn.takingOver() : drawn;
        this.faults = Faults.of(kinds, chance, time, trace, coverage);
        this.store = new SimStore(time, invariants);
        Workload some = Workload.drawn(chance);
        this.workload = draining ? some.endless() : some;
        this.target = new Target(settings.mode(), invariants, store::covers);
        if (draining) {
            this.drain = Optional.of(new Drain(this));
        } else {
            this.drain = Optional.empty();
            target.expect(workload.oracle());
        }
        Pipeline pipeline = workload.pipeline(settings, new TargetSink(target, faults), chance, time);
        this.graph = PipelineGraph.of(pipeline);
        this.backends = SimBackends.of(settings.state(), time);
        this.files = new StoreFiles(
                plant.uploads(this, new FaultyStore(store, faults, chance, FaultyStore.Caller.REPLICA)),
                () -> new UUID(chance.number(), chance.number()));
    }

    /**
     * Runs the job to its end.
     *
     * @throws Violation when an invariant does not hold
     */
    void run() {
        new Disasters(this).schedule();
        drain.ifPresent(Drain::schedule);
        startCoordinator();
        runUntilCompleted();
        target.requireComplete();
        startAgain();
    }

    Chance chance() {
        return chance;
    }

    Trace trace() {
        return trace;
    }

    Coverage coverage() {
        return coverage;
    }

    Invariants invariants() {
        return invariants;
    }

    VirtualTime time() {
        return time;
    }

    Faults faults() {
        return faults;
    }

    Settings settings() {
        return settings;
    }

    Plant plant() {
        return plant;
    }

    /** For local files of replicas. */
    Path folder() {
        return folder.resolve(RUNS);
    }

    SimStore store() {
        return store;
    }

    Optional<SimRun> presentRun() {
        return Optional.ofNullable(run).filter(present -> !present.hasEnded());
    }

    long wallMillis() {
        return WALL_BEGIN + clockJumpMillis + time.nanos() / 1_000_000;
    }

    void jumpClock(long millis) {
        clockJumpMillis += millis;
    }

    long messageDelay() {
        return faults.strikes(Fault.MESSAGE_SLOW) ? chance.micros(5_000, 80_000) : chance.micros(20, 1_000);
    }

    Wire wireTo(ReplicaId replica) {
        SimRun present = run;
        return present == null ? noWires.computeIfAbsent(replica, unknown -> new Wire(time)) : present.wireTo(replica);
    }

    /** What a replica said arrives: at the coordinator that it follows, or else at whoever leads now. */
    void hear(ToCoordinator message) {
        List<SimCoordinator> followed = living().stream()
                .filter(each -> each.term() == message.fence().term())
                .toList();
        (followed.isEmpty() ? living() : followed).forEach(each -> each.receive(message));
    }

    /** Soon, a broken connection or missing heartbeats tell that a replica is gone. */
    void lossIsNoticed(long ofRun, ReplicaId replica) {
        time.after(chance.micros(200, 20_000), "loss is noticed", replica, () -> living().forEach(
                        each -> each.replicaLost(ofRun, replica)));
    }

    /** Coordinators that are alive; more than one only by a fault. */
    List<SimCoordinator> living() {
        coordinators.removeIf(SimCoordinator::isDead);
        return List.copyOf(coordinators);
    }

    void killCoordinators() {
        living().forEach(SimCoordinator::kill);
        restartCoordinator();
    }

    void kill(SimCoordinator coordinator) {
        coordinator.kill();
        if (living().isEmpty()) {
            restartCoordinator();
        }
    }

    void startRival() {
        startCoordinator();
    }

    void killEverything() {
        presentRun().ifPresent(SimRun::killAll);
        killCoordinators();
    }

    /** Somebody stops everything, and goes back to an older checkpoint with a target as it was then; false if there is none. */
    boolean goBack() {
        SimRun present = run;
        if (present == null || wasCompleted || startIsDue || !startWith.equals(StartOptions.newest())) {
            return false;
        }
        long current = present.fence().run();
        List<Manifest> choices = store.manifests().stream()
                .filter(manifest -> lineage.holds(current, manifest.run(), manifest.checkpoint()))
                .toList();
        if (choices.size() < 2) {
            return false;
        }
        Manifest chosen = choices.get(chance.between(0, choices.size() - 2));
        trace.note("go back to", chosen.checkpoint());
        presentRun().ifPresent(SimRun::killAll);
        startWith = StartOptions.at(chosen.checkpoint()).acceptingDuplicates();
        target.goBack(transaction -> lineage.holds(
                new Lineage.Point(chosen.run(), chosen.checkpoint()),
                TargetSink.runOf(transaction),
                TargetSink.checkpointOf(transaction)));
        started.forEach(SimCoordinator::silence);
        restartCoordinator();
        return true;
    }

    /** Somebody stops everything, and starts it with other numbers of replicas; false if there is nothing to stop. */
    boolean rescale() {
        if (run == null || wasCompleted || startIsDue) {
            return false;
        }
        presentRun().ifPresent(SimRun::killAll);
        graph = PipelineGraph.of(Workload.scaled(graph.pipeline(), chance));
        trace.note("rescaled", graph.replicas());
        started.forEach(SimCoordinator::silence);
        restartCoordinator();
        return true;
    }

    /** Releases what killed replicas left open. */
    @Override
    public void close() throws Exception {
        backends.close();
    }

    private void runUntilCompleted() {
        long deadline = faults.quietNanos() + PATIENCE_NANOS;
        while (!completed) {
            if (!time.step()) {
                throw invariants.violated("nothing will ever happen any more");
            }
            invariants.check();
            if (time.nanos() > deadline) {
                throw invariants.violated("not complete " + PATIENCE_NANOS + " ns after the last fault");
            }
            if (trace.count() > MOST_EVENTS) {
                throw invariants.violated("too many events");
            }
        }
    }

    /** A job that is complete adds nothing when it is started again. */
    private void startAgain() {
        int rows = target.rows();
        completed = false;
        wasCompleted = true;
        presentRun().ifPresent(SimRun::end);
        living().forEach(SimCoordinator::kill);
        startCoordinator();
        runUntilCompleted();
        presentRun().ifPresent(SimRun::end);
        invariants.require(target.rows() == rows, "a job that was complete added rows", target.rows() - rows);
    }

    private void startCoordinator() {
        startIsDue = false;
        SimCoordinator next = new SimCoordinator(
                this,
                description(graph.pipeline()),
                new FaultyStore(store, faults, chance, FaultyStore.Caller.COORDINATOR),
                new Ear());
        if (!living().isEmpty()) {
            living().forEach(SimCoordinator::meetRival);
            next.meetRival();
        }
        coordinators.add(next);
        started.add(next);
        next.start(startWith);
    }

    private void restartCoordinator() {
        if (!startIsDue && !completed) {
            startIsDue = true;
            time.after(chance.micros(500, 20_000), "start of a coordinator", "", () -> {
                if (startIsDue) {
                    startCoordinator();
                }
            });
        }
    }

    private static PipelineDescription description(Pipeline pipeline) {
        return new PipelineDescription(
                pipeline.name(),
                pipeline.stages().stream()
                        .map(stage -> new PipelineDescription.StageDescription(
                                stage.name(), stage.replicas(), stage.sink().isPresent()))
                        .toList());
    }

    private final class Ear implements SimCoordinator.Listener {
        @Override
        public void started(SimCoordinator coordinator) {
            startWith = StartOptions.newest();
        }

        @Override
        public Survey lead(Fence leader, ReplicaGateway.Plan plan) {
            SimRun present = run;
            return present == null
                    ? new Survey.Broken("nothing has run yet", plan.wanted())
                    : present.follow(leader, plan);
        }

        @Override
        public void goOn(SimCoordinator coordinator, Fence fence) {
            SimRun present = Objects.requireNonNull(run);
            present.standing().forEach(coordinator::receive);
            present.dead().forEach(replica -> coordinator.replicaLost(fence.run(), replica));
        }

        @Override
        public void restart(SimCoordinator coordinator, Fence fence, Optional<Manifest> from) {
            SimRun old = run;
            if (old != null) {
                if (fence.isOlderThan(old.fence())) {
                    trace.note("restart refused", fence);
                    return;
                }
                invariants.require(fence.run() > old.fence().run(), "a run was begun twice", fence);
                old.end();
            }
            from.ifPresentOrElse(manifest -> coverage.restored(), coverage::startedEmpty);
            lineage.began(fence.run(), from.map(manifest -> new Lineage.Point(manifest.run(), manifest.checkpoint())));
            SimRun next = new SimRun(World.this, fence);
            run = next;
            next.open(graph, from, backends, files);
        }

        @Override
        public void send(ReplicaId to, ToReplica message) {
            presentRun().ifPresent(present -> present.deliver(to, message));
        }

        @Override
        public void completed(SimCoordinator coordinator, Manifest last) {
            drain.ifPresent(asked -> target.expect(workload.oracle(asked.positions(last))));
            target.requireComplete();
            coordinator.kill();
            if (living().isEmpty() && !startIsDue) {
                completed = true;
            }
        }

        @Override
        public void ended(SimCoordinator coordinator) {
            if (living().isEmpty()) {
                restartCoordinator();
            }
        }
    }
}
