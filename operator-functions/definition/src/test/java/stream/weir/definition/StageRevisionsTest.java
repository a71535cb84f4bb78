package stream.weir.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageRevisionsTest {
    private static final Map<String, String> BEFORE = revisions(PipelineText.SOUND);

    @Test
    void when_two_stages_differ_then_their_revisions_do() {
        assertThat(new TreeSet<>(BEFORE.values())).hasSize(3).allMatch(each -> each.matches("[0-9a-f]{10}"));
    }

    /** Names, hashes and labels in clusters come from them: another one means that everything there is replaced. */
    @Test
    void when_the_file_is_the_same_then_the_revisions_are_those_of_every_release() {
        assertThat(BEFORE).isEqualTo(GOLDEN);
    }

    @Test
    void when_the_file_is_loaded_then_its_revisions_are_those_of_its_outline() {
        assertThat(PipelineText.load(PipelineText.SOUND))
                .isInstanceOfSatisfying(PipelineFile.Loaded.class, loaded -> assertThat(loaded.revisions())
                        .isEqualTo(BEFORE));
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(delimiter = '|', textBlock = """
            replicas: 2                     | replicas: 5
            replicas: 2                     | scale: {maxReplicas: 5}
            interval: 2s                    | interval: 3s¶    timeout: 1m
            customer: string, price         | "customer":   string, price
            inputs: [{from: totals}]        | inputs: [{from: totals, partition: rebalance}]
            maxParallelism: 16              | suspend: false¶  maxParallelism: 16
            """)
    void when_nothing_changes_that_a_process_depends_on_then_no_revision_does(String was, String is) {
        assertThat(revisions(changed(was, is.replace("¶", "\n")))).isEqualTo(BEFORE);
    }

    @ParameterizedTest(name = "{0} becomes {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            filter: price > 0.0       | filter: price > 1.0                 | totals
            filter: price > 0.0       | deduplicate: {by: [id]}             | totals
            path: out                 | path: elsewhere                     | report
            - name: report            | - name: bill                        | totals bill
            total: {sum: price}       | sum: {sum: price}                   | totals report
            eventTime: {field         | rate: 5¶        eventTime: {field | orders
            path: orders.csv          | path: others.csv                    | orders totals report
            keyBy: [customer]         | keyBy: [id]                         | orders totals report
            - name: totals            | - image: mine:2¶      name: totals | totals
            metadata: {name: orders}  | metadata: {name: deliveries}        | orders totals report
            maxParallelism: 16        | maxParallelism: 32                  | orders totals report
            maxParallelism: 16        | image: mine:2                       | orders totals report
            maxParallelism: 16        | state: {backend: Memory}            | orders totals report
            maxParallelism: 16        | state: {volume: {size: 5Gi}}        | orders totals report
            maxParallelism: 16        | tls: {secretName: certificates}     | orders totals report
            spill: true               | spill: false                        | orders totals report
            interval: 2s              | mode: AtLeastOnce                   | orders totals report
            interval: 2s              | snapshots: {uri: "s3://b/p"}        | orders totals report
            """)
    void when_something_changes_then_the_revisions_of_those_who_depend_on_it_do(String was, String is, String stages) {
        // when
        Map<String, String> after = revisions(changed(was, is.replace("¶", "\n")));
        // then
        List<String> changed = after.keySet().stream()
                .filter(stage -> !Objects.equals(after.get(stage), BEFORE.get(stage)))
                .toList();
        assertThat(String.join(" ", changed)).isEqualTo(stages);
    }

    @Test
    void when_an_edge_becomes_durable_then_both_its_stages_and_all_that_are_in_another_region_are_replaced() {
        // given
        String edges = """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: orders}
                spec:
                  stages:
                    - {name: in, source: {generator: {fields: {n: {sequence: 0}}}}}
                    - {name: take, inputs: [{from: in%s}]}
                    - {name: out, inputs: [{from: take}]}
                    - {name: other, inputs: [{from: in}]}
                """;
        Map<String, String> connected = revisions(edges.formatted(""));
        // when
        Map<String, String> durable = revisions(edges.formatted(", durable: {kafka: {topic: t}}"));
        Map<String, String> elsewhere = revisions(edges.formatted(", durable: {kafka: {topic: u}}"));
        // then
        assertThat(differ(connected, durable)).containsExactly("in", "take", "out");
        assertThat(differ(durable, elsewhere)).containsExactly("in", "take");
    }

    private static List<String> differ(Map<String, String> one, Map<String, String> other) {
        return one.keySet().stream()
                .filter(stage -> !Objects.equals(one.get(stage), other.get(stage)))
                .toList();
    }

    private static String changed(String was, String is) {
        assertThat(PipelineText.SOUND).contains(was);
        return PipelineText.SOUND.replace(was, is);
    }

    private static Map<String, String> revisions(String text) {
        return switch (PipelineFile.outline(text, Path.of("/pipelines"))) {
            case PipelineFile.Outlined(PipelineOutline outline) -> outline.revisions();
            case PipelineFile.Rejected rejected -> throw new AssertionError(rejected.format("f"));
        };
    }

    private static final Map<String, String> GOLDEN =
            Map.of("orders", "9b201e929f", "totals", "a9fa933956", "report", "5cc4582efe");
}
