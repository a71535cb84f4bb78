package stream.weir.coordinator.checkpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.coordinator.checkpoint.Command.Reshape.Readiness;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.Assignment.DroppedState;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** Drives a machine: verbs on one side, effects as words on the other. The interval is 10 s, the timeout 60 s. */
final class Scenario {
    static final PipelineDescription PIPELINE = new PipelineDescription(
            "orders",
            List.of(
                    new StageDescription("read", 1, false),
                    new StageDescription("count", 2, false),
                    new StageDescription("write", 1, true)));
    static final StoreResult DURABLE = new StoreResult.Durable();
    static final StoreResult NOT_APPLIED = new StoreResult.NotApplied("503");
    static final StoreResult UNKNOWN = new StoreResult.Unknown("timeout");
    static final StoreResult FOREIGN = new StoreResult.Foreign("term 9");

    private final CheckpointMachine machine;
    private final List<String> effects = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private JobState state;
    private long nanos = -5_000_000_000L;
    private long storing;
    private long run;
    private Map<String, Integer> counts = Map.of();
    private Optional<Manifest> stored = Optional.empty();

    private Scenario(CoordinatorConfig config, Optional<Manifest> from) {
        machine = CheckpointMachine.of(PIPELINE, config);
        RunRecord run =
                new RunRecord("orders", 3, 0, 3, from.map(Manifest::checkpoint).orElse(0L), 1, 7);
        state = machine.begin(run, from, from.map(Manifest::checkpoint).orElse(0L) + 1, now());
    }

    static CoordinatorConfig config(int maxConcurrent, int tolerableFailures, int restarts) {
        return new CoordinatorConfig(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ZERO,
                maxConcurrent,
                tolerableFailures,
                3,
                Duration.ofMinutes(10),
                128,
                Duration.ofSeconds(1),
                new RestartPolicy(restarts, Duration.ofSeconds(2), Duration.ofSeconds(10)));
    }

    /** All replicas have opened, run 3 of term 7. */
    static Scenario running(CoordinatorConfig config) {
        return starting(config, Optional.empty()).opened();
    }

    static Scenario running() {
        return running(config(1, 0, 3));
    }

    static Scenario starting(CoordinatorConfig config, Optional<Manifest> from) {
        return new Scenario(config, from);
    }

    Scenario opened() {
        for (ReplicaId replica : replicas()) {
            say(new ToCoordinator.Opened(fence(), replica, new StageSchema(replica.stage(), 1, List.of())));
        }
        return this;
    }

    /** Lets time pass, with a tick whenever the machine wants one. */
    Scenario pass(int seconds) {
        long end = nanos + seconds * 1_000_000_000L;
        for (int ticks = 0; ; ticks++) {
            if (ticks > 10_000) {
                throw new AssertionError("the machine never comes to rest: " + state);
            }
            OptionalLong wake = machine.nextWake(state);
            if (wake.isEmpty() || wake.getAsLong() > end) {
                nanos = end;
                return this;
            }
            nanos = Math.max(nanos, wake.getAsLong());
            tell(new Command.Tick());
        }
    }

    Scenario acknowledge(long checkpoint, String... names) {
        for (ReplicaId replica : replicas()) {
            if (names.length == 0 || List.of(names).contains(replica.toString())) {
                say(new ToCoordinator.Acknowledge(fence(), replica, checkpoint, snapshot(replica)));
            }
        }
        return this;
    }

    Scenario decline(long checkpoint, String name, CheckpointFailure reason) {
        return say(new ToCoordinator.Decline(fence(), replica(name), checkpoint, reason, "because"));
    }

    Scenario finish() {
        PIPELINE.replicas().forEach(replica -> say(new ToCoordinator.Finished(fence(), replica)));
        return this;
    }

    Scenario committed(long checkpoint) {
        return say(new ToCoordinator.Committed(fence(), replica("write-0"), checkpoint));
    }

    Scenario fail(String name) {
        return say(new ToCoordinator.Failed(fence(), replica(name), "boom"));
    }

    /** The store's answer to what it was asked last. */
    Scenario answer(StoreResult result) {
        return tell(new Command.EntryStored(storing, result));
    }

    Scenario answerRun(StoreResult result) {
        return tell(new Command.RunStored(run, result));
    }

    /** One whole checkpoint. */
    Scenario checkpoint(long id) {
        return acknowledge(id).answer(DURABLE).committed(id);
    }

