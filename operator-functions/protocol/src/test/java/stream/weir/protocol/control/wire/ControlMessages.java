package stream.weir.protocol.control.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

/** One message of each kind, whose bytes are golden. */
final class ControlMessages {
    private static final Fence FENCE = new Fence("flight-delays", 7, 12);
    private static final ReplicaId REPLICA = new ReplicaId("by-carrier", 1);

    private ControlMessages() {}

    static Stream<ToInstance> toInstances() {
        Stream<ToInstance> plain = Stream.of(
                new ToInstance.Lead("flight-delays", 12),
                new ToInstance.Assign(new Assignment(
                        FENCE,
                        REPLICA,
                        Map.of("flights", 1, "by-carrier", 2),
                        Optional.of(manifest()),
                        Assignment.DroppedState.ALLOW)),
                new ToInstance.Assign(
                        new Assignment(FENCE, REPLICA, Map.of(), Optional.empty(), Assignment.DroppedState.REFUSE)),
                new ToInstance.Routes(
                        FENCE,
                        Map.of(
                                REPLICA,
                                new Address("10.0.0.7", 7071),
                                new ReplicaId("flights", 0),
                                new Address("fe80::1", 65_535))),
                new ToInstance.Release(FENCE, "run 8 begins"),
                new ToInstance.Prepare(
                        FENCE, 3, new KeyGroupRange(32, 95), snapshot().keyed()));
        Stream<ToInstance> told = Stream.of(
                        Arrays.stream(CheckpointKind.values()).map(kind -> new ToReplica.Trigger(FENCE, 42, kind)),
                        Arrays.stream(CheckpointFailure.values()).map(reason -> new ToReplica.Abort(FENCE, 42, reason)),
                        Stream.of(new ToReplica.Complete(FENCE, Long.MAX_VALUE), new ToReplica.EndInput(FENCE)))
                .flatMap(each -> each)
                .map(ToInstance.Tell::new);
        Stream<ToInstance> leaves =
                Arrays.stream(ToInstance.Departure.values()).map(why -> new ToInstance.Leave(why, "ä"));
        return Stream.of(plain, told, leaves).flatMap(each -> each);
    }

    static Stream<FromInstance> fromInstances() {
        Stream<FromInstance> plain = Stream.of(
                new FromInstance.Holding(Optional.empty(), Optional.empty()),
                new FromInstance.Holding(Optional.of(new FromInstance.Held(FENCE, REPLICA, 42)), Optional.of(REPLICA)),
                new FromInstance.NotOpened(FENCE, REPLICA, FromInstance.Cause.DOES_NOT_FIT, "no step claims sums"),
                new FromInstance.NotOpened(FENCE, REPLICA, FromInstance.Cause.TROUBLE, "disk full"),
                new FromInstance.Departing(30_000, "SIGTERM"),
                new FromInstance.Prepared(FENCE, 3),
                new FromInstance.Progress(
                        FENCE,
                        REPLICA,
                        new ReplicaProgress(
                                1, 2, 3, Long.MIN_VALUE, 4, Optional.of(6L), Map.of("sums", 7L), Map.of("late", 5L))));
        Stream<FromInstance> reports = Stream.<ToCoordinator>of(
                        new ToCoordinator.Opened(FENCE, REPLICA, schema()),
                        new ToCoordinator.Acknowledge(FENCE, REPLICA, 42, snapshot()),
                        new ToCoordinator.Decline(FENCE, REPLICA, 42, CheckpointFailure.UPLOAD_FAILED, "HTTP 503"),
                        new ToCoordinator.Finished(FENCE, REPLICA),
                        new ToCoordinator.Committed(FENCE, REPLICA, 41),
                        new ToCoordinator.Failed(FENCE, REPLICA, "java.io.IOException: gone"))
                .map(FromInstance.Report::new);
        return Stream.concat(plain, reports);
    }

    private static Manifest manifest() {
        return new Manifest(
                "flight-delays",
                41,
                6,
                11,
                1_700_000_000_000L,
                250,
                CheckpointKind.PERIODIC,
                128,
                List.of(schema()),
                List.of(snapshot()));
    }

    private static StageSchema schema() {
        return new StageSchema(
                "by-carrier", 2, List.of(new StageSchema.StateSchema("sum/total", "value", "string -> long")));
    }

    private static ReplicaSnapshot snapshot() {
        KeyGroupRange groups = new KeyGroupRange(64, 127);
        StoredObject object = new StoredObject("files/0b5e", 1234, 0xCAFEBABE);
        return new ReplicaSnapshot(
                "by-carrier",
                1,
                groups,
                true,
                List.of(
                        new StateHandle.Inline(groups, new byte[] {1, -1}),
                        new StateHandle.TableFile(groups, object),
                        new StateHandle.RocksDb(groups, List.of(new StateHandle.RocksDbFile("000012.sst", object)))),
                List.of(new OperatorState("watermarks", List.of(new OperatorState.Entry("flights-0", new byte[] {9})))),
                new SnapshotTimes(7, 1, 2, 3, 8, 4, 5, 6, "flights-0->by-carrier-1"),
                List.of(new StateSize("sum/total", 1200, true)));
    }
}
