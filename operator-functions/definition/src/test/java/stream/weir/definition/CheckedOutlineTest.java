package stream.weir.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said of a file by somebody who has none of its connectors and functions. */
final class CheckedOutlineTest {
    private static final String WITH_UNKNOWN_CODE = """
            apiVersion: weir.stream/v1alpha1
            kind: StreamPipeline
            metadata: {name: orders}
            spec:
              checkpoint: {snapshots: {uri: "s3://bucket/x"}}
              stages:
                - name: theirs
                  source: {pulsar: {topic: orders, schema: whatever}, eventTime: {field: at}}
                - name: of-theirs
                  inputs: [{from: theirs, keyBy: [customer]}]
                  steps: [{filter: anything > 0}, {map: {a: b + c}}]
                - name: ours
                  source: {generator: {fields: {n: {sequence: 0}}}}
                  steps: [{filter: n > 0}, {function: {name: enrich}}, {filter: enriched}]
                - name: late
                  inputs: [{from: ours.unmatched}]
                  sink: {warehouse: {table: unmatched}}
            """;

    @Test
    void when_the_file_is_sound_then_there_is_an_outline() {
        assertThat(problems(PipelineText.SOUND)).isEmpty();
    }

    @Test
    void when_rows_come_from_code_that_is_not_here_then_nothing_is_said_of_what_follows() {
        assertThat(problems(WITH_UNKNOWN_CODE)).isEmpty();
    }

    @Test
    void when_rows_are_known_up_to_a_function_then_what_is_before_it_is_checked() {
        assertThat(problems(WITH_UNKNOWN_CODE.replace("{filter: n > 0}", "{filter: m > 0}")))
                .singleElement()
                .asString()
                .contains("spec.stages[2].steps[0].filter", "no field m");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            price > 0.0 ¦ prize > 0.0
            price > 0.0 ¦ price > 0
            price > 0.0 ¦ price >
            price > 0.0 ¦ price
            keyBy: [customer] ¦ keyBy: [custmer]
            keyBy: [customer] ¦ keyBy: [tags]
            keyBy: [customer] ¦ partition: rebalance
            {sum: price} ¦ {sum: prize}
            {sum: price} ¦ {sum: customer}
            field: at ¦ field: time
            field: at ¦ field: price
            from: totals ¦ from: total
            from: totals ¦ from: totals.late
            from: totals ¦ from: report
            from: totals ¦ from: totals}, {from: orders
            replicas: 2 ¦ replicas: 17
            id: int ¦ id: integer
            name: report ¦ name: totals
            """)
    void when_something_is_wrong_then_the_same_is_said_as_with_the_connectors(String right, String wrong) {
        assertThat(PipelineText.SOUND).contains(right);
        List<String> all = PipelineText.problems(right, wrong);
        assertThat(all).isNotEmpty();
        assertThat(problems(PipelineText.SOUND.replace(right, wrong))).isEqualTo(all);
    }

    private static List<String> problems(String text) {
        return PipelineFile.checkedOutline(text, Path.of("/pipelines")) instanceof PipelineFile.Rejected rejected
                ? rejected.format("f").lines().toList()
                : List.of();
    }
}