    /** Processes for so many are there, and fetch ahead what they will need. */
    Scenario prepare(int count) {
        return tell(
                new Command.Reshape(PIPELINE.with(Map.of("count", count)), DroppedState.REFUSE, Readiness.PREPARING));
    }

    /** There are processes for so many of stage count. */
    Scenario reshape(int count) {
        return tell(new Command.Reshape(PIPELINE.with(Map.of("count", count)), DroppedState.REFUSE, Readiness.READY));
    }

    /** Those of the present run. */
    List<ReplicaId> replicas() {
        return state instanceof JobState.Active active
                ? active.course().roster().replicas()
                : PIPELINE.replicas();
    }

    Scenario say(ToCoordinator message) {
        return tell(new Command.FromReplica(message));
    }

    Scenario tell(Command command) {
        Decision decision = machine.decide(state, command, now());
        state = decision.state();
        decision.effects().forEach(this::note);
        return this;
    }

    JobState state() {
        return state;
    }

    Fence fence() {
        return state instanceof JobState.Active active ? active.course().fence() : new Fence("orders", 3, 7);
    }

    /** What was decided since the last call. */
    List<String> effects() {
        List<String> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    /** Why the job came into other states since the last call. */
    List<String> reasons() {
        List<String> taken = List.copyOf(reasons);
        reasons.clear();
        return taken;
    }

    Scenario forget() {
        effects.clear();
        reasons.clear();
        return this;
    }

    static ReplicaId replica(String name) {
        return PIPELINE.replicas().stream()
                .filter(id -> id.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static ReplicaSnapshot snapshot(ReplicaId replica) {
        return new ReplicaSnapshot(
                replica.stage(),
                replica.index(),
                new KeyGroupRange(0, 127),
                false,
                List.of(),
                List.of(),
                SnapshotTimes.NONE);
    }

    static Manifest manifest(long checkpoint, long run, CheckpointKind kind) {
        return new Manifest(
                "orders",
                checkpoint,
                run,
                7,
                0,
                0,
                kind,
                128,
                List.of(),
                PIPELINE.replicas().stream().map(Scenario::snapshot).toList());
    }

    /** What the run has whose record the store was asked for last. */
    Map<String, Integer> recorded() {
        return counts;
    }

    /** The manifest that the store was asked for last. */
    Manifest manifest() {
        return stored.orElseThrow(() -> new AssertionError("no manifest was to be stored"));
    }

    private Now now() {
        return new Now(nanos, 1_000);
    }

    private void note(Effect effect) {
        switch (effect) {
            case Effect.ToAll(ToReplica.Trigger trigger) ->
                effects.add("trigger " + trigger.checkpoint() + " " + trigger.kind());
            case Effect.ToAll(ToReplica.Abort abort) ->
                effects.add("abort " + abort.checkpoint() + " " + abort.reason());
            case Effect.ToAll(ToReplica.Complete complete) -> effects.add("complete " + complete.checkpoint());
            case Effect.StoreEntry(Entry entry) -> {
                storing = entry.checkpoint();
                if (entry instanceof Entry.Complete(Manifest manifest)) {
                    stored = Optional.of(manifest);
                }
                effects.add(
                        "store " + entry.checkpoint() + (entry instanceof Entry.Complete ? " manifest" : " aborted"));
            }
            case Effect.StoreRun(RunRecord record) -> {
                run = record.run();
                counts = record.described(PIPELINE).counts();
                effects.add("run " + record.run() + " from " + record.from() + " of run " + record.parent() + " next "
                        + record.firstCheckpoint() + " root " + record.root());
            }
            case Effect.Restart restart ->
                effects.add("restart run " + restart.fence().run() + " from "
                        + restart.from().map(Manifest::checkpoint).orElse(0L));
            case Effect.ReshapeRefused refused -> effects.add("reshape refused " + refused.why());
            case Effect.CollectGarbage collect -> effects.add("collect");
            case Effect.CheckpointCompleted completed ->
                effects.add("completed " + completed.manifest().checkpoint());
            case Effect.CheckpointFailed failed -> effects.add("failed " + failed.checkpoint() + " " + failed.reason());
            case Effect.Refused refused -> effects.add("refused " + refused.why());
            case Effect.StateChanged changed -> {
                effects.add(changed.from() + " -> " + changed.to());
                reasons.add(changed.reason() + ": " + changed.detail());
            }
            case Effect.CheckpointStarted started -> {}
            case Effect.JobEnded ended -> {}
        }
    }
}
