package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.definition.PipelineFile;
import stream.weir.definition.PipelineOutline;

/** Loads pipeline files for commands. */
final class Pipelines {
    private Pipelines() {}

    /** The pipeline, or empty when its problems have been printed. */
    static Optional<Pipeline> load(Path file, UserJars jars, PrintWriter err) throws IOException {
        return switch (read(file, jars)) {
            case PipelineFile.Loaded(Pipeline pipeline, var revisions) -> Optional.of(pipeline);
            case PipelineFile.Rejected rejected -> {
                print(rejected, file, err);
                yield Optional.empty();
            }
        };
    }

    /** The pipeline, or what is wrong with it. */
    static PipelineFile.Result read(Path file, UserJars jars) throws IOException {
        return PipelineFile.load(existing(file), jars.code());
    }

    /** What can be told without the functions that the file names; empty when its problems have been printed. */
    static Optional<PipelineOutline> outline(Path file, PrintWriter err) throws IOException {
        return switch (PipelineFile.outline(existing(file))) {
            case PipelineFile.Outlined(PipelineOutline outline) -> Optional.of(outline);
            case PipelineFile.Rejected rejected -> {
                print(rejected, file, err);
                yield Optional.empty();
            }
        };
    }

    private static Path existing(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(Files.exists(file) ? "it is not a file" : "there is no such file");
        }
        return file;
    }

    static void print(PipelineFile.Rejected rejected, Path file, PrintWriter err) {
        err.println(rejected.format(file.toString()));
        int count = rejected.problems().size();
        err.println(count + (count == 1 ? " problem" : " problems"));
    }
}
