package stream.weir.verification.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.stage.RestoredStage;
import stream.weir.store.ObjectStore;

/** Bugs as they are made, each put between two parts that are right. */
final class PlantedBugs {
    private PlantedBugs() {}

    /** A record that the source has not counted yet is processed before the snapshot is taken. */
    static Plant recordOvertakesBarrier() {
        return new Plant() {
            @Override
            public FrameSink sink(Link link, FrameSink sink) {
                return new Overtaken(sink);
            }
        };
    }

    /** A replica says that its state is durable while it is still on its way. */
    static Plant acknowledgedBeforeDurable() {
        return new Plant() {
            @Override
            public ObjectStore uploads(World world, ObjectStore store) {
                return new HastyStore(world, store);
            }
        };
    }

    /** Sinks are told to commit when all have acknowledged, and the manifest is written afterwards. */
    static Plant committedBeforeManifest() {
        return new Plant() {
            private final Map<Fence, Map<Long, Set<ReplicaId>>> acknowledged = new HashMap<>();

            @Override
            public Consumer<ToCoordinator> hearing(SimRun run, ReplicaId replica, Consumer<ToCoordinator> coordinator) {
                return message -> {
                    coordinator.accept(message);
                    if (message instanceof ToCoordinator.Acknowledge acknowledge) {
                        Set<ReplicaId> all = acknowledged
                                .computeIfAbsent(acknowledge.fence(), fence -> new HashMap<>())
                                .computeIfAbsent(acknowledge.checkpoint(), checkpoint -> new HashSet<>());
                        all.add(replica);
                        if (all.containsAll(run.ids())) {
                            ToReplica complete = new ToReplica.Complete(acknowledge.fence(), acknowledge.checkpoint());
                            run.ids().forEach(each -> run.deliver(each, complete));
                        }
                    }
                };
            }
        };
    }

    /** Replicas come back without their event time. */
    static Plant watermarkNotRestored() {
        Set<String> forgotten = Set.of("watermarks", "source.timestamps");
        return new Plant() {
            @Override
            public RestoredStage restored(RestoredStage stage) {
                return new RestoredStage(
                        stage.checkpoint(),
                        stage.schema(),
                        stage.replicas().stream()
                                .map(replica -> without(replica, forgotten))
                                .toList(),
                        stage.finished(),
                        stage.rescaled());
            }
        };
    }

    /** The newest checkpoint of all is taken for the newest of the branch. */
    static Plant newestOfAnyBranch() {
        return new Plant() {
            @Override
            public ReplicaGateway gateway(World world, ReplicaGateway gateway) {
                return new ReplicaGateway() {
                    @Override
                    public void restart(Fence fence, PipelineDescription pipeline, Optional<Manifest> from) {
                        List<Manifest> all = world.store().manifests();
                        gateway.restart(fence, pipeline, all.isEmpty() ? from : Optional.of(all.getLast()));
                    }

                    @Override
                    public void send(ReplicaId to, ToReplica message) {
                        gateway.send(to, message);
                    }
                };
            }
        };
    }

    private static ReplicaSnapshot without(ReplicaSnapshot replica, Set<String> forgotten) {
        List<OperatorState> kept = new ArrayList<>(replica.operator());
        kept.removeIf(state -> forgotten.contains(state.name()));
        return new ReplicaSnapshot(
                replica.stage(),
                replica.replica(),
                replica.keyGroups(),
                replica.finished(),
                replica.keyed(),
                kept,
                replica.times());
    }

    /** Lets the records behind a barrier pass it. */
    private static final class Overtaken implements FrameSink {
        private final FrameSink sink;
        private @Nullable Frame barrier;

        Overtaken(FrameSink sink) {
            this.sink = sink;
        }

        @Override
        public boolean offer(Frame frame) {
            Frame held = barrier;
            barrier = null;
            if (held == null && frame.content() instanceof Frame.Barrier) {
                barrier = frame;
                return true;
            }
            if (held != null && !(frame.content() instanceof Frame.Records)) {
                sink.offer(held);
                held = null;
            }
            sink.offer(frame);
            if (held != null) {
                sink.offer(held);
            }
            return true;
        }

        @Override
        public boolean writable() {
            return sink.writable();
        }

        @Override
        public void onWritable(Runnable wakeUp) {
            sink.onWritable(wakeUp);
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
