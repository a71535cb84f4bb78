package stream.weir.stage.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.ChannelRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.network.Acceptors;
import stream.weir.network.Listening;
import stream.weir.network.Network;
import stream.weir.network.control.ControlClient;
import stream.weir.network.control.ControlClientSettings;
import stream.weir.network.control.CoordinatorAddresses;
import stream.weir.network.wire.Hello;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.ToInstance.Departure;
import stream.weir.protocol.control.ToInstance.Leave;
import stream.weir.protocol.control.wire.ControlCodec;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.stage.ProcessResources;
import stream.weir.runtime.stage.ReplicaEnvironment;
import stream.weir.runtime.stage.ReplicaEnvironment.Tuning;
import stream.weir.stage.CoordinatorConnection;
import stream.weir.stage.StageProcess;
import stream.weir.stage.channel.MessagingChannels;
import stream.weir.stage.channel.StageEdges;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.transport.TcpTransport;
import stream.weir.wiring.SnapshotFolders;

/**
 * Starts the stage process with the service. Before the service ends it asks the coordinator to be let go, and ends when that has
 * answered, or when the grace time is over.
 */
@ApplicationScoped
class StageService {
    private static final Logger LOG = LoggerFactory.getLogger(StageService.class);
    private static final int AFTER_CHANNELS = 10_000;
    private static final int EXIT_FAILED = 1;

    private final Pipeline pipeline;
    private final StageIdentity identity;
    private final StageConfiguration configuration;
    private final Network network;
    private final TcpTransport transport;
    private final ChannelRegistry registry;
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile @Nullable Parts parts;

    @Inject
    StageService(
            Pipeline pipeline,
            StageIdentity identity,
            StageConfiguration configuration,
            Network network,
            TcpTransport transport,
            ChannelRegistry registry) {
        this.pipeline = pipeline;
        this.identity = identity;
        this.configuration = configuration;
        this.network = network;
        this.transport = transport;
        this.registry = registry;
    }

    /** What runs as long as the service. */
    private record Parts(
            ObjectStore store,
            ProcessResources resources,
            ExecutorService executor,
            ScheduledExecutorService timer,
            StageProcess process,
            Listening listening,
            ControlClient control) {}

    void start(@Observes @Priority(AFTER_CHANNELS) StartupEvent event) throws Exception {
        Optional<String> check = configuration.stage().check();
        if (check.isPresent()) {
            Quarkus.asyncExit(check(check.get()));
        } else {
            begin();
        }
    }

    private int check(String which) throws Exception {
        ExecutorService transfers = Executors.newCachedThreadPool(threads("transfer-"));
        StateCheckRun.Folders folders = new StateCheckRun.Folders() {
            @Override
            public ObjectStore own() throws StoreException {
                return snapshots(transfers).ofPipeline(pipeline.name());
            }

            @Override
            public ObjectStore at(String uri) throws StoreException {
                return snapshots(transfers).at(uri);
            }
        };
        try (ObjectStore none = folders.own();
                ProcessResources resources = resources(none)) {
            ReplicaEnvironment environment = resources.environment(
                    configuration.stage().folder().resolve("check"),
                    link -> {
                        throw new IllegalStateException("nothing is sent while state is checked: " + link);
                    },
                    report -> {});
            return new StateCheckRun(pipeline, identity, folders, environment, System.out).run(which);
        }
    }

