package stream.weir.coordinator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.coordinator.checkpoint.Scenario.PIPELINE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.checkpoint.Command.Reshape.Readiness;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.Assignment.DroppedState;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;

/** Anything in any order, from a seed; what must never happen is looked for after every command. */
class CheckpointMachineRandomTest {
    private static final int SEEDS = 250;
    private static final int STEPS = 400;
    private static final int QUIET_SECONDS = 300;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void when_anything_happens_then_the_invariants_hold_and_after_a_quiet_time_a_checkpoint_completes(
            int maxConcurrent) {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                new World(seed, maxConcurrent).live();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " with maxConcurrent " + maxConcurrent + ": " + e, e);
            }
        }
    }

    private static final class World {
        private final Random random;
        private final CoordinatorConfig config;
        private final CheckpointMachine machine;
        private final List<ToCoordinator> onTheWay = new ArrayList<>();
        private final Set<Long> durable = new HashSet<>();
        private final Set<Long> mayBeThere = new HashSet<>();
        private Optional<Entry> asked = Optional.empty();
        private Optional<RunRecord> run = Optional.empty();
        private List<StageDescription> recorded = PIPELINE.stages();
        private JobState state;
        private long nanos;
        private long lastTriggered;
        private long lastStored;
        private int completed;

        World(long seed, int maxConcurrent) {
            random = new Random(seed);
            config = Scenario.config(maxConcurrent, -1, -1);
            machine = CheckpointMachine.of(PIPELINE, config);
            state = machine.begin(new RunRecord("orders", 1, 0, 1, 0, 1, 1), Optional.empty(), 1, now());
            open();
        }

        void live() {
            for (int i = 0; i < STEPS && state instanceof JobState.Active; i++) {
                step();
            }
            if (!(state instanceof JobState.Active)) {
                return;
            }
            int before = completed;
            for (int i = 0; i < QUIET_SECONDS && state instanceof JobState.Active && completed == before; i++) {
                calm();
            }
            assertThat(completed)
                    .as("complete after a quiet time, in %s", state)
                    .isGreaterThan(before);
        }

        private void step() {
            switch (random.nextInt(13)) {
                case 0, 1, 2, 3 -> deliver(random.nextInt(4) == 0);
                case 4 -> sayFromThePast();
                case 5, 6 -> answer(random.nextInt(5));
                case 7 -> answerRun(random.nextInt(3));
                case 8, 9 -> pass(1 + random.nextInt(8));
                case 10 -> decline();
                case 11 -> reshape();
                default -> {
                    if (random.nextInt(6) == 0) {
                        lose();
                    } else {
                        pass(1);
                    }
                }
            }
        }

        /** Everything answers, and well. */
        private void calm() {
            while (!onTheWay.isEmpty()) {
                deliver(false);
            }
            answer(0);
            answerRun(0);
            pass(1);
        }

        private void deliver(boolean lost) {
            if (!onTheWay.isEmpty()) {
                ToCoordinator message = onTheWay.remove(random.nextInt(onTheWay.size()));
                if (!lost) {
                    tell(new Command.FromReplica(message));
                    if (random.nextInt(10) == 0) {
                        tell(new Command.FromReplica(message));
                    }
                }
            }
        }

        private void sayFromThePast() {
            Fence fence = fence();
            Fence old = random.nextBoolean()
                    ? new Fence(fence.pipeline(), fence.run() - 1, fence.term())
                    : new Fence(fence.pipeline(), fence.run(), fence.term() - 1);
            ReplicaId replica = anyReplica();
            tell(new Command.FromReplica(
                    new ToCoordinator.Acknowledge(old, replica, lastTriggered, Scenario.snapshot(replica))));
        }

        private void decline() {
            if (random.nextInt(3) == 0) {
                tell(new Command.FromReplica(new ToCoordinator.Decline(
                        fence(), anyReplica(), lastTriggered, CheckpointFailure.UPLOAD_FAILED, "x")));
            }
        }

        private void reshape() {
            if (random.nextInt(3) == 0) {
                PipelineDescription to = PIPELINE.with(Map.of("count", 1 + random.nextInt(4)));
                tell(new Command.Reshape(
                        to, DroppedState.REFUSE, random.nextBoolean() ? Readiness.READY : Readiness.PREPARING));
            }
        }

        private void lose() {
            tell(new Command.ReplicaLost(fence().run(), anyReplica(), "x"));
        }

        private void answer(int how) {
            if (asked.isEmpty()) {
                return;
            }
            Entry entry = asked.get();
            asked = Optional.empty();
            boolean isManifest = entry instanceof Entry.Complete;
            StoreResult result =
                    switch (how) {
                        case 0, 1 -> new StoreResult.Durable();
                        case 2 -> new StoreResult.NotApplied("503");
                        default -> new StoreResult.Unknown("timeout");
                    };
            if (isManifest && result instanceof StoreResult.Durable) {
                durable.add(entry.checkpoint());
            }
            if (isManifest && !(result instanceof StoreResult.NotApplied)) {
                mayBeThere.add(entry.checkpoint());
            }
            tell(new Command.EntryStored(entry.checkpoint(), result));
        }

        private void answerRun(int how) {
            if (run.isPresent()) {
                long id = run.get().run();
                run = Optional.empty();
                tell(new Command.RunStored(
                        id,
                        switch (how) {
                            case 0 -> new StoreResult.Durable();
                            case 1 -> new StoreResult.NotApplied("503");
                            default -> new StoreResult.Unknown("timeout");
                        }));
            }
        }

        private void pass(int seconds) {
            long end = nanos + seconds * 1_000_000_000L;
            OptionalLong wake = machine.nextWake(state);
            for (int i = 0; wake.isPresent() && wake.getAsLong() <= end; i++) {
                assertThat(i).as("ticks without rest in %s", state).isLessThan(1_000);
                nanos = Math.max(nanos, wake.getAsLong());
                tell(new Command.Tick());
                wake = machine.nextWake(state);
            }
            nanos = end;
        }

        private void tell(Command command) {
            Decision decision = machine.decide(state, command, now());
            state = decision.state();
            decision.effects().forEach(this::check);
            if (state instanceof JobState.Active active) {
                assertThat(active.course().chain().size()).isLessThanOrEqualTo(config.maxConcurrent());
                assertThat(durable.contains(active.course().newestId())
                                || active.course().newestId() == 0)
                        .as("newest %s is durable", active.course().newestId())
                        .isTrue();
            }
        }

        private void check(Effect effect) {
            switch (effect) {
                case Effect.ToAll(ToReplica.Trigger trigger) -> {
                    assertThat(trigger.checkpoint()).isEqualTo(lastTriggered + 1);
                    lastTriggered = trigger.checkpoint();
                    acknowledgeLater(trigger);
                }
                case Effect.ToAll(ToReplica.Complete complete) ->
                    assertThat(durable).contains(complete.checkpoint());
                case Effect.ToAll(ToReplica.Abort abort) ->
                    assertThat(mayBeThere)
                            .as("aborted, but may be in the store")
                            .doesNotContain(abort.checkpoint());
                case Effect.StoreEntry(Entry entry) -> {
                    assertThat(asked).as("asked twice at once").isEmpty();
                    assertThat(entry.checkpoint()).isBetween(lastStored, lastStored + 1);
                    lastStored = entry.checkpoint();
                    if (entry instanceof Entry.Aborted) {
                        assertThat(mayBeThere)
                                .as("marked as aborted, but may be there")
                                .doesNotContain(entry.checkpoint());
                    }
                    asked = Optional.of(entry);
                }
                case Effect.StoreRun(RunRecord record) -> {
                    assertThat(record.from() == 0 || durable.contains(record.from()))
                            .isTrue();
                    assertThat(mayBeThere.stream().filter(id -> id > record.from()))
                            .isEmpty();
                    run = Optional.of(record);
                    recorded = record.stages();
                }
                case Effect.Restart restart -> {
                    assertThat(restart.pipeline().stages()).isEqualTo(recorded);
                    open();
                }
                case Effect.CheckpointCompleted completedNow -> completed++;
                default -> {}
            }
        }

        private void acknowledgeLater(ToReplica.Trigger trigger) {
            for (ReplicaId replica : replicas()) {
                onTheWay.add(new ToCoordinator.Acknowledge(
                        trigger.fence(), replica, trigger.checkpoint(), Scenario.snapshot(replica)));
            }
        }

        private void open() {
            for (ReplicaId replica : replicas()) {
                tellLater(new ToCoordinator.Opened(fence(), replica, new StageSchema(replica.stage(), 1, List.of())));
            }
        }

        /** Not lost, as a replica that never opens is one that is lost. */
        private void tellLater(ToCoordinator message) {
            state = machine.decide(state, new Command.FromReplica(message), now())
                    .state();
        }

        private ReplicaId anyReplica() {
            return replicas().get(random.nextInt(replicas().size()));
        }

        private List<ReplicaId> replicas() {
            return state instanceof JobState.Active active
                    ? active.course().roster().replicas()
                    : PIPELINE.replicas();
        }

        private Fence fence() {
            return state instanceof JobState.Active active ? active.course().fence() : new Fence("orders", 1, 1);
        }

        private Now now() {
            return new Now(nanos, 0);
        }
    }
}
