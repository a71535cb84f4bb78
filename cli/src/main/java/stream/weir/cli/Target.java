package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stream.weir.cli.job.Coordinators;
import stream.weir.cli.job.HttpCoordinators;
import stream.weir.cli.job.Kubectl;
import stream.weir.cli.job.KubernetesCoordinators;

/** What a command is about: a job that runs somewhere, or what is stored of one. */
final class Target {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            description = {
                "NAME of a pipeline on Kubernetes,",
                "http://HOST:PORT of its coordinator (of several, with commas between),",
                "FILE of the pipeline, or the folder of its checkpoints, as file:DIR/PIPELINE or"
                        + " s3://BUCKET/PREFIX/PIPELINE: then the store is looked at, whether the job runs or not."
            })
    private String place = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Kubernetes namespace of the pipeline; that of the context unless told.")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = "--context",
            paramLabel = "CONTEXT",
            description = "Context of kubectl; the present one unless told.")
    private Optional<String> context = Optional.empty();

    String text() {
        return place;
    }

    /** Whether it is what is stored, not a job. */
    boolean isStored() {
        return !isAddress() && !isPipeline();
    }

    /** Whether it is the name of a pipeline on Kubernetes. */
    boolean isPipeline() {
        return NAME.matcher(place).matches() && !Files.exists(Path.of(place));
    }

    private boolean isAddress() {
        return place.startsWith("http://") || place.startsWith("https://");
    }

    /** The user's kubectl, with what the options say. */
    Kubectl kubectl() {
        return new Kubectl(Optional.ofNullable(System.getenv("WEIR_KUBECTL")).orElse("kubectl"), context, namespace);
    }

    /** @throws IOException when it is what is stored */
    Coordinators job() throws IOException {
        if (isAddress()) {
            return HttpCoordinators.at(
                    List.of(place.split(",")), Optional.ofNullable(System.getenv("WEIR_TOKEN")), PATIENCE);
        }
        if (isPipeline()) {
            return new KubernetesCoordinators(kubectl(), place);
        }
        throw new IOException(
                place + " says where checkpoints are: for a running job give the name of a pipeline on Kubernetes, or"
                        + " http://HOST:PORT of its coordinator");
    }

    /**
     * One for each region of a pipeline that durable edges cut into several.
     *
     * @throws IOException when it is what is stored
     */
    List<? extends Coordinators> jobs() throws IOException {
        return isPipeline() ? KubernetesCoordinators.regions(kubectl(), place) : List.of(job());
    }

    /**
     * As {@link #store}, one for each region of a pipeline that durable edges cut into several.
     *
     * @return empty when the problems of the file have been printed
     */
    List<Stores.Place> stores(PrintWriter err) throws IOException {
        return Stores.places(place, err);
    }

    /**
     * Where checkpoints are; of several regions, those of the first, which has the pipeline's name.
     *
     * @return empty when the problems of the file have been printed
     * @throws IOException when it is a job
     */
    Optional<Stores.Place> store(PrintWriter err) throws IOException {
        if (!isStored()) {
            throw new IOException(place
                    + " is a running job: give the pipeline's file, or the folder of its checkpoints as"
                    + " file:DIR/PIPELINE or s3://BUCKET/PREFIX/PIPELINE");
        }
        return Stores.place(place, err);
    }
}
