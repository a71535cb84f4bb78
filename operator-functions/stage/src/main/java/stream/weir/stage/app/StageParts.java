package stream.weir.stage.app;

import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Regions;
import stream.weir.definition.PipelineFile;
import stream.weir.definition.UserCode;
import stream.weir.network.Network;
import stream.weir.network.service.NetworkCertificates;
import stream.weir.transport.TcpTransport;
import stream.weir.transport.TcpTransportSettings;

/** Makes what the service consists of, from its configuration. */
@Singleton
class StageParts {
    /** A replica waits for others as long as it takes: whoever is lost is the coordinator's business. */
    private static final Duration CONNECT_WITHIN = Duration.ofDays(1);

    /** Where images have users' jars, unless it is told otherwise. */
    private static final Path FUNCTIONS = Path.of("/app/functions");

    /**
     * The pipeline file: this process has to have every function and connector that it names, as the edges' types come from them.
     *
     * @throws IllegalArgumentException with all problems of the file
     */
    @Produces
    @Singleton
    PipelineFile.Loaded file(StageConfiguration configuration) throws IOException {
        return switch (PipelineFile.load(configuration.pipeline().file(), code(configuration))) {
            case PipelineFile.Loaded loaded -> loaded;
            case PipelineFile.Rejected rejected ->
                throw new IllegalArgumentException("the pipeline file has problems:\n"
                        + rejected.format(configuration.pipeline().file().toString()));
        };
    }

    /** The pipeline, or the region of it that has the stage. */
    @Produces
    @Singleton
    Pipeline pipeline(PipelineFile.Loaded file, StageConfiguration configuration) {
        return Regions.with(file.pipeline(), configuration.stage().name());
    }

    private static ClassLoader code(StageConfiguration configuration) throws IOException {
        List<Path> places = configuration.stage().functions().orElseGet(StageParts::installed);
        return UserCode.in(places, Thread.currentThread().getContextClassLoader());
    }

    private static List<Path> installed() {
        return Files.isDirectory(FUNCTIONS) ? List.of(FUNCTIONS) : List.of();
    }

    @Produces
    @Singleton
    StageIdentity identity(PipelineFile.Loaded file, Pipeline pipeline, StageConfiguration configuration) {
        String stage = configuration.stage().name();
        UUID life = UUID.randomUUID();
        return new StageIdentity(
                pipeline.name(),
                stage,
                file.revisions().getOrDefault(stage, ""),
                StageIdentity.instance(configuration.stage().instance(), System.getenv(), life),
                life);
    }

    @Produces
    @Singleton
    Network network(Vertx vertx, NetworkCertificates certificates, StageConfiguration configuration) {
        return certificates.open(vertx, configuration.network(), System::nanoTime);
    }

    @Produces
    @Singleton
    TcpTransport transport(Network network, StageIdentity identity, StageConfiguration configuration) {
        return TcpTransport.of(
                network,
                identity.pipeline(),
                identity.life().toString(),
                TcpTransportSettings.defaults()
                        .within(CONNECT_WITHIN, configuration.data().reconnectTimeout()));
    }
}
