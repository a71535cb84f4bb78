package stream.weir.benchmarks.processes;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Stage;
import stream.weir.benchmarks.Pipelines;
import stream.weir.benchmarks.ResultLine;
import stream.weir.benchmarks.WorkloadOptions;
import stream.weir.benchmarks.WorkloadRun;
import stream.weir.benchmarks.workload.Checksum;
import stream.weir.benchmarks.workload.LatencyHistogram;
import stream.weir.network.Acceptors;
import stream.weir.network.Listening;
import stream.weir.network.Network;
import stream.weir.network.NetworkSettings;
import stream.weir.network.control.ControlClient;
import stream.weir.network.control.ControlClientSettings;
import stream.weir.network.control.CoordinatorAddresses;
import stream.weir.network.wire.Hello;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.wire.ControlCodec;
import stream.weir.runtime.channel.connector.WeirConnector;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.stage.ProcessResources;
import stream.weir.runtime.stage.ReplicaEnvironment.Tuning;
import stream.weir.stage.CoordinatorConnection;
import stream.weir.stage.StageProcess;
import stream.weir.stage.channel.MessagingChannels;
import stream.weir.stage.channel.StageEdges;
import stream.weir.store.ObjectStore;
import stream.weir.transport.TcpTransport;
import stream.weir.transport.TcpTransportSettings;

/**
 * One replica in a process of its own: what the stage service consists of, for a pipeline made in Java. Started by {@link
 * RunProcesses}, to which it speaks by lines on its output: {@link #BEGIN} before the first measured record, and at its end
 * {@link #END} with what it cost and found.
 */
public final class Worker {
    static final String BEGIN = "BEGIN";
    static final String END = "END";

    private static final String HOST = "127.0.0.1";
    private static final long CREDIT_KIBIBYTES = 4096;
    private static final Duration PROGRESS = Duration.ofSeconds(1);
    private static final Duration CONNECT = Duration.ofMinutes(1);
    private static final Duration RECONNECT = Duration.ofSeconds(5);

    private Worker() {}

    public static void main(String[] arguments) throws Exception {
        WorkloadOptions options = WorkloadOptions.parse(arguments);
        Checksum checksum = new Checksum();
        LatencyHistogram latencies = new LatencyHistogram();
        Path folder = Path.of(options.required("--folder"));
        Pipeline pipeline = Pipelines.of(
                options,
                "file:" + folder,
                new Pipelines.Observers(
                        checksum, latencies, () -> System.out.println(BEGIN), () -> Progress.of(options)));
        CountDownLatch left = new CountDownLatch(1);
        String stage = options.required("--stage");
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Network network = Network.open(vertx, NetworkSettings.defaults(), Optional.empty(), System::nanoTime);
        String life = UUID.randomUUID().toString();
        TcpTransport transport = TcpTransport.of(
                network, pipeline.name(), life, TcpTransportSettings.defaults().within(CONNECT, RECONNECT));
        ExecutorService executor = Executors.newSingleThreadExecutor(threads("process"));
        try (ObjectStore store = DistantStore.open(options, folder)) {
            StageProcess process = new StageProcess(
                    pipeline,
                    resources(options, pipeline, store),
                    channels(
                            new StageEdges(
                                    PipelineGraph.of(pipeline),
                                    stage,
                                    options.number("--credit-kb", CREDIT_KIBIBYTES) << 10),
                            transport),
                    new StageProcess.Surroundings(
                            executor,
                            threads(stage),
                            System::nanoTime,
                            folder.resolve("work").resolve(life),
                            StageProcess.Surroundings.PATIENCE,
                            leave -> left.countDown()));
            Listening listening = network.listen(new Address(HOST, 0), Acceptors.forData(transport.acceptor()))
                    .toCompletableFuture()
                    .get();
            ControlClient control = ControlClient.start(
                    network,
                    ControlClientSettings.defaults(),
                    new ControlClient.Coordinators(
                            CoordinatorAddresses.ofSystem(
                                    List.of(Address.parse(options.required("--coordinator"))), Runnable::run),
                            () -> ThreadLocalRandom.current().nextDouble()),
                    new Hello.Control(
                            pipeline.name(),
                            options.required("--instance"),
                            stage,
                            "",
                            new Address(HOST, listening.address().port())),
                    new CoordinatorConnection(process, ControlCodec.withDefaults()));
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(threads("timer"));
            timer.scheduleWithFixedDelay(
                    process::reportProgress, PROGRESS.toMillis(), PROGRESS.toMillis(), TimeUnit.MILLISECONDS);
            left.await();
            System.out.println(END + " " + WorkloadRun.cpuNanos() + " " + ResultLine.ownPeakResidentMebibytes() + " "
                    + checksum.hex() + " " + checksum.rows() + " " + latencies.text());
            control.close();
        }
        System.exit(0);
    }

    private static ProcessResources resources(WorkloadOptions options, Pipeline pipeline, ObjectStore store) {
        return ProcessResources.open(
                pipeline.state(),
                memory(options, pipeline),
                store,
                Tuning.DEFAULT,
                new ProcessResources.Surroundings(
                        Executors.newCachedThreadPool(threads("background-")),
                        Clock.systemUTC(),
                        System::nanoTime,
                        UUID::randomUUID));
    }

    /** The job's memory for RocksDB in equal shares of the replicas that have state. */
    private static ProcessResources.Memory memory(WorkloadOptions options, Pipeline pipeline) {
        int stateful = pipeline.stages().stream()
                .filter(stage -> stage.source().isEmpty())
                .mapToInt(Stage::replicas)
                .sum();
        return new ProcessResources.Memory(options.rocksDbBytes() / Math.max(1, stateful), options.cacheBytes(), 1);
    }

    private static MessagingChannels channels(StageEdges edges, TcpTransport transport) {
        WeirConnector connector = new WeirConnector(transport);
        Map<String, Flow.Publisher<? extends Message<?>>> publishers = new HashMap<>();
        Map<String, Flow.Subscriber<? extends Message<?>>> subscribers = new HashMap<>();
        edges.incoming()
                .forEach(edge ->
                        publishers.put(StageEdges.readingEnd(edge), connector.getPublisher(edges.configToRead(edge))));
        edges.outgoing()
                .forEach(edge -> subscribers.put(
                        StageEdges.writingEnd(edge), connector.getSubscriber(edges.configToWrite(edge))));
        return MessagingChannels.take(new Connected(publishers, subscribers), edges, transport, System::nanoTime);
    }

    private record Connected(
            Map<String, Flow.Publisher<? extends Message<?>>> publishers,
            Map<String, Flow.Subscriber<? extends Message<?>>> subscribers)
            implements MessagingChannels.Ends {
        @Override
        public Flow.Publisher<? extends Message<?>> publisher(String channel) {
            return Objects.requireNonNull(publishers.get(channel), () -> "no publisher of " + channel);
        }

        @Override
        public Flow.Subscriber<? extends Message<?>> subscriber(String channel) {
            return Objects.requireNonNull(subscribers.get(channel), () -> "no subscriber of " + channel);
        }
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name, 0).factory();
    }
}
