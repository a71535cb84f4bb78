package stream.weir.definition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import stream.weir.definition.check.Graph;
import stream.weir.definition.check.GraphRegions;
import stream.weir.definition.problem.Located;
import stream.weir.definition.spec.InputSpec;
import stream.weir.definition.spec.PipelineSpec;
import stream.weir.definition.spec.StageSpec;
import stream.weir.definition.yaml.Cursor;

/**
 * A short name for all in a pipeline file that processes of a stage depend on: two files with the same revision of a stage can share
 * its processes. It stays the same when something else changes: numbers of replicas, scaling, times of checkpoints, filters of other
 * stages, how the file is laid out.
 *
 * <p>A revision is the first ten hexadecimal digits of the SHA-256 of a text that has
 *
 * <ul>
 *   <li>the pipeline's name, {@code maxParallelism}, {@code state}, {@code tls}, the checkpoints' mode, alignment and snapshots;
 *   <li>the stage as it is written, without {@code replicas} and {@code scale}; the pipeline's image and template;
 *   <li>its inputs, and who reads from it and how, with the options of durable edges; its region, where that has another name than
 *       the pipeline;
 *   <li>what the types of its records come from: the sources of all stages upstream, and their steps but for those that pass records
 *       on as they are. Types cannot be looked at, as that takes the connectors and functions.
 * </ul>
 */
final class StageRevisions {
    private static final int DIGITS = 10;
    private static final String FORMAT = "weir stage revision 1";

    /** Steps that pass a record on as it is, or not at all. */
    private static final Set<String> WITHOUT_EFFECT_ON_TYPES = Set.of("filter", "deduplicate");

    private final PipelineSpec spec;
    private final Map<String, Object> document;
    private final Map<String, List<String>> regions;
    private final Map<String, Map<String, Object>> written = new LinkedHashMap<>();

    private StageRevisions(PipelineSpec spec, Map<String, Object> document, Map<String, List<String>> regions) {
        this.spec = spec;
        this.document = document;
        this.regions = regions;
    }

    /**
     * The revision of each stage, in the order of the file.
     *
     * @param spec of a file without problems
     * @param root of the same file
     */
    static Map<String, String> of(PipelineSpec spec, Cursor root) {
        Map<String, Object> document = mapping(root.fields()
                .flatMap(fields -> fields.find("spec"))
                .flatMap(Cursor::plain)
                .orElse(Map.of()));
        StageRevisions revisions = new StageRevisions(spec, document, GraphRegions.of(spec.name(), Graph.of(spec)));
        if (document.get("stages") instanceof List<?> stages) {
            stages.forEach(
                    stage -> revisions.written.put(String.valueOf(mapping(stage).get("name")), mapping(stage)));
        }
        Map<String, String> all = new LinkedHashMap<>();
        spec.stages().forEach(stage -> all.put(stage.label(), digest(revisions.text(stage))));
        return all;
    }

    private String text(StageSpec stage) {
        CanonicalText text = new CanonicalText();
        text.line(FORMAT, spec.name(), spec.maxParallelism());
        text.line("state", spec.state().backend().name(), spec.state().incremental());
        text.line(
                "checkpoint",
                spec.checkpoint().mode().name(),
                spec.checkpoint().alignment().maxBytes(),
                spec.checkpoint().alignment().spill(),
                mapping(document.get("checkpoint")).getOrDefault("snapshots", Map.of()));
        text.line("image", document.getOrDefault("image", ""), document.getOrDefault("template", Map.of()));
        // Later additions: files without them have the revisions that they had.
        Optional.ofNullable(mapping(document.get("state")).get("volume"))
                .ifPresent(volume -> text.line("volume", volume));
        Optional.ofNullable(document.get("tls")).ifPresent(tls -> text.line("tls", tls));
        text.line("stage", without(written(stage.label()), Set.of("replicas", "scale", "inputs")));
        stage.inputs().forEach(input -> {
            text.line("input", input.from().value(), distribution(input));
            durable(stage, input)
                    .ifPresent(edge -> text.line("durable", input.from().value(), edge));
        });
        for (StageSpec reader : spec.stages()) {
            reader.inputs().stream()
                    .filter(input -> stageOf(input).equals(stage.label()))
                    .forEach(input -> {
                        text.line("reader", reader.label(), input.from().value(), distribution(input));
                        durable(reader, input).ifPresent(edge -> text.line("durable to", reader.label(), edge));
                    });
        }
        region(stage).ifPresent(name -> text.line("region", name));
        upstream(stage).forEach(name -> text.line("upstream", name, typesOf(name)));
        return text.toString();
    }

