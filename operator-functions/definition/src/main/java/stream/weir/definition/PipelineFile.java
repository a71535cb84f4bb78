package stream.weir.definition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.definition.check.Graph;
import stream.weir.definition.check.GraphRegions;
import stream.weir.definition.compile.Extensions;
import stream.weir.definition.compile.PipelineCompiler;
import stream.weir.definition.compile.PipelineCompiler.Compiled;
import stream.weir.definition.problem.Problem;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.ConnectorNames;
import stream.weir.definition.spec.PipelineReader;
import stream.weir.definition.spec.PipelineSpec;
import stream.weir.definition.yaml.Cursor;
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

    /**
     * The file is sound.
     *
     * @param revisions of all stages, as in {@link PipelineOutline#revisions}
     */
    public record Loaded(Pipeline pipeline, Map<String, String> revisions) implements Result {}

    /**
     * It is not.
     *
     * @param problems all that is wrong, in the order of the file; at least one
     */
    public record Rejected(List<Problem> problems) implements Result, OutlineResult {
        /** One line for each problem, with {@code file} as it should be called. */
        public String format(String file) {
            return String.join(
                    "\n", problems.stream().map(problem -> problem.format(file)).toList());
        }
    }

    /** The file's outline is sound; its steps were not looked at. */
    public record Outlined(PipelineOutline outline) implements OutlineResult {}

    /** What became of a file of which only the outline is read. */
    public sealed interface OutlineResult {}

    /**
     * Reads what a coordinator has to know.
     *
     * @throws IOException when the file cannot be read
     */
    public static OutlineResult outline(Path file) throws IOException {
        return outline(content(file), folderOf(file));
    }

    /**
     * As {@link #outline(Path)}, of one region of a pipeline with durable edges.
     *
     * @param region its name; may be left out where there is only one
     * @throws IOException when the file cannot be read, or has no such region
     */
    public static OutlineResult outline(Path file, Optional<String> region) throws IOException {
        OutlineResult result = outline(file);
        return result instanceof Outlined(PipelineOutline whole)
                ? new Outlined(whole.region(region)
                        .orElseThrow(() -> new IOException("the pipeline of " + file + " has the regions "
                                + whole.regions().keySet() + ", "
                                + region.map(name -> "none is called " + name).orElse("say which one is meant"))))
                : result;
    }

    /** @param folder where relative paths in {@code text} start */
    public static OutlineResult outline(String text, Path folder) {
        return outline(text.getBytes(StandardCharsets.UTF_8), folder);
    }

    /**
     * As {@link #outline(String, Path)}, and checks all that can be checked without the connectors and functions that the file names:
     * the graph, and expressions, keys and aggregates over rows whose fields are known.
     */
    public static OutlineResult checkedOutline(String text, Path folder) {
        return outline(text.getBytes(StandardCharsets.UTF_8), folder, PipelineCompiler::check);
    }

    private static OutlineResult outline(byte[] content, Path folder) {
        return outline(content, folder, (spec, problems) -> {});
    }

    private static OutlineResult outline(byte[] content, Path folder, BiConsumer<PipelineSpec, Problems> further) {
        Problems problems = new Problems();
        Optional<PipelineOutline> outline = YamlDocument.text(content, problems).flatMap(text -> {
            Optional<Cursor> raw = YamlDocument.root(text, new Problems());
            ConnectorNames connectors =
                    raw.map(ConnectorNames::writtenIn).orElse(new ConnectorNames(Set.of(), Set.of(), Set.of()));
            return YamlDocument.root(text, problems)
                    .flatMap(new PipelineReader(folder, connectors)::read)
                    .filter(spec -> isSound(spec, problems, further))
                    .flatMap(spec -> raw.map(root -> outline(spec, StageRevisions.of(spec, root))));
        });
        return outline.isPresent() && problems.isEmpty()
                ? new Outlined(outline.get())
                : new Rejected(problems.sorted());
    }

    private static boolean isSound(PipelineSpec spec, Problems problems, BiConsumer<PipelineSpec, Problems> further) {
        further.accept(spec, problems);
        return problems.isEmpty();
    }

    /**
     * Reads a file as people look at it; empty where it has problems.
     *
     * @throws IOException when the file cannot be read
     */
    public static Optional<PipelineDrawing> drawing(Path file) throws IOException {
        return drawing(content(file), folderOf(file));
    }

    /** @param folder where relative paths in {@code text} start */
    public static Optional<PipelineDrawing> drawing(String text, Path folder) {
        return drawing(text.getBytes(StandardCharsets.UTF_8), folder);
    }

    private static Optional<PipelineDrawing> drawing(byte[] content, Path folder) {
        Problems problems = new Problems();
        return YamlDocument.text(content, problems).flatMap(text -> {
            ConnectorNames connectors = YamlDocument.root(text, new Problems())
                    .map(ConnectorNames::writtenIn)
                    .orElse(new ConnectorNames(Set.of(), Set.of(), Set.of()));
            return YamlDocument.root(text, problems)
                    .flatMap(new PipelineReader(folder, connectors)::read)
                    .filter(spec -> problems.isEmpty())
                    .map(Drawings::of);
        });
    }

    /**
     * Loads a file with the connectors and functions that a class loader finds.
     *
     * @throws IOException when it, or one of them, cannot be read
     */
    public static Result load(Path file, ClassLoader code) throws IOException {
        return new PipelineFile(Extensions.in(code)).read(file);
    }

    /**
     * @throws IOException when the file cannot be read
     */
    public Result read(Path file) throws IOException {
        return read(content(file), folderOf(file));
    }

    /** @param folder where relative paths in {@code text} start */
    public Result read(String text, Path folder) {
        return read(text.getBytes(StandardCharsets.UTF_8), folder);
    }

    private Result read(byte[] content, Path folder) {
        Problems problems = new Problems();
        Optional<Cursor> root = YamlDocument.text(content, problems).flatMap(text -> YamlDocument.root(text, problems));
        Optional<Compiled> compiled =
                root.flatMap(document -> new PipelineCompiler(extensions, folder, problems).compile(document));
        return compiled.isPresent() && problems.isEmpty()
                ? new Loaded(
                        compiled.get().pipeline(),
                        StageRevisions.of(compiled.get().spec(), root.orElseThrow()))
                : new Rejected(problems.sorted());
    }

    private static Path folderOf(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElseGet(file::toAbsolutePath);
    }

    /** The file's content; of one that is too large only so much that its size is seen. */
    private static byte[] content(Path file) throws IOException {
        return Files.size(file) > YamlDocument.MAX_BYTES
                ? new byte[YamlDocument.MAX_BYTES + 1]
                : Files.readAllBytes(file);
    }

    private static PipelineOutline outline(PipelineSpec spec, Map<String, String> revisions) {
        return new PipelineOutline(
                spec.name(),
                spec.maxParallelism(),
                spec.checkpoint(),
                spec.state(),
                spec.restoreFrom(),
                Optional.empty(),
                GraphRegions.of(spec.name(), Graph.of(spec)),
                spec.stages().stream()
                        .map(stage -> new PipelineOutline.StageOutline(
                                stage.label(),
                                revisions.getOrDefault(stage.label(), ""),
                                stage.replicas().value(),
                                stage.inputs().stream()
                                        .filter(input -> input.durable().isEmpty())
                                        .map(input -> input.from().value())
                                        .toList(),
                                stage.sink().map(sink -> sink.type().value())))
                        .toList());
    }
}
