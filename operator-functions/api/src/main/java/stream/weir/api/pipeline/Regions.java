package stream.weir.api.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parts of a pipeline between durable edges. Each is a pipeline of its own: it has its own runs and checkpoints, and what fails in
 * one does not set another one back. The stages that nothing durable comes before are one region, with the pipeline's name;
 * each of the others is called {@code PIPELINE-STAGE} by its first stage that reads a durable edge.
 */
public final class Regions {
    private Regions() {}

    /**
     * A stage as far as regions go.
     *
     * @param inputs stages that it reads over connections
     * @param durable the stage that it reads over something durable
     */
    public record Member(String stage, List<String> inputs, Optional<String> durable) {}

    /** The pipeline's regions in the order of their first stages; the pipeline itself where it has no durable edge. */
    public static List<Pipeline> of(Pipeline pipeline) {
        List<Member> members = pipeline.stages().stream().map(Regions::member).toList();
        return names(pipeline.name(), members).entrySet().stream()
                .map(region -> new Pipeline(
                        region.getKey(),
                        pipeline.maxParallelism(),
                        pipeline.checkpoint(),
                        pipeline.state(),
                        region.getKey().equals(pipeline.name()) ? pipeline.restoreFrom() : Optional.empty(),
                        region.getValue().stream().map(pipeline::stage).toList()))
                .toList();
    }

    /**
     * The region that a stage belongs to.
     *
     * @throws IllegalArgumentException when there is no such stage
     */
    public static Pipeline with(Pipeline pipeline, String stage) {
        var found = pipeline.stage(stage);
        return of(pipeline).stream()
                .filter(region -> region.stages().contains(found))
                .findFirst()
                .orElseThrow();
    }

    private static Member member(Stage stage) {
        return new Member(
                stage.name(),
                stage.inputs().stream().map(Input::from).toList(),
                stage.source()
                        .map(SourceStep::source)
                        .filter(EdgeSource.class::isInstance)
                        .map(source -> ((EdgeSource<?>) source).from()));
    }

    /**
     * Which stages are in which region.
     *
     * @param pipeline its name
     * @param members all stages
     * @return names of stages by region, both in the order of {@code members}
     */
    public static Map<String, List<String>> names(String pipeline, List<Member> members) {
        Map<String, String> roots = new HashMap<>();
        members.forEach(member -> roots.put(member.stage(), member.stage()));
        for (Member member : members) {
            for (String input : member.inputs()) {
                if (roots.containsKey(input)) {
                    roots.put(root(roots, input), root(roots, member.stage()));
                }
            }
        }
        Map<String, String> byRoot = new TreeMap<>();
        for (Member member : members) {
            if (member.durable().isPresent()) {
                byRoot.putIfAbsent(root(roots, member.stage()), pipeline + "-" + member.stage());
            }
        }
        Map<String, List<String>> regions = new LinkedHashMap<>();
        for (Member member : members) {
            String name = byRoot.getOrDefault(root(roots, member.stage()), pipeline);
            regions.computeIfAbsent(name, unknown -> new ArrayList<>()).add(member.stage());
        }
        return regions;
    }

    private static String root(Map<String, String> roots, String stage) {
        String at = stage;
        for (String up = roots.get(at); up != null && !up.equals(at); up = roots.get(at)) {
            at = up;
        }
        return at;
    }
}
