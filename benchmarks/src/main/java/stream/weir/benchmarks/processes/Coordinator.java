package stream.weir.benchmarks.processes;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.coordinator.membership.MembershipConfig;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.network.Acceptors;
import stream.weir.network.Listening;
import stream.weir.network.Network;
import stream.weir.network.NetworkSettings;
import stream.weir.network.control.ControlServer;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.wire.ControlCodec;
import stream.weir.service.ControlDesk;
import stream.weir.service.CoordinatorProcess;
import stream.weir.service.JobPlan;
import stream.weir.store.ObjectStore;
import stream.weir.wiring.Coordination;

/** The coordinator of one pipeline, the only one: it leads from the beginning. */
final class Coordinator implements AutoCloseable {
    private static final Duration REFRESH = Duration.ofMillis(200);
    private static final RestartPolicy RESTARTS = new RestartPolicy(10, Duration.ofMillis(100), Duration.ofSeconds(1));

    private final Vertx vertx;
    private final ScheduledExecutorService timer;
    private final Listening listening;
    private final CoordinatorProcess process;

    private Coordinator(Vertx vertx, ScheduledExecutorService timer, Listening listening, CoordinatorProcess process) {
        this.vertx = vertx;
        this.timer = timer;
        this.listening = listening;
        this.process = process;
    }

    /** @param changed hears of each new view, on the coordinator's thread */
    static Coordinator start(Pipeline pipeline, ObjectStore store, Consumer<JobView> changed) throws Exception {
        return start(pipeline, store, changed, REFRESH);
    }

    /** @param refresh how often views show what replicas do, at the coordinator's expense */
    static Coordinator start(Pipeline pipeline, ObjectStore store, Consumer<JobView> changed, Duration refresh)
            throws Exception {
        ExecutorService loop = Executors.newSingleThreadExecutor(threads("coordinator"));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(threads("timer"));
        CoordinatorPorts ports = new CoordinatorPorts(
                loop,
                Executors.newCachedThreadPool(threads("background-")),
                (delay, task) -> {
                    ScheduledFuture<?> scheduled = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                    return () -> scheduled.cancel(false);
                },
                System::nanoTime,
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString());
        PipelineDescription description = Coordination.description(pipeline);
        StatusBoard board = StatusBoard.of(description, Clock.systemUTC(), changed);
        ControlDesk connections = new ControlDesk(ControlCodec.withDefaults());
        Vertx vertx = Vertx.vertx();
        Network network = Network.open(vertx, NetworkSettings.defaults(), Optional.empty(), System::nanoTime);
        Listening listening = network.listen(
                        new Address("127.0.0.1", 0),
                        Acceptors.forControl(ControlServer.of(
                                pipeline.name(), network.settings().maxPayloadBytes(), connections)))
                .toCompletableFuture()
                .get();
        JobPlan plan = new JobPlan(
                description,
                Coordination.config(pipeline.checkpoint(), pipeline.maxParallelism(), RESTARTS),
                MembershipConfig.defaults(),
                StartOptions.newest());
        CoordinatorProcess process = new CoordinatorProcess(plan, store, ports, connections, board, () -> {});
        timer.scheduleWithFixedDelay(process::refresh, refresh.toMillis(), refresh.toMillis(), TimeUnit.MILLISECONDS);
        process.elected();
        return new Coordinator(vertx, timer, listening, process);
    }

    /** Where it takes control connections. */
    Address address() {
        return listening.address();
    }

    /** Has the stage have so many replicas, as soon as there are processes for that. */
    void scale(String stage, int replicas) {
        process.scale(Map.of(stage, replicas));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        process.close();
        listening.close();
        vertx.close();
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name, 0).factory();
    }
}