    private void begin() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(threads("process"));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(threads("timer"));
        ExecutorService transfers = Executors.newCachedThreadPool(threads("transfer-"));
        ObjectStore store = snapshots(transfers).ofPipeline(pipeline.name());
        ProcessResources resources = resources(store);
        StageProcess process = process(executor, resources);
        Listening listening = network.listen(
                        new Address(
                                configuration.data().host(),
                                configuration.data().port()),
                        Acceptors.forData(transport.acceptor()))
                .toCompletableFuture()
                .get();
        ControlClient control = control(process, advertised(listening));
        long interval = configuration.stage().progressInterval().toMillis();
        timer.scheduleWithFixedDelay(process::reportProgress, interval, interval, TimeUnit.MILLISECONDS);
        parts = new Parts(store, resources, executor, timer, process, listening, control);
        LOG.info(
                "stage {} of {} listens for data links on port {}",
                identity.stage(),
                identity.pipeline(),
                listening.address().port());
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        Parts running = parts;
        if (running == null) {
            return;
        }
        parts = null;
        Duration grace = configuration.stage().grace();
        if (left.getCount() > 0 && running.control().session().isPresent()) {
            running.process().depart(grace, "the process was told to end");
            if (!left.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the coordinator has not let go within {}", grace);
            }
        }
        CountDownLatch closed = new CountDownLatch(1);
        running.process().close(closed::countDown);
        boolean ended = closed.await(grace.toMillis(), TimeUnit.MILLISECONDS);
        running.control().close();
        running.listening().close();
        running.timer().shutdownNow();
        running.executor().shutdown();
        if (ended) {
            running.resources().close();
            running.store().close();
        } else {
            // Its thread may be in native code, at memory that would be freed beneath it.
            LOG.warn("the replica has not ended within {}: what it uses goes with the process", grace);
        }
        network.close();
    }

    /** Completed by the process's own thread: a sign of life. */
    CompletableFuture<Boolean> ping() {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        Parts running = parts;
        if (running == null) {
            answered.complete(true);
        } else {
            running.process().ping(() -> answered.complete(true));
        }
        return answered;
    }

    /** The replica that the process is; empty when it is none. */
    Optional<StageProcess.Observation> observation() {
        Parts running = parts;
        return running == null ? Optional.empty() : running.process().observation();
    }

    /** Whether a coordinator is connected. */
    boolean isCoordinated() {
        Parts running = parts;
        return running != null && running.control().session().isPresent();
    }

    private void leave(Leave told) {
        left.countDown();
        boolean failed = told.departure() == Departure.FAILED;
        Quarkus.asyncExit(failed ? EXIT_FAILED : 0);
    }

    /** @param transfers runs parts of large files */
    private SnapshotFolders snapshots(ExecutorService transfers) {
        return new SnapshotFolders(
                pipeline.checkpoint().snapshots(),
                System.getenv(),
                new StoreEnvironment(transfers, Thread::sleep, () -> ThreadLocalRandom.current()
                        .nextLong()));
    }

    private ProcessResources resources(ObjectStore store) {
        return ProcessResources.open(
                pipeline.state(),
                new ProcessResources.Memory(
                        configuration.state().rocksdbMemory().asLongValue(),
                        configuration.state().cache().asLongValue(),
                        1),
                store,
                new Tuning(
                        Math.toIntExact(configuration.data().frame().asLongValue()),
                        configuration.data().batchTimeout()),
                new ProcessResources.Surroundings(
                        Executors.newCachedThreadPool(threads("background-")),
                        Clock.systemUTC(),
                        System::nanoTime,
                        UUID::randomUUID));
    }

    private StageProcess process(ExecutorService executor, ProcessResources resources) {
        StageEdges edges = new StageEdges(
                PipelineGraph.of(pipeline),
                identity.stage(),
                configuration.data().credit().asLongValue());
        MessagingChannels channels =
                MessagingChannels.take(new Registered(registry), edges, transport, System::nanoTime);
        return new StageProcess(
                pipeline,
                resources,
                channels,
                new StageProcess.Surroundings(
                        executor,
                        threads(identity.stage()),
                        System::nanoTime,
                        configuration.stage().folder(),
                        StageProcess.Surroundings.PATIENCE,
                        this::leave));
    }

    private record Registered(ChannelRegistry registry) implements MessagingChannels.Ends {
        @Override
        public Flow.Publisher<? extends Message<?>> publisher(String channel) {
            return registry.getPublishers(channel).getFirst();
        }

        @Override
        public Flow.Subscriber<? extends Message<?>> subscriber(String channel) {
            return registry.getSubscribers(channel).getFirst();
        }
    }

    private ControlClient control(StageProcess process, Address data) {
        List<Address> coordinators = configuration.coordinator().addresses().stream()
                .map(Address::parse)
                .toList();
        return ControlClient.start(
                network,
                ControlClientSettings.defaults(),
                new ControlClient.Coordinators(
                        CoordinatorAddresses.ofSystem(
                                coordinators, Executors.newSingleThreadExecutor(threads("names"))),
                        () -> ThreadLocalRandom.current().nextDouble()),
                new Hello.Control(
                        identity.pipeline(), identity.instance(), identity.stage(), identity.revision(), data),
                new CoordinatorConnection(process, ControlCodec.withDefaults()));
    }

    private Address advertised(Listening listening) throws UnknownHostException {
        String host = configuration.data().advertisedHost().isPresent()
                ? configuration.data().advertisedHost().get()
                : InetAddress.getLocalHost().getHostAddress();
        return new Address(host, listening.address().port());
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name, 0).factory();
    }
}