    /** What an edge runs over, as it is written; empty where it is a connection. */
    private Optional<Map<String, Object>> durable(StageSpec reader, InputSpec input) {
        return written(reader.label()).get("inputs") instanceof List<?> inputs
                ? inputs.stream()
                        .map(StageRevisions::mapping)
                        .filter(written -> input.from().value().equals(written.get("from")))
                        .map(written -> mapping(written.get("durable")))
                        .filter(edge -> !edge.isEmpty())
                        .findFirst()
                : Optional.empty();
    }

    /** Its region, unless that is called as the pipeline. */
    private Optional<String> region(StageSpec stage) {
        return regions.entrySet().stream()
                .filter(region -> region.getValue().contains(stage.label()))
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals(spec.name()))
                .findFirst();
    }

    /** Names of all stages whose records reach this one. */
    private Set<String> upstream(StageSpec stage) {
        Set<String> found = new TreeSet<>();
        Deque<StageSpec> next = new ArrayDeque<>(List.of(stage));
        while (!next.isEmpty()) {
            for (InputSpec input : next.remove().inputs()) {
                if (found.add(stageOf(input))) {
                    named(stageOf(input)).ifPresent(next::add);
                }
            }
        }
        return found;
    }

    /** What the type of a stage's records depends on, beside its own inputs' types. */
    private Map<String, Object> typesOf(String stage) {
        Map<String, Object> types = new LinkedHashMap<>();
        types.put(
                "inputs",
                named(stage).stream()
                        .flatMap(found -> found.inputs().stream())
                        .map(input -> List.of(input.from().value(), distribution(input)))
                        .toList());
        types.put("source", without(mapping(written(stage).get("source")), Set.of("rate", "onError")));
        List<?> steps = written(stage).get("steps") instanceof List<?> list ? list : List.of();
        types.put(
                "steps",
                steps.stream()
                        .map(StageRevisions::mapping)
                        .filter(step -> step.keySet().stream().noneMatch(WITHOUT_EFFECT_ON_TYPES::contains))
                        .map(step -> without(step, Set.of("name", "onError")))
                        .toList());
        return types;
    }

    private static List<Object> distribution(InputSpec input) {
        return switch (input.distribution()) {
            case InputSpec.Forward forward -> List.of("forward");
            case InputSpec.Rebalance rebalance -> List.of("rebalance");
            case InputSpec.Broadcast broadcast -> List.of("broadcast");
            case InputSpec.KeyBy keyBy ->
                List.of("keyBy", keyBy.fields().stream().map(Located::value).toList());
        };
    }

    private Optional<StageSpec> named(String name) {
        return spec.stages().stream()
                .filter(stage -> stage.label().equals(name))
                .findFirst();
    }

    private Map<String, Object> written(String stage) {
        return written.getOrDefault(stage, Map.of());
    }

    private static String stageOf(InputSpec input) {
        String from = input.from().value();
        int dot = from.indexOf('.');
        return dot < 0 ? from : from.substring(0, dot);
    }

    private static Map<String, Object> without(Map<String, Object> fields, Set<String> names) {
        Map<String, Object> rest = new LinkedHashMap<>(fields);
        rest.keySet().removeAll(names);
        return rest;
    }

    private static Map<String, Object> mapping(@Nullable Object plain) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (plain instanceof Map<?, ?> map) {
            map.forEach((name, value) -> fields.put(String.valueOf(name), value));
        }
        return fields;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
