package stream.weir.definition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.definition.compile.Extensions;
import stream.weir.definition.compile.PipelineCompiler;
import stream.weir.definition.problem.Problem;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.yaml.YamlDocument;

/** Reads pipeline files. Safe for use by any number of threads. */
public final class PipelineFile {
    private final Extensions extensions;

    /** @param extensions the connectors and functions that files may name */
    public PipelineFile(Extensions extensions) {
        this.extensions = extensions;
    }

    /** What became of a file. */
    public sealed interface Result {}

    /** The file is sound. */
    public record Loaded(Pipeline pipeline) implements Result {}

    /**
     * It is not.
     *
     * @param problems all that is wrong, in the order of the file; at least one
     */
    public record Rejected(List<Problem> problems) implements Result {
        /** One line for each problem, with {@code file} as it should be called. */
        public String format(String file) {
            return String.join(
                    "\n", problems.stream().map(problem -> problem.format(file)).toList());
        }
    }

    /**
     * Loads a file with the connectors and functions on the class path.
     *
     * @throws IOException when it cannot be read
     */
    public static Result load(Path file) throws IOException {
        return new PipelineFile(Extensions.installed()).read(file);
    }

    /**
     * @throws IOException when the file cannot be read
     */
    public Result read(Path file) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseGet(file::toAbsolutePath);
        if (Files.size(file) > YamlDocument.MAX_BYTES) {
            return read(new byte[YamlDocument.MAX_BYTES + 1], folder);
        }
        return read(Files.readAllBytes(file), folder);
    }

    /** @param folder where relative paths in {@code text} start */
    public Result read(String text, Path folder) {
        return read(text.getBytes(StandardCharsets.UTF_8), folder);
    }

    private Result read(byte[] content, Path folder) {
        Problems problems = new Problems();
        Optional<Pipeline> pipeline = YamlDocument.text(content, problems)
                .flatMap(text -> YamlDocument.root(text, problems))
                .flatMap(root -> new PipelineCompiler(extensions, folder, problems).compile(root));
        return pipeline.isPresent() && problems.isEmpty()
                ? new Loaded(pipeline.get())
                : new Rejected(problems.sorted());
    }
}
