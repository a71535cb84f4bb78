package stream.weir.service.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.election.LeaseRegister;
import stream.weir.coordinator.election.StoreRegister;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.definition.PipelineFile;
import stream.weir.definition.PipelineOutline;
import stream.weir.network.Acceptors;
import stream.weir.network.Listening;
import stream.weir.network.Network;
import stream.weir.network.control.ControlServer;
import stream.weir.network.service.NetworkCertificates;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.wire.ControlCodec;
import stream.weir.service.ControlDesk;
import stream.weir.service.CoordinatorProcess;
import stream.weir.service.EndedCheckpoints;
import stream.weir.service.JobPlan;
import stream.weir.service.kubernetes.Cluster;
import stream.weir.service.kubernetes.JobName;
import stream.weir.service.kubernetes.Publisher;
import stream.weir.service.rest.JobControl;
import stream.weir.service.trace.JobTraces;
import stream.weir.service.trace.OtlpTraces;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreFailure;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreProbe;
import stream.weir.wiring.SnapshotFolders;

/** Starts the coordinator process with the service, and stands for leadership until the service ends. */
@Singleton
class CoordinatorService {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorService.class);
    private static final Duration REFRESH = Duration.ofMillis(200);
    private static final Duration LEAVES_WITHIN = Duration.ofSeconds(3);

    private final CoordinatorConfiguration configuration;
    private final Vertx vertx;
    private final NetworkCertificates certificates;
    private final PipelineOutline outline;
    private final ExecutorService loop = Executors.newSingleThreadExecutor(threads("coordinator"));

    /** What is to happen later when the service has ended does not happen. */
    private final ScheduledExecutorService timer =
            new ScheduledThreadPoolExecutor(1, threads("timer"), new ThreadPoolExecutor.DiscardPolicy());

    private final ExecutorService background = Executors.newCachedThreadPool(threads("background-"));
    private final ExecutorService views = Executors.newSingleThreadExecutor(threads("views"));
    private final StatusBoard board;
    private final CoordinatorPorts ports;
    private @Nullable Running running;
    private final EndedCheckpoints ended;
    private final Optional<OtlpTraces> collector;
    private final Optional<JobTraces> traces;
    private Optional<ServedConsole> console = Optional.empty();
    private volatile @Nullable Publisher publisher;

    @Inject
    CoordinatorService(CoordinatorConfiguration configuration, Vertx vertx, NetworkCertificates certificates)
            throws IOException {
        this.configuration = configuration;
        this.vertx = vertx;
        this.certificates = certificates;
        this.outline = outline(configuration);
        this.ports = new CoordinatorPorts(
                loop,
                background,
                (delay, task) -> {
                    ScheduledFuture<?> scheduled = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                    return () -> scheduled.cancel(false);
                },
                System::nanoTime,
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString());
        this.board = StatusBoard.of(JobPlans.description(outline), Clock.systemUTC(), this::changed);
        this.ended = new EndedCheckpoints(board::checkpoint);
        this.collector = configuration.traces().endpoint().map(endpoint -> OtlpTraces.to(endpoint, outline.name()));
        this.traces = collector.map(JobTraces::new);
        traces.ifPresent(each -> ended.listen(each::ended));
    }

    /** What runs as long as the service. */
    private record Running(
            ObjectStore store,
            Network network,
            Listening listening,
            CoordinatorProcess process,
            Election election,
            Optional<Cluster> cluster) {}

    void start(@Observes StartupEvent event) throws Exception {
        SnapshotFolders snapshots = new SnapshotFolders(
                outline.checkpoint().snapshots(),
                System.getenv(),
                new StoreEnvironment(background, Thread::sleep, () -> ThreadLocalRandom.current()
                        .nextLong()));
        ObjectStore store = snapshots.ofPipeline(outline.name());
        probe(store);
        Network network = certificates.open(vertx, configuration.network(), System::nanoTime);
        ControlDesk connections = new ControlDesk(ControlCodec.withDefaults());
        Listening listening = network.listen(
                        new Address(
                                configuration.control().host(),
                                configuration.control().port()),
                        Acceptors.forControl(ControlServer.of(
                                outline.name(), network.settings().maxPayloadBytes(), connections)))
                .toCompletableFuture()
                .get();
        Optional<Cluster> cluster = cluster();
        LeaseRegister lease = cluster.<LeaseRegister>map(
                        present -> present.lease(configuration.election().leaseDuration(), Clock.systemUTC()))
                .orElseGet(() -> new StoreRegister(store));
        Election election = Election.of(lease, advertised(listening), ports, configuration.election());
        StartOptions wish = RestoreWish.of(outline.name(), outline.restoreFrom(), snapshots);
        JobPlan plan = JobPlans.of(outline, wish, configuration.recovery())
                .at(configuration.kubernetes().namespace().orElse(""));
        CoordinatorProcess process = new CoordinatorProcess(plan, store, ports, connections, board, election::stepDown);
        running = new Running(store, network, listening, process, election, cluster);
        cluster.ifPresent(present -> publisher = present.publisher(
                process,
                store,
                configuration.kubernetes().pod(),
                new Publisher.Ports(views, ports.timer(), ports.nanos(), Clock.systemUTC())));
        LOG.info(
                "coordinator of {} listens for control connections on port {}",
                outline.name(),
                listening.address().port());
        timer.scheduleWithFixedDelay(process::refresh, REFRESH.toMillis(), REFRESH.toMillis(), TimeUnit.MILLISECONDS);
        console = ServedConsole.open(configuration, new ServedConsole.Shown(outline, process, board), timer);
        election.stand(process, connections);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        Running was = running;
        if (was == null) {
            return;
        }
        console.ifPresent(ServedConsole::close);
        was.process().close();
        leave(was.election());
        was.listening().close();
        was.network().close();
        loop.shutdown();
        timer.shutdownNow();
        background.shutdown();
        background.awaitTermination(1, TimeUnit.SECONDS);
        views.shutdownNow();
        collector.ifPresent(OtlpTraces::close);
        was.cluster().ifPresent(Cluster::close);
        was.store().close();
    }

    /** Whoever leads next need not wait for the lease to expire. */
    private static void leave(Election election) throws InterruptedException {
        try {
            Boolean left = election.leave().toCompletableFuture().get(LEAVES_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("stands for election no more: {}", left);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the lease could not be given up within {} and expires", LEAVES_WITHIN, e);
        }
    }

    /** Tells of checkpoints that have ended, on the loop's thread; what is told must not block. */
    EndedCheckpoints ended() {
        return ended;
    }

    String pipeline() {
        return outline.name();
    }

    /** Names of its stages. */
    List<String> stages() {
        return outline.stages().stream().map(PipelineOutline.StageOutline::name).toList();
    }

    boolean isStarted() {
        return running != null;
    }

    @Produces
    @Singleton
    JobControl control() {
        Running present = running;
        if (present == null) {
            throw new IllegalStateException("the coordinator has not started yet");
        }
        return present.process();
    }

    /** Completed by the coordinator's own thread: a sign of life. */
    CompletableFuture<Boolean> ping() {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        loop.execute(() -> answered.complete(true));
        return answered;
    }

    /** The cluster that it runs in, when it is to know of it. */
    private Optional<Cluster> cluster() {
        return configuration.kubernetes().enabled()
                ? Optional.of(Cluster.of(
                        ClusterClient.connect(vertx, configuration.kubernetes().namespace()),
                        new JobName(
                                outline.partOf().orElse(outline.name()),
                                outline.partOf().map(whole -> outline.name()))))
                : Optional.empty();
    }

    private void show(JobView view) {
        Publisher shows = publisher;
        Running present = running;
        if (shows != null && present != null) {
            if (present.process().leads()) {
                shows.offer(view);
            } else {
                shows.retire();
            }
        }
    }

    private void changed(JobView view) {
        show(view);
        ended.accept(view);
        traces.ifPresent(each -> each.accept(view));
        boolean over =
                switch (view.phase()) {
                    case COMPLETED, STOPPED, FAILED -> true;
                    case STARTING, RUNNING, RECOVERING, RESHAPING -> false;
                };
        if (over && configuration.control().exitWhenOver()) {
            Quarkus.asyncExit(view.phase() == JobView.Phase.FAILED ? 1 : 0);
        }
    }

    /** A store that is away for now is waited for later; one that cannot do what checkpoints need is refused. */
    private void probe(ObjectStore store) throws StoreException {
        if (outline.checkpoint().snapshots().uri().startsWith("file:")) {
            return;
        }
        try {
            StoreProbe.check(store, background, ports.nonces().get());
        } catch (StoreException e) {
            if (e.failure() == StoreFailure.NO_CONDITIONAL_WRITES) {
                throw e;
            }
            LOG.warn("the store could not be probed: {}", e.getMessage());
        }
    }

    private Address advertised(Listening listening) throws UnknownHostException {
        String host = configuration.control().advertisedHost().isPresent()
                ? configuration.control().advertisedHost().get()
                : InetAddress.getLocalHost().getHostAddress();
        return new Address(host, listening.address().port());
    }

    private static PipelineOutline outline(CoordinatorConfiguration configuration) throws IOException {
        return switch (PipelineFile.outline(
                configuration.pipeline().file(), configuration.pipeline().region())) {
            case PipelineFile.Outlined(PipelineOutline outline) -> outline;
            case PipelineFile.Rejected rejected ->
                throw new IllegalArgumentException("the pipeline file has problems:\n"
                        + rejected.format(configuration.pipeline().file().toString()));
        };
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name, 0).factory();
    }
}
