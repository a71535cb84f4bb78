package stream.weir.stage.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.coordinator.store.ManifestReader;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.stage.ReplicaEnvironment;
import stream.weir.runtime.stage.StateCheck;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;

/**
 * Says whether a stage's steps could begin with the state of a checkpoint: one line of JSON on standard output, and where Kubernetes
 * looks for a container's last words.
 */
final class StateCheckRun {
    static final int COMPATIBLE = 0;
    static final int UNKNOWN = 1;
    static final int INCOMPATIBLE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(StateCheckRun.class);
    private static final String NEWEST = "newest";
    private static final String MANIFEST = "manifest.json";
    private static final Path LAST_WORDS = Path.of("/dev/termination-log");
    private static final Pattern DOCUMENT = Pattern.compile("(.+?)/((?:checkpoints/)?[^/]+\\.json)");

    private final Pipeline pipeline;
    private final StageIdentity identity;
    private final Folders folders;
    private final ReplicaEnvironment environment;
    private final PrintStream out;

    /** Opens folders of the snapshot store. */
    interface Folders {
        ObjectStore own() throws StoreException;

        ObjectStore at(String uri) throws StoreException;
    }

    /** @param out standard output */
    StateCheckRun(
            Pipeline pipeline,
            StageIdentity identity,
            Folders folders,
            ReplicaEnvironment environment,
            PrintStream out) {
        this.pipeline = pipeline;
        this.identity = identity;
        this.folders = folders;
        this.environment = environment;
        this.out = out;
    }

    /**
     * @param which {@code newest}, or the URI of a savepoint's folder or of a checkpoint's document
     * @return the exit code
     */
    int run(String which) {
        JsonObject answer = new JsonObject()
                .put("pipeline", identity.pipeline())
                .put("stage", identity.stage())
                .put("revision", identity.revision());
        int code;
        try {
            Optional<Manifest> manifest = manifest(which);
            List<String> problems = manifest.isEmpty()
                    ? List.of()
                    : StateCheck.problems(PipelineGraph.of(pipeline), identity.stage(), manifest.get(), environment);
            answer.put("checkpoint", manifest.map(Manifest::checkpoint).orElse(0L))
                    .put("compatible", problems.isEmpty())
                    .put("problems", new JsonArray(problems));
            code = problems.isEmpty() ? COMPATIBLE : INCOMPATIBLE;
        } catch (Exception e) {
            LOG.error("cannot check the state of {}", which, e);
            answer.put("error", "cannot check against " + which + ": " + e);
            code = UNKNOWN;
        }
        say(answer.encode());
        return code;
    }

    private Optional<Manifest> manifest(String which) throws StoreException, InvalidDocumentException {
        if (which.equals(NEWEST)) {
            try (ObjectStore own = folders.own()) {
                return ManifestReader.newest(own, pipeline.name());
            }
        }
        Matcher document = DOCUMENT.matcher(which);
        boolean named = document.matches();
        try (ObjectStore folder = folders.at(named ? document.group(1) : which)) {
            return Optional.of(ManifestReader.at(folder, named ? document.group(2) : MANIFEST));
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
        try {
            if (Files.isWritable(LAST_WORDS)) {
                Files.writeString(LAST_WORDS, line, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            LOG.warn("cannot write to {}", LAST_WORDS, e);
        }
    }
}
