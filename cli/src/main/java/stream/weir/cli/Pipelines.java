package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.definition.PipelineFile;

/** Loads pipeline files for commands. */
final class Pipelines {
    private Pipelines() {}

    /** The pipeline, or empty when its problems have been printed. */
    static Optional<Pipeline> load(Path file, PrintWriter err) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(Files.exists(file) ? "it is not a file" : "there is no such file");
        }
        return switch (PipelineFile.load(file)) {
            case PipelineFile.Loaded(Pipeline pipeline) -> Optional.of(pipeline);
            case PipelineFile.Rejected rejected -> {
                err.println(rejected.format(file.toString()));
                int count = rejected.problems().size();
                err.println(count + (count == 1 ? " problem" : " problems"));
                yield Optional.empty();
            }
        };
    }
}
