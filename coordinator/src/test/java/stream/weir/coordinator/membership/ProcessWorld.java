package stream.weir.coordinator.membership;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.store.AskedEnd;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.coordinator.store.SavepointWishes;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Assignment;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ToInstance;
import stream.weir.store.StoreException;

/** Processes of a pipeline and its coordinators, in one thread and virtual time from a seed; only the coordinators are real. */
final class ProcessWorld {
    private static final String SCALED = "count";
    private static final int SAVEPOINTS = 3;
    static final PipelineDescription PIPELINE = new PipelineDescription(
            "orders",
            List.of(
                    new StageDescription("read", 1, false),
                    new StageDescription("count", 2, false),
                    new StageDescription("write", 1, true)));

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Random random;
    /** Of its own, so that the same disasters happen whatever people ask for. */
    private final Random people;

    private final Bug bug;
    private final WatchedStore objects;
    private final Map<String, FakeInstance> instances = new LinkedHashMap<>();
    private final Map<FakeInstance, Wire> wires = new LinkedHashMap<>();
    private final List<CoordinatorProcess> coordinators = new ArrayList<>();
    private final Sometimes sometimes = new Sometimes();
    private final TreeMap<Long, Map<String, Integer>> replicasOf = new TreeMap<>();
    private final CoordinatorConfig config;
    private long nanos;
    private long order;
    private long names;
    private int wanted = 2;
    private final Map<String, CoordinatorProcess> savepointsAsked = new TreeMap<>();
    private boolean inputIsOver;
    private boolean drains;
    private boolean completed;
    private boolean pendingLeft;
    private String violation = "";

    private record Event(long at, long order, Runnable task) {}

    /** What is wrong on purpose. */
    enum Bug {
        NONE,
        /** A takeover says that it is on record, and is not. */
        TAKEOVER_NOT_RECORDED,
        /** Processes do not say of which checkpoints they have heard. */
        HEARD_OF_NOTHING,
        /** Processes say only once that they have finished. */
        FINISHED_NOT_REPEATED,
        /** The wish for a savepoint is said to be on record, and is not. */
        SAVEPOINT_NOT_RECORDED
    }

    /** Proof that the paths were taken. */
    static final class Sometimes {
        int takeovers;
        int takeoversWithPending;
        int zombieRunsRefused;
        int zombieManifestsRefused;
        int restarts;
        int sparesUsed;
        int scaled;
        int prepared;
        int neverPrepared;
        int takenBack;
        int savepoints;
        int savepointsOfLaterLeaders;
        int completed;

        void add(Sometimes other) {
            takeovers += other.takeovers;
            takeoversWithPending += other.takeoversWithPending;
            zombieRunsRefused += other.zombieRunsRefused;
            zombieManifestsRefused += other.zombieManifestsRefused;
            restarts += other.restarts;
            sparesUsed += other.sparesUsed;
            scaled += other.scaled;
            prepared += other.prepared;
            neverPrepared += other.neverPrepared;
            takenBack += other.takenBack;
            savepoints += other.savepoints;
            savepointsOfLaterLeaders += other.savepointsOfLaterLeaders;
            completed += other.completed;
        }

        @Override
        public String toString() {
            return "takeovers " + takeovers + ", with pending checkpoints " + takeoversWithPending
                    + ", zombies refused a run " + zombieRunsRefused + ", a manifest " + zombieManifestsRefused
                    + ", restarts " + restarts + ", spares used " + sparesUsed + ", scaled " + scaled + ", prepared "
                    + prepared + ", never " + neverPrepared + ", taken back " + takenBack + ", savepoints "
                    + savepoints + ", of later leaders " + savepointsOfLaterLeaders + ", completed " + completed;
        }
    }

    /** A connection of a process to a coordinator. */
    private static final class Wire {
        private final CoordinatorProcess coordinator;
        private final FakeInstance instance;
        private long lastToProcess;
        private long lastToCoordinator;
        private boolean open = true;
        private boolean endNoticed;

