package stream.weir.benchmarks.coordination;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.control.wire.ControlCodec;
import stream.weir.protocol.keygroup.KeyGroupRange;

/**
 * Replicas that open and acknowledge as soon as they are told to, with keyed state in files of RocksDB. What is said goes through its
 * bytes both ways, as over a connection. They answer on one thread of theirs.
 */
final class SimulatedReplicas implements ReplicaGateway {
    private static final int FILE_BYTES = 64 << 20;

    private final ControlCodec codec = ControlCodec.withDefaults();
    private final Executor thread;
    private final Consumer<ToCoordinator> answers;
    private final int maxParallelism;
    private final int files;
    private volatile PipelineDescription pipeline;

    /**
     * @param answers what they say, on their thread
     * @param files that each refers to; every checkpoint has one new file of each
     */
    SimulatedReplicas(
            Executor thread,
            Consumer<ToCoordinator> answers,
            PipelineDescription pipeline,
            int maxParallelism,
            int files) {
        this.thread = thread;
        this.answers = answers;
        this.pipeline = pipeline;
        this.maxParallelism = maxParallelism;
        this.files = files;
    }

    @Override
    public void restart(Fence fence, PipelineDescription present, Optional<Manifest> from) {
        pipeline = present;
        for (PipelineDescription.StageDescription stage : present.stages()) {
            StageSchema schema = new StageSchema(
                    stage.name(),
                    stage.replicas(),
                    List.of(new StageSchema.StateSchema("aggregate/state", "value", "long")));
            thread.execute(() -> IntStream.range(0, stage.replicas())
                    .forEach(i -> say(new ToCoordinator.Opened(fence, new ReplicaId(stage.name(), i), schema))));
        }
    }

    @Override
    public void send(ReplicaId to, ToReplica message) {
        byte[] bytes = codec.encode(new ToInstance.Tell(message));
        thread.execute(() -> hear(to, bytes));
    }

    private void hear(ReplicaId self, byte[] bytes) {
        if (codec.decodeToInstance(bytes) instanceof ToInstance.Tell(var message)) {
            switch (message) {
                case ToReplica.Trigger(Fence fence, long checkpoint, var kind) ->
                    say(new ToCoordinator.Acknowledge(fence, self, checkpoint, snapshot(self, checkpoint)));
                case ToReplica.Complete(Fence fence, long checkpoint) ->
                    say(new ToCoordinator.Committed(fence, self, checkpoint));
                case ToReplica.Abort _, ToReplica.EndInput _ ->
                    throw new IllegalStateException("nothing fails or ends here, but " + self + " heard of " + message);
            }
        }
    }

    private void say(ToCoordinator message) {
        byte[] bytes = codec.encode(new FromInstance.Report(message));
        if (codec.decodeFromInstance(bytes) instanceof FromInstance.Report(var same)) {
            answers.accept(same);
        }
    }

    private ReplicaSnapshot snapshot(ReplicaId self, long checkpoint) {
        int replicas = pipeline.counts().getOrDefault(self.stage(), 1);
        KeyGroupRange range = KeyGroupRange.of(maxParallelism, replicas, self.index());
        List<StateHandle.RocksDbFile> named = IntStream.range(0, files)
                .mapToObj(file -> file(self, checkpoint - file))
                .toList();
        return new ReplicaSnapshot(
                self.stage(),
                self.index(),
                range,
                false,
                List.of(new StateHandle.RocksDb(range, named)),
                List.of(),
                new SnapshotTimes(
                        1_000_000,
                        2_000_000,
                        300_000,
                        40_000_000,
                        0,
                        (long) files * FILE_BYTES,
                        FILE_BYTES,
                        32 << 10,
                        "records-0"));
    }

    /** The file that a replica stored for a checkpoint: later ones name it again. */
    private static StateHandle.RocksDbFile file(ReplicaId self, long checkpoint) {
        long replica = (long) self.stage().hashCode() << Integer.SIZE | self.index();
        String object = "files/" + new UUID(replica, checkpoint);
        return new StateHandle.RocksDbFile(
                "%06d.sst".formatted(checkpoint < 0 ? -checkpoint : checkpoint),
                new StoredObject(object, FILE_BYTES, object.hashCode()));
    }
}
