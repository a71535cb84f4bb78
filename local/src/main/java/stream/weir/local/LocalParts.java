package stream.weir.local;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.stage.ProcessResources;
import stream.weir.runtime.stage.ReplicaEnvironment;

/** What all replicas of the process share, for all runs of a job. */
final class LocalParts implements AutoCloseable {
    private final LocalSettings settings;
    private final Clock clock;
    private final ProcessResources resources;

    private LocalParts(LocalSettings settings, Clock clock, ProcessResources resources) {
        this.settings = settings;
        this.clock = clock;
        this.resources = resources;
    }

    static LocalParts open(Pipeline pipeline, LocalSettings settings, Clock clock) {
        ProcessResources resources = ProcessResources.open(
                pipeline.state(),
                new ProcessResources.Memory(settings.rocksDbBytes(), settings.cacheBytes(), keyedReplicas(pipeline)),
                settings.store(),
                settings.tuning(),
                new ProcessResources.Surroundings(
                        Executors.newCachedThreadPool(DaemonThreads.named(pipeline.name() + "/background")),
                        clock,
                        System::nanoTime,
                        UUID::randomUUID));
        return new LocalParts(settings, clock, resources);
    }

    LocalSettings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    ExecutorService background() {
        return resources.background();
    }

    ReplicaEnvironment environment(
            ReplicaId id, Path folder, Function<Link, FrameSink> sinks, Consumer<ToCoordinator> coordinator) {
        return resources.environment(folder.resolve(id.toString()), sinks, coordinator);
    }

    @Override
    public void close() {
        resources.close();
    }

    /** Replicas that may hold a database, to share the cache out between them. */
    private static int keyedReplicas(Pipeline pipeline) {
        return pipeline.stages().stream()
                .filter(stage -> !stage.inputs().isEmpty() && !stage.steps().isEmpty())
                .mapToInt(stage -> stage.replicas())
                .sum();
    }
}
