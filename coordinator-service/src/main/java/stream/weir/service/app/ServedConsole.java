package stream.weir.service.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.console.ConsoleSettings;
import stream.weir.console.Sketch;
import stream.weir.console.http.ConsoleServer;
import stream.weir.console.http.IssuedTokens;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.definition.PipelineDrawing;
import stream.weir.definition.PipelineFile;
import stream.weir.definition.PipelineOutline;
import stream.weir.definition.PipelineOutline.StageOutline;
import stream.weir.service.console.ServiceConsoleJob;
import stream.weir.service.rest.JobControl;

/** The console of this coordinator, with the threads that serve it. */
final class ServedConsole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedConsole.class);

    private final ConsoleServer server;
    private final ExecutorService requests;

    private ServedConsole(ConsoleServer server, ExecutorService requests) {
        this.server = server;
        this.requests = requests;
    }

    /** What is shown. */
    record Shown(PipelineOutline outline, JobControl control, StatusBoard board) {}

    /**
     * Opens it where it is wanted. A port that is taken is no reason for a job not to run: it is said in the log.
     *
     * @throws IOException when the pipeline file or the token cannot be read
     * @throws IllegalArgumentException when others than this machine could look without a token
     */
    static Optional<ServedConsole> open(
            CoordinatorConfiguration configuration, Shown shown, ScheduledExecutorService timer) throws IOException {
        CoordinatorConfiguration.ConsoleOptions options = configuration.console();
        if (!options.enabled()) {
            return Optional.empty();
        }
        ConsoleSettings settings = new ConsoleSettings(
                        options.host(),
                        options.port(),
                        token(options),
                        options.oidc()
                                .map(provider ->
                                        IssuedTokens.of(provider.issuer(), provider.audience(), Clock.systemUTC())))
                .checked();
        ServiceConsoleJob job =
                new ServiceConsoleJob(sketch(configuration, shown.outline()), shown.control(), shown.board());
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
        try {
            ConsoleServer server = ConsoleServer.open(settings, job, new ConsoleServer.Ports(requests, timer));
            LOG.info("console: http://{}:{}/", options.host(), server.port());
            return Optional.of(new ServedConsole(server, requests));
        } catch (IOException e) {
            LOG.warn("there is no console: {}", e.getMessage());
            requests.shutdownNow();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        server.close();
        requests.shutdownNow();
    }

    private static Optional<String> token(CoordinatorConfiguration.ConsoleOptions options) throws IOException {
        return options.tokenFile().isPresent()
                ? Optional.of(Files.readString(options.tokenFile().get()).strip())
                : Optional.empty();
    }

    private static Sketch sketch(CoordinatorConfiguration configuration, PipelineOutline outline) throws IOException {
        Path file = configuration.pipeline().file();
        PipelineDrawing whole = PipelineFile.drawing(file)
                .orElseThrow(() -> new IOException(file + " has changed, and has problems now"));
        PipelineDrawing region = whole.of(
                outline.name(),
                outline.stages().stream().map(StageOutline::name).toList());
        CoordinatorConfiguration.KubernetesSettings cluster = configuration.kubernetes();
        Sketch.Where where = cluster.enabled()
                ? new Sketch.Where.InCluster(cluster.namespace().orElse("default"), whole.name())
                : new Sketch.Where.AsServices();
        return new Sketch(region, Files.readString(file), where);
    }
}
