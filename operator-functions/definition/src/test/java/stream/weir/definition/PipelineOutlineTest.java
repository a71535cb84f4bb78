package stream.weir.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.definition.PipelineOutline.StageOutline;

class PipelineOutlineTest {
    @TempDir
    private Path folder;

    @Test
    void when_connectors_and_functions_are_not_installed_then_the_outline_is_read_all_the_same() throws IOException {
        // given
        Path file = file("""
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: orders}
                spec:
                  maxParallelism: 64
                  checkpoint: {interval: 2s, snapshots: {uri: "file:snapshots"}}
                  stages:
                    - name: in
                      source: {pulsar: {topic: orders}, rate: 10}
                    - name: total
                      replicas: 3
                      inputs: [{from: in, keyBy: [customer]}]
                      steps: [{function: {name: ours}}]
                      sink: {warehouse: {table: totals}}
                """);
        // when
        PipelineFile.OutlineResult result = PipelineFile.outline(file);
        // then
        assertThat(result).asInstanceOf(type(PipelineFile.Outlined.class)).satisfies(read -> {
            assertThat(read.outline().name()).isEqualTo("orders");
            assertThat(read.outline().maxParallelism()).isEqualTo(64);
            assertThat(read.outline().stages())
                    .containsExactly(
                            new StageOutline(
                                    "in",
                                    read.outline().stages().getFirst().revision(),
                                    1,
                                    List.of(),
                                    Optional.empty()),
                            new StageOutline(
                                    "total",
                                    read.outline().stages().getLast().revision(),
                                    3,
                                    List.of("in"),
                                    Optional.of("warehouse")));
            assertThat(read.outline().revisions().values()).allMatch(each -> each.matches("[0-9a-f]{10}"));
        });
    }

    @Test
    void when_the_outline_is_wrong_then_all_problems_are_told_once() throws IOException {
        // given
        Path file = file("""
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: orders}
                spec:
                  maxParallelism: 0
                  checkpoint: {interval: soon, snapshots: {uri: "file:snapshots"}}
                  stages:
                    - name: in
                      replicas: -1
                      source: {pulsar: {}}
                """);
        // when
        PipelineFile.OutlineResult result = PipelineFile.outline(file);
        // then
        assertThat(result).asInstanceOf(type(PipelineFile.Rejected.class)).satisfies(rejected -> assertThat(
                        rejected.problems())
                .extracting(problem -> problem.path())
                .containsExactly("spec.maxParallelism", "spec.checkpoint.interval", "spec.stages[0].replicas"));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), text);
    }
}