        private Wire(CoordinatorProcess coordinator, FakeInstance instance) {
            this.coordinator = coordinator;
            this.instance = instance;
        }
    }

    ProcessWorld(long seed, Bug bug) {
        this.random = new Random(seed);
        this.people = new Random(~seed);
        this.bug = bug;
        this.objects = new WatchedStore(this);
        this.config = new CoordinatorConfig(
                Duration.ofSeconds(random.nextBoolean() ? 1 : 5),
                Duration.ofSeconds(10),
                Duration.ZERO,
                1 + random.nextInt(3),
                -1,
                3,
                Duration.ofSeconds(11),
                128,
                Duration.ofMillis(100),
                new RestartPolicy(-1, Duration.ofMillis(100), Duration.ofMillis(200)));
        for (StageDescription stage : PIPELINE.stages()) {
            for (int i = 0; i < stage.replicas() + (stage.name().equals("count") ? 1 : 0); i++) {
                start(stage.name());
            }
        }
        startCoordinator();
    }

    /** What may go wrong in a life. */
    enum Disasters {
        /** Coordinators die, or sleep and give up soon after they wake up; connections to them break and come back. */
        OF_COORDINATORS,
        /** Coordinators wake up and go on, as if nobody had told them that they lead no longer. */
        OF_COORDINATORS_WITHOUT_LEASE,
        /** Processes die, too, and the store fails. */
        OF_ALL,
        /** As all, and stages get other numbers of replicas meanwhile. */
        OF_ALL_WHILE_SCALED
    }

    void live(Disasters disasters, int seconds) {
        int strikes = 3 + random.nextInt(10);
        for (int i = 0; i < strikes; i++) {
            after(2_000, seconds * 1_000, () -> strike(disasters));
        }
        for (int i = 0; i < SAVEPOINTS; i++) {
            String name = "asked-" + i;
            at(nanos + people.nextLong(2_000_000_000L, seconds * 1_000_000_000L), () -> askForSavepoint(name));
        }
        pass(seconds + 4);
        if (disasters == Disasters.OF_ALL_WHILE_SCALED) {
            startMissing();
            askForReplicas();
        }
        pass(12);
        int manifests = manifests();
        pass(30);
        require(manifests() > manifests, "no checkpoint for 30 s after the last disaster");
        if (disasters == Disasters.OF_ALL_WHILE_SCALED) {
            require(
                    replicasOf.lastEntry().getValue().getOrDefault(SCALED, 0) == wanted,
                    "the last run has " + replicasOf.lastEntry() + ", wanted are " + wanted);
        }
        checkSavepoints();
        if (people.nextBoolean()) {
            askToDrain();
        } else {
            inputIsOver = true;
            List.copyOf(instances.values()).forEach(FakeInstance::work);
        }
        if (random.nextBoolean()) {
            after(0, 2_000, this::killLeader);
        }
        pass(60);
        require(completed, "not complete 60 s after the end of the input");
        checkChain();
    }

    private void strike(Disasters disasters) {
        int kinds =
                switch (disasters) {
                    case OF_COORDINATORS, OF_COORDINATORS_WITHOUT_LEASE -> 4;
                    case OF_ALL -> 6;
                    case OF_ALL_WHILE_SCALED -> 9;
                };
        switch (random.nextInt(kinds)) {
            case 0 -> killLeader();
            case 1, 2 -> pauseLeader(disasters);
            case 3 ->
                wires.values().stream()
                        .filter(wire -> wire.open && random.nextInt(3) == 0)
                        .toList()
                        .forEach(wire -> breakWire(wire, 0, 300));
            case 4 -> killInstance();
            case 5 -> objects.fail(random);
            default -> scale(1 + random.nextInt(4));
        }
    }

    /** Asks for other replicas, and sees to it that there are processes for them, before or after. */
    private void scale(int count) {
        wanted = count;
        after(0, 2_000, this::startMissing);
        askForReplicas();
    }

