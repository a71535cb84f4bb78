package stream.weir.protocol.control.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateSize;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Assignment;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ReplicaProgress;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** Every message, with fields drawn from a seed. */
final class RandomMessages {
    private static final int KINDS = 6;
    private static final String[] TEXTS = {"", "by-carrier", "ä", "\uD83C\uDF0A", "not \uFFFD valid", "x".repeat(300)};

    private final Random random;

    RandomMessages(long seed) {
        this.random = new Random(seed);
    }

    /** Each kind of message some times. */
    List<ToInstance> toInstances(int rounds) {
        List<ToInstance> messages = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            messages.add(new ToInstance.Lead(text(), number()));
            messages.add(new ToInstance.Assign(new Assignment(
                    fence(), replica(), counts(), optional(this::manifest), any(Assignment.DroppedState.values()))));
            Map<ReplicaId, Address> routes = new HashMap<>();
            list(() -> String.valueOf(routes.put(replica(), new Address("host" + text(), 1 + random.nextInt(65_535)))));
            messages.add(new ToInstance.Routes(fence(), routes));
            messages.add(new ToInstance.Tell(toReplica(round)));
            messages.add(new ToInstance.Release(fence(), text()));
            messages.add(new ToInstance.Prepare(fence(), number(), keyGroups(), list(this::handle)));
            messages.add(new ToInstance.Leave(any(ToInstance.Departure.values()), text()));
        }
        return messages;
    }

    /** Each kind of message some times. */
    List<FromInstance> fromInstances(int rounds) {
        List<FromInstance> messages = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            messages.add(new FromInstance.Holding(
                    optional(() -> new FromInstance.Held(fence(), replica(), number())), optional(this::replica)));
            messages.add(new FromInstance.Report(toCoordinator(round)));
            messages.add(new FromInstance.NotOpened(fence(), replica(), any(FromInstance.Cause.values()), text()));
            messages.add(new FromInstance.Departing(number(), text()));
            messages.add(new FromInstance.Prepared(fence(), number()));
            Map<String, Long> counts = new HashMap<>();
            list(() -> String.valueOf(counts.put(text(), random.nextLong())));
            messages.add(new FromInstance.Progress(
                    fence(),
                    replica(),
                    new ReplicaProgress(
                            number(),
                            number(),
                            number(),
                            Long.MIN_VALUE,
                            number(),
                            optional(this::number),
                            counts,
                            counts)));
        }
        return messages;
    }

    private ToReplica toReplica(int which) {
        return switch (which % 4) {
            case 0 -> new ToReplica.Trigger(fence(), number(), any(CheckpointKind.values()));
            case 1 -> new ToReplica.Abort(fence(), number(), any(CheckpointFailure.values()));
            case 2 -> new ToReplica.EndInput(fence());
            default -> new ToReplica.Complete(fence(), number());
        };
    }

    private ToCoordinator toCoordinator(int which) {
        return switch (which % KINDS) {
            case 0 -> new ToCoordinator.Opened(fence(), replica(), schema());
            case 1 -> new ToCoordinator.Acknowledge(fence(), replica(), number(), snapshot());
            case 2 -> new ToCoordinator.Decline(fence(), replica(), number(), any(CheckpointFailure.values()), text());
            case 3 -> new ToCoordinator.Finished(fence(), replica());
            case 4 -> new ToCoordinator.Committed(fence(), replica(), number());
            default -> new ToCoordinator.Failed(fence(), replica(), text());
        };
    }

    private Manifest manifest() {
        return new Manifest(
                text(),
                number(),
                number(),
                number(),
                random.nextLong(),
                number(),
                any(CheckpointKind.values()),
                random.nextInt(1, 32_768),
                list(this::schema),
                list(this::snapshot));
    }

    private ReplicaSnapshot snapshot() {
        return new ReplicaSnapshot(
                text(),
                random.nextInt(100),
                keyGroups(),
                random.nextBoolean(),
                list(this::handle),
                list(() -> new OperatorState(text(), list(() -> new OperatorState.Entry(text(), bytes())))),
                new SnapshotTimes(
                        number(), number(), number(), number(), number(), number(), number(), number(), text()),
                list(() -> new StateSize(text(), number(), random.nextBoolean())));
    }

    private StateHandle handle() {
        return switch (random.nextInt(3)) {
            case 0 -> new StateHandle.Inline(keyGroups(), bytes());
            case 1 -> new StateHandle.TableFile(keyGroups(), object());
            default -> new StateHandle.RocksDb(keyGroups(), list(() -> new StateHandle.RocksDbFile(text(), object())));
        };
    }

    private StoredObject object() {
        return new StoredObject(text(), number(), random.nextInt());
    }

    private StageSchema schema() {
        return new StageSchema(
                text(), random.nextInt(100), list(() -> new StageSchema.StateSchema(text(), text(), text())));
    }

    private KeyGroupRange keyGroups() {
        int first = random.nextInt(100);
        return new KeyGroupRange(first, first - 1 + random.nextInt(100));
    }

    private Fence fence() {
        return new Fence(text(), number(), number());
    }

    private ReplicaId replica() {
        return new ReplicaId(text(), random.nextInt(1000));
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        list(() -> String.valueOf(counts.put(text(), random.nextInt(100))));
        return counts;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private long number() {
        return random.nextBoolean() ? random.nextInt(1000) : random.nextLong(Long.MAX_VALUE);
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> Optional<T> optional(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> list(Supplier<? extends T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }
}
