package stream.weir.runtime.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.sink.SinkWriter;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.record.BatchWriter;
import stream.weir.runtime.state.StateFilesInMemory;
import stream.weir.runtime.state.memory.MemoryBackendFactory;

/** One replica of a pipeline of longs, with all that it sends and says written down as text. */
final class ReplicaBench {
    static final Fence FENCE = new Fence("bench", 2, 1);

    final List<String> sent = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final List<ToCoordinator> messages = new ArrayList<>();
    final ReplicaMetrics metrics = new ReplicaMetrics();
    private final Replica replica;
    private long nanos = 1_000;
    private long backgroundBusy;

    private ReplicaBench(Pipeline pipeline, ReplicaId id, Optional<Manifest> from, Path folder) throws Exception {
        PipelineGraph graph = PipelineGraph.of(pipeline);
        RestoredStage restored = from.map(manifest -> RestoredStage.of(manifest, graph, id.stage()))
                .orElse(RestoredStage.NONE);
        ReplicaEnvironment environment = new ReplicaEnvironment(
                () -> nanos / 1_000_000,
                () -> nanos,
                this::inBackground,
                this::hear,
                link -> new Sent(),
                new MemoryBackendFactory(1 << 20),
                new StateFilesInMemory(),
                folder,
                new ReplicaEnvironment.Tuning(1, Duration.ofMillis(1)));
        this.replica = ReplicaOpener.open(
                new ReplicaSetup(graph, id, FENCE, restored, false),
                environment,
                new ReplicaOpener.Wiring(metrics, sink -> {}, () -> {}, () -> {}, () -> false));
        replica.start();
    }

    static ReplicaBench open(Pipeline pipeline, String stage, int index, Path folder) throws Exception {
        return new ReplicaBench(pipeline, new ReplicaId(stage, index), Optional.empty(), folder);
    }

    static ReplicaBench restored(Pipeline pipeline, String stage, int index, Manifest from, Path folder)
            throws Exception {
        return new ReplicaBench(pipeline, new ReplicaId(stage, index), Optional.of(from), folder);
    }

    ReplicaBench pass(long more) {
        nanos += more;
        return this;
    }

    /** What is to be done in the background waits so long from now on. */
    ReplicaBench backgroundBusy(long nanosEach) {
        backgroundBusy = nanosEach;
        return this;
    }

    private void inBackground(Runnable task) {
        nanos += backgroundBusy;
        task.run();
    }

    ReplicaBench record(Link link, long value) throws Exception {
        BatchWriter<Long> batch = new BatchWriter<>(Codecs.LONG, 64);
        batch.add(value, value);
        return frame(link, batch.take());
    }

    ReplicaBench frame(Link link, Frame.Content content) throws Exception {
        replica.handle(
                new Inbox.Mail.Incoming(link, new Frame(FENCE.pipeline(), FENCE.run(), link, 0, content), () -> {}));
        return this;
    }

    ReplicaBench barrier(Link link, long checkpoint) throws Exception {
        return frame(link, new Frame.Barrier(checkpoint, CheckpointKind.PERIODIC));
    }

    ReplicaBench trigger(long checkpoint) throws Exception {
        return control(new ToReplica.Trigger(FENCE, checkpoint, CheckpointKind.PERIODIC));
    }

    ReplicaBench control(ToReplica message) throws Exception {
        replica.handle(new Inbox.Mail.Control(message));
        return this;
    }

    ReplicaBench broken(Link link) throws Exception {
        replica.handle(new Inbox.Mail.LinkClosed(link, Optional.of(new IllegalStateException("connection reset"))));
        return this;
    }

    Replica.Work work() throws Exception {
        return replica.work();
    }

    /** Records sent on. */
    long records() {
        return sent.stream().filter(each -> each.startsWith("records")).count();
    }

    SnapshotTimes times(long checkpoint) {
        return messages.stream()
                .filter(ToCoordinator.Acknowledge.class::isInstance)
                .map(ToCoordinator.Acknowledge.class::cast)
                .filter(each -> each.checkpoint() == checkpoint)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not acknowledged: " + said))
                .snapshot()
                .times();
    }

    private void hear(ToCoordinator message) {
        messages.add(message);
        said.add(message.getClass().getSimpleName());
    }

    /** A checkpoint of replicas that keep nothing but, perhaps, operator state. */
    static Manifest manifest(ReplicaSnapshot... replicas) {
        return new Manifest("bench", 1, 1, 1, 0, 0, CheckpointKind.PERIODIC, 8, List.of(), List.of(replicas));
    }

    static ReplicaSnapshot snapshot(String stage, int index, boolean finished, OperatorState... operator) {
        return new ReplicaSnapshot(
                stage, index, new KeyGroupRange(0, 7), finished, List.of(), List.of(operator), SnapshotTimes.NONE);
    }

    static Link link(String from, int fromReplica, String to, int toReplica) {
        return new Link(from, fromReplica, "", to, toReplica);
    }

    private final class Sent implements FrameSink {
        @Override
        public boolean offer(Frame frame) {
            sent.add(
                    switch (frame.content()) {
                        case Frame.Records records -> "records " + records.count();
                        case Frame.Watermark mark -> "watermark " + mark.timestamp();
                        case Frame.Barrier barrier -> "barrier " + barrier.checkpoint();
                        case Frame.Cancel cancel -> "cancel " + cancel.checkpoint();
                        case Frame.Idle idle -> "idle";
                        case Frame.End end -> "end";
                    });
            return true;
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(Runnable wakeUp) {}

        @Override
        public void close() {}
    }

    /** Takes everything and keeps nothing. */
    static final class Nowhere implements SinkWriter<Long> {
        @Override
        public void write(Long value, long timestamp) {}

        @Override
        public Prepared prepare(long checkpoint) {
            return List::of;
        }

        @Override
        public void commit(Bytes transaction) {}
    }

    /** Emits what it was given, once, and never ends. */
    record Longs(List<Long> values) implements Source<Long> {
        @Override
        public Codec<Long> codec() {
            return Codecs.LONG;
        }

        @Override
        public SourceReader<Long> open(SourceContext context) {
            return new SourceReader<>() {
                private int next;

                @Override
                public Status poll(int maxRecords, SourceOutput<Long> out) {
                    SourceOutput.Split<Long> split = out.split("split");
                    while (next < values.size()) {
                        split.emit(values.get(next++));
                    }
                    return Status.IDLE;
                }

                @Override
                public Map<String, Bytes> positions() {
                    return Map.of();
                }
            };
        }
    }
}