    private void startMissing() {
        long there = instances.values().stream()
                .filter(each -> each.stage().equals(SCALED) && !each.hasEnded())
                .count();
        for (long i = there; i < wanted; i++) {
            start(SCALED);
        }
    }

    /** As an operator does: again and again, as a leader that dies forgets what it has not begun. */
    private void askForReplicas() {
        leader().filter(CoordinatorProcess::hasBegun)
                .ifPresent(leader -> leader.desk().scale(Map.of(SCALED, wanted)));
    }

    /** What is on record is made, whoever leads then. */
    private void askForSavepoint(String name) {
        leader().filter(CoordinatorProcess::hasBegun)
                .ifPresent(leader -> leader.loop().savepoint(name, () -> savepointsAsked.put(name, leader)));
    }

    /** Until it is on record: then it comes about, whoever leads. */
    private void askToDrain() {
        leader().filter(CoordinatorProcess::hasBegun)
                .ifPresent(leader -> leader.loop().end(AskedEnd.DRAIN, () -> drains = true));
        after(500, 1_500, () -> {
            if (!drains && !completed) {
                askToDrain();
            }
        });
    }

    /** Given up after attempts, and said so. */
    void savepointFailed(String name, String why) {
        if (why.contains("attempts") || why.contains("checkpoints failed") || why.contains("does not run")) {
            savepointsAsked.remove(name);
        }
    }

