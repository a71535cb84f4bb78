package stream.weir.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    void when_an_edge_is_durable_then_refused_with_the_regions_and_what_to_do() {
        String durable = ", durable: {kafka: {brokers: \"a:9092\", topic: edge, key: [n]}}";
        List<String> problems = ((Result.Unsound) PipelineCheck.check(FILE.formatted(durable))).problems();
        assertThat(problems).singleElement().asString().contains("[orders, orders-out]", "StreamPipeline of its own");
    }
}
