package stream.weir.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import stream.weir.operator.validation.PipelineCheck.Result;

final class PipelineCheckTest {
    private static final String FILE = """
            apiVersion: weir.stream/v1alpha1
            kind: StreamPipeline
            metadata: {name: orders}
            spec:
              checkpoint: {snapshots: {uri: "file:/data"}}
              stages:
                - name: in
                  source: {generator: {count: 10, fields: {n: {sequence: 0}}}}
                - name: out
                  inputs: [{from: in%s}]
                  sink: {stdout: {}}
            """;

    @Test
    void when_the_edges_are_connections_then_the_pipeline_is_sound() {
        assertThat(PipelineCheck.check(FILE.formatted(""))).isInstanceOf(Result.Sound.class);
    }

    @Test
    void when_an_edge_is_durable_then_the_outline_has_both_regions() {
        String durable = ", durable: {kafka: {brokers: \"a:9092\", topic: edge, key: [n]}}";
        assertThat(((Result.Sound) PipelineCheck.check(FILE.formatted(durable)))
                        .outline()
                        .regions())
                .containsExactly(Map.entry("orders", List.of("in")), Map.entry("orders-out", List.of("out")));
    }

    @Test
    void when_an_expression_names_a_field_that_nothing_gives_then_refused_with_its_path() {
        String file = FILE.formatted("").replace("sink:", "steps: [{map: {a: n + 1}}, {filter: n > 0}]\n      sink:");
        assertThat(((Result.Unsound) PipelineCheck.check(file)).problems())
                .containsExactly("spec.stages[1].steps[1].filter: \"n > 0\" — no field n; did you mean \"a\"?");
    }

    @Test
    void when_stages_go_round_in_a_circle_and_one_is_missing_then_both_are_told() {
        String file = FILE.formatted("")
                .replace("source: {generator: {count: 10, fields: {n: {sequence: 0}}}}", "inputs: [{from: out}]")
                .replace("sink: {stdout: {}}", "sink: {stdout: {}}\n    - name: more\n      inputs: [{from: nobody}]");
        assertThat(((Result.Unsound) PipelineCheck.check(file)).problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("go round in a circle: "))
                .anyMatch(problem -> problem.contains("\"nobody\" — no stage of that name"));
    }
}