    private void checkSavepoints() {
        try {
            List<String> made = Savepoints.in(objects).names();
            savepointsAsked.forEach((name, asked) -> {
                require(made.contains(name), "savepoint " + name + " was asked for, there are " + made);
                sometimes.savepointsOfLaterLeaders += asked != coordinators.getLast() ? 1 : 0;
            });
            require(new SavepointWishes(store()).names().isEmpty(), "wishes that have come about are forgotten");
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    /** All that are told of a run are told the same, and no replica is told to two at once. */
    void assigned(Assignment assignment) {
        long run = assignment.fence().run();
        Map<String, Integer> said = replicasOf.putIfAbsent(run, assignment.replicas());
        require(
                said == null || said.equals(assignment.replicas()),
                "run " + run + " has " + said + " and " + assignment.replicas());
        int count = assignment.replicas().getOrDefault(assignment.replica().stage(), 0);
        require(assignment.replica().index() < count, assignment.replica() + " of " + assignment.replicas());
        Map<String, Integer> before = replicasOf.headMap(run).isEmpty()
                ? assignment.replicas()
                : replicasOf.headMap(run).lastEntry().getValue();
        sometimes.scaled += said == null && !before.equals(assignment.replicas()) ? 1 : 0;
    }

    private void killLeader() {
        leader().ifPresent(leader -> {
            pendingLeft |= leader.hasPending();
            leader.kill();
            brokenOff(leader);
            after(100, 4_500, this::startCoordinator);
        });
    }

    /** It sleeps for some time, does not know it, and wakes up. */
    private void pauseLeader(Disasters disasters) {
        leader().filter(CoordinatorProcess::hasBegun).ifPresent(leader -> {
            pendingLeft |= leader.hasPending();
            leader.pause();
            brokenOff(leader);
            after(500, 4_500, this::startCoordinator);
            after(300, 15_000, () -> {
                boolean replaced = coordinators.getLast() != leader;
                leader.resume();
                if (replaced && disasters == Disasters.OF_COORDINATORS) {
                    after(0, 400, leader::kill);
                }
            });
        });
    }

    private void brokenOff(CoordinatorProcess leader) {
        wires.values().stream()
                .filter(wire -> wire.coordinator == leader && wire.open)
                .forEach(wire -> breakWire(wire, 0, 3_000));
    }

    private void killInstance() {
        List<FakeInstance> living = instances.values().stream()
                .filter(each -> !each.hasEnded())
                .sorted(Comparator.comparing(FakeInstance::name))
                .toList();
        if (!living.isEmpty()) {
            FakeInstance victim = living.get(random.nextInt(living.size()));
            victim.end();
            instances.remove(victim.name());
            Wire wire = wires.remove(victim);
            if (wire != null) {
                breakWire(wire, 0, 3_000);
            }
            after(100, 3_000, () -> start(victim.stage()));
        }
    }

    private void start(String stage) {
        FakeInstance instance = new FakeInstance(stage + "@" + ++names, stage, this);
        instances.put(instance.name(), instance);
        after(0, 500, () -> connect(instance));
    }

    private void startCoordinator() {
        if (!completed && leader().isEmpty()) {
            CoordinatorProcess next = new CoordinatorProcess(this, objects, config, coordinators.size());
            coordinators.add(next);
            next.lead();
        }
    }

    /** Whom processes find, as the others are dead, asleep, or have been replaced. */
    Optional<CoordinatorProcess> leader() {
        return coordinators.isEmpty()
                ? Optional.empty()
                : Optional.of(coordinators.getLast()).filter(last -> last.isAwake());
    }

    private void connect(FakeInstance instance) {
        Wire before = wires.get(instance);
        if (instance.hasEnded() || (before != null && before.open)) {
            return;
        }
        Optional<CoordinatorProcess> leader = leader();
        if (leader.isEmpty()) {
            after(100, 300, () -> connect(instance));
            return;
        }
        Wire wire = new Wire(leader.get(), instance);
        wires.put(instance, wire);
        if (before != null) {
            notice(before);
        }
        leader.get().desk().connected(instance.name(), instance.stage(), "", new Address(instance.name(), 1));
    }

    private void breakWire(Wire wire, int leastMillis, int mostMillis) {
        after(leastMillis, mostMillis, () -> {
            if (wire.open) {
                wire.open = false;
                after(50, 150, () -> connect(wire.instance));
                after(0, 300, () -> notice(wire));
            }
        });
    }

    private static void notice(Wire wire) {
        wire.open = false;
        if (!wire.endNoticed) {
            wire.endNoticed = true;
            wire.coordinator.desk().disconnected(wire.instance.name(), Membership.Ending.LOST, "reset");
        }
    }

    void send(CoordinatorProcess from, String name, ToInstance message) {
        FakeInstance instance = instances.get(name);
        Wire wire = instance == null ? null : wires.get(instance);
        if (instance != null && wire != null && wire.coordinator == from && wire.open) {
            wire.lastToProcess = Math.max(wire.lastToProcess + 1, nanos + millis(1, 30));
            at(wire.lastToProcess, () -> {
                if (wire.open && !instance.hasEnded()) {
                    instance.hear(message);
                }
            });
        }
    }

    void say(FakeInstance instance, FromInstance message) {
        Wire wire = wires.get(instance);
        if (wire != null && wire.open) {
            wire.lastToCoordinator = Math.max(wire.lastToCoordinator + 1, nanos + millis(1, 30));
            at(wire.lastToCoordinator, () -> {
                if (!wire.endNoticed) {
                    wire.coordinator.desk().received(instance.name(), message);
                }
            });
        }
    }

    void disconnect(CoordinatorProcess from, String name) {
        FakeInstance instance = instances.get(name);
        Wire wire = instance == null ? null : wires.get(instance);
        if (instance != null && wire != null && wire.coordinator == from && wire.open) {
            wire.open = false;
            wire.endNoticed = true;
            after(50, 150, () -> connect(instance));
        }
    }

    void leaves(FakeInstance instance) {
        instance.end();
        instances.remove(instance.name());
        Wire wire = wires.remove(instance);
        if (wire != null && !wire.endNoticed) {
            wire.endNoticed = true;
            wire.open = false;
            wire.coordinator.desk().disconnected(instance.name(), Membership.Ending.GOODBYE, "told to");
        }
    }

    /** A process fetches ahead: it takes its time, and now and then it never comes to an end. */
    void asked(ToInstance.Prepare prepare, Runnable answer) {
        if (prepare.keyed().isEmpty()) {
            sometimes.takenBack++;
            answer.run();
        } else if (people.nextInt(5) == 0) {
            sometimes.neverPrepared++;
        } else {
            sometimes.prepared++;
            at(nanos + people.nextLong(1_500_000_000L), answer);
        }
    }

    void restarted(FakeInstance instance, Fence fence) {
        sometimes.restarts += fence.run() > 1 ? 1 : 0;
        sometimes.sparesUsed += fence.run() > 1 && !instance.isReplica() ? 1 : 0;
    }

    /** A coordinator has ended by itself. */
    void ended(CoordinatorProcess coordinator) {
        if (!coordinators.isEmpty() && coordinators.getLast() == coordinator) {
            brokenOff(coordinator);
            after(100, 1_000, this::startCoordinator);
        }
    }

    void tookOver(long term) {
        sometimes.takeovers++;
        sometimes.takeoversWithPending += pendingLeft ? 1 : 0;
        pendingLeft = false;
        objects.tookOver(term);
    }

    void jobCompleted() {
        completed = true;
    }

    boolean isComplete(long checkpoint, long run) {
        try {
            return store().checkpoint(checkpoint).orElse(null) instanceof Entry.Complete complete
                    && (complete.manifest().run() <= run);
        } catch (StoreException | InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    private int manifests() {
        return (int) objects.names().stream()
                .filter(name -> name.startsWith("checkpoints/"))
                .filter(name -> isComplete(Long.parseLong(name.substring(12, 22)), Long.MAX_VALUE))
                .map(name -> Long.parseLong(name.substring(12, 22)))
                .reduce(0L, Math::max)
                .longValue();
    }

    /** Ids without gaps from the first that is left, with terms that never go back. */
    private void checkChain() {
        try {
            List<Long> ids = store().checkpoints();
            long term = 0;
            for (int i = 0; i < ids.size(); i++) {
                Entry entry = store().checkpoint(ids.get(i)).orElseThrow();
                if (entry instanceof Entry.Complete) {
                    require(
                            entry.term() >= term,
                            "checkpoint " + ids.get(i) + " of term " + entry.term() + " after one of term " + term);
                    term = entry.term();
                }
            }
        } catch (StoreException | InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    private CheckpointStore store() {
        return CheckpointStore.of(objects, "orders");
    }

    void require(boolean holds, String what) {
        if (!holds) {
            // Whoever calls may take an error for the store's: it is thrown again where nobody does.
            violation = what + ", at " + nanos / 1_000_000 + " ms";
            throw new AssertionError(violation);
        }
    }

    Bug bug() {
        return bug;
    }

    Sometimes sometimes() {
        return sometimes;
    }

    boolean inputIsOver() {
        return inputIsOver;
    }

    long nanos() {
        return nanos;
    }

    InstantSource wallClock() {
        return () -> Instant.ofEpochMilli(nanos / 1_000_000);
    }

    String nonce() {
        return Long.toHexString(random.nextLong());
    }

    void after(int leastMillis, int mostMillis, Runnable task) {
        at(nanos + millis(leastMillis, mostMillis), task);
    }

    /** @return takes it back */
    Runnable at(long when, Runnable task) {
        Event event = new Event(when, order++, task);
        events.add(event);
        return () -> events.remove(event);
    }

    long millis(int least, int most) {
        return least * 1_000_000L + random.nextLong((most - least) * 1_000_000L + 1);
    }

    private void pass(int seconds) {
        long end = nanos + seconds * 1_000_000_000L;
        for (int i = 0; !events.isEmpty() && events.peek().at() <= end; i++) {
            require(i < 3_000_000, "too many events");
            Event next = events.remove();
            nanos = Math.max(nanos, next.at());
            next.task().run();
            if (!violation.isEmpty()) {
                throw new AssertionError(violation);
            }
        }
        nanos = end;
    }
}
