package stream.weir.testservers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Apache Kafka with one node that is broker and controller; its jars are on the class path of the tests. */
public final class KafkaServer implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration FORMATTED_WITHIN = Duration.ofMinutes(5);
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(2);
    private static final int LOOK_MILLIS = 1_000;

    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final String host;
    private final int port;
    private ServerProcess process;

    private KafkaServer(Path folder, String host, int port, ServerProcess process) {
        this.folder = folder;
        this.host = host;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts a server on free ports of the loopback address and waits until it answers.
     *
     * @param folder for its data and its output
     */
    public static KafkaServer start(Path folder) throws IOException {
        return start(folder, LOOPBACK);
    }

    /**
     * The same on another address of this machine, for clients elsewhere.
     *
     * @param host by which they reach it
     */
    public static KafkaServer start(Path folder, String host) throws IOException {
        Path absolute = Files.createDirectories(folder.toAbsolutePath());
        int port = Ports.reserve();
        Files.write(settings(absolute), lines(absolute, host, port, Ports.reserve()));
        format(absolute);
        return new KafkaServer(absolute, host, port, launch(absolute, host, port));
    }

    /** One server for all tests of this process that only need topics of their own; never stop it. */
    public static KafkaServer shared() throws IOException {
        return Shared.SERVER.get();
    }

    /** Host and port, as clients want them. */
    public String bootstrap() {
        return bootstrap(host, port);
    }

    public void createTopic(String name, int partitions) throws IOException {
        createTopic(name, partitions, Map.of());
    }

    /** @param settings of the topic, by Kafka's names */
    public void createTopic(String name, int partitions, Map<String, String> settings) throws IOException {
        ask(admin -> admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                .all());
    }

    public void deleteTopic(String name) throws IOException {
        ask(admin -> admin.deleteTopics(List.of(name)).all());
    }

    /** @param partitions more than the topic has now */
    public void growTopic(String name, int partitions) throws IOException {
        ask(admin -> admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions)))
                .all());
    }

    /** Removes the records before an offset, as retention does. */
    public void deleteRecords(String topic, int partition, long before) throws IOException {
        ask(admin -> admin.deleteRecords(
                        Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
                .all());
    }

    /** Ends the server in order. */
    public synchronized void stop() throws IOException {
        process.stop();
    }

    /** {@code kill -9}. */
    public synchronized void kill() throws IOException {
        process.kill();
    }

    /** Stops it from running: connections are accepted by the system and nothing answers. */
    public synchronized void pause() throws IOException {
        process.signal("STOP");
    }

    public synchronized void resume() throws IOException {
        process.signal("CONT");
    }

    /** Starts it again on the same port and data, after having killed it if it was running. */
    public synchronized void restart() throws IOException {
        process.kill();
        process = launch(folder, host, port);
    }

    public synchronized boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    private static String bootstrap(String host, int port) {
        return host + ":" + port;
    }

    private void ask(Function<Admin, KafkaFuture<?>> question) throws IOException {
        try (Admin admin = admin(host, port)) {
            await(question.apply(admin), ANSWERS_WITHIN);
        }
    }

    private static Admin admin(String host, int port) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap(host, port)));
    }

    private static <T> T await(KafkaFuture<T> answer, Duration timeout) throws IOException {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("Kafka refused: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("Kafka did not answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for Kafka", e);
        }
    }

    private static ServerProcess launch(Path folder, String host, int port) throws IOException {
        ServerProcess process = ServerProcess.start(
                "kafka", java("kafka.Kafka", settings(folder).toString()), Map.of(), folder);
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap(host, port),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                LOOK_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                LOOK_MILLIS,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                LOOK_MILLIS / 10))) {
            process.await(
                    () -> !await(admin.describeCluster().nodes(), ANSWERS_WITHIN)
                            .isEmpty(),
                    READY_WITHIN);
        }
        return process;
    }

    private static void format(Path folder) throws IOException {
        List<String> command = java(
                "kafka.tools.StorageTool",
                "format",
                "--ignore-formatted",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--config",
                settings(folder).toString());
        ServerProcess tool = ServerProcess.start("kafka-format", command, Map.of(), folder);
        tool.awaitSuccess(FORMATTED_WITHIN);
    }

    private static List<String> java(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                classPath(),
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Only jars: none of ours is needed, and the fewer there are the sooner it starts. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return String.join(
                File.pathSeparator,
                Arrays.stream(all.split(File.pathSeparator))
                        .filter(entry -> entry.endsWith(".jar"))
                        .toList());
    }

    private static Path settings(Path folder) {
        return folder.resolve("server.properties");
    }

    /** One node needs no copies; few partitions of internal topics and short pauses make it start and recover soon. */
    private static List<String> lines(Path folder, String host, int port, int controllerPort) {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "listeners=PLAINTEXT://" + host + ":" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners=PLAINTEXT://" + host + ":" + port,
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs=" + folder.resolve("data"),
                "auto.create.topics.enable=false",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=4",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=4",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms=500",
                "group.initial.rebalance.delay.ms=0",
                "broker.session.timeout.ms=3000",
                "broker.heartbeat.interval.ms=500",
                "controlled.shutdown.enable=false",
                "log.cleaner.enable=false",
                "log.retention.check.interval.ms=3600000",
                "log.initial.task.delay.ms=500",
                "log.segment.bytes=8388608",
                "log.index.size.max.bytes=1048576",
                "num.io.threads=3",
                "num.network.threads=2",
                "background.threads=2",
                "num.recovery.threads.per.data.dir=1");
    }

    /** The server of this process, started by whoever asks first. */
    private static final class Shared {
        private static final Shared SERVER = new Shared();

        private Optional<KafkaServer> server = Optional.empty();

        synchronized KafkaServer get() throws IOException {
            if (server.isEmpty()) {
                server = Optional.of(start(Files.createTempDirectory("weir-kafka-")));
            }
            return server.get();
        }
    }
}
