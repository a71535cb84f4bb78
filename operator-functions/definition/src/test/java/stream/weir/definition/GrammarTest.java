package stream.weir.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.pipeline.CheckpointConfig.Alignment;
import stream.weir.api.pipeline.CheckpointConfig.Mode;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.RestoreFrom;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.api.pipeline.Step;
import stream.weir.api.pipeline.Step.JoinTime;
import stream.weir.api.pipeline.Step.JoinType;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.definition.aggregate.TimedRow;

/** What the grammar offers, one part after the other. */
final class GrammarTest {
    private static final String HEAD = """
            apiVersion: weir.stream/v1alpha1
            kind: StreamPipeline
            metadata: {name: p, labels: {team: a}, annotations: {x: y}}
            spec:
            """;

    private static final String SOURCE = """
            stages:
              - name: in
                source:
                  file: {path: in.csv, schema: {id: int, who: string, price: double, at: timestamp, tags: list(string)}}
                  eventTime: {field: at, maxOutOfOrderness: 1m, idleTimeout: 5s}
                  rate: 1000
                  onError: skip
            """;

    @Test
    void when_nothing_is_said_then_the_defaults_hold() {
        Pipeline pipeline = load(SOURCE);

        assertThat(pipeline.maxParallelism()).isEqualTo(128);
        assertThat(pipeline.checkpoint().timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(pipeline.checkpoint().mode()).isEqualTo(Mode.EXACTLY_ONCE);
        assertThat(pipeline.checkpoint().alignment()).isEqualTo(new Alignment(-1, false));
        assertThat(pipeline.checkpoint().snapshots().uri()).isEqualTo("file:/pipelines/weir-data");
        assertThat(pipeline.state()).isEqualTo(new StateConfig(StateConfig.Backend.ROCKSDB, true));
        assertThat(pipeline.restoreFrom()).isEmpty();
    }

    @Test
    void when_everything_is_said_then_the_model_has_it() {
        Pipeline pipeline =
                load("""
                maxParallelism: 64
                suspend: true
                image: weir:1
                deletionPolicy: Retain
                template: {spec: {}}
                checkpoint:
                  interval: 500ms
                  timeout: 1m
                  minPause: 1s
                  maxConcurrent: 2
                  tolerableFailures: -1
                  retained: 5
                  mode: AtLeastOnce
                  alignment: {maxBytes: 64KiB, spill: true}
                  snapshots: {uri: "s3://b/p", client: minio, endpoint: "http://m:9000", region: eu, pathStyle: true, credentialsSecret: s}
                state: {backend: Memory, incremental: false}
                restoreFrom: {savepoint: before-upgrade, allowDroppedState: true}
                """ + SOURCE.replace("name: in", "name: in\n    scale: {min: 1}\n    template: {}\n    image: i"));

        assertThat(pipeline.maxParallelism()).isEqualTo(64);
        assertThat(pipeline.checkpoint().interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(pipeline.checkpoint().tolerableFailures()).isEqualTo(-1);
        assertThat(pipeline.checkpoint().mode()).isEqualTo(Mode.AT_LEAST_ONCE);
        assertThat(pipeline.checkpoint().alignment()).isEqualTo(new Alignment(65_536, true));
        assertThat(pipeline.checkpoint().snapshots().endpoint()).contains("http://m:9000");
        assertThat(pipeline.state()).isEqualTo(new StateConfig(StateConfig.Backend.MEMORY, false));
        assertThat(pipeline.restoreFrom())
                .contains(new RestoreFrom(RestoreFrom.Kind.SAVEPOINT, "before-upgrade", true));
    }

    @Test
    void when_a_source_is_read_then_time_rate_and_policy_are_its_own() {
        var source = load(SOURCE).stage("in").source().orElseThrow();

        assertThat(source.rate()).hasValue(1000);
        assertThat(source.onError()).isEqualTo(OnError.SKIP);
        assertThat(source.eventTime().orElseThrow().maxOutOfOrderness()).isEqualTo(Duration.ofMinutes(1));
        assertThat(source.eventTime().orElseThrow().idleTimeout()).contains(Duration.ofSeconds(5));
        var options = ((TestConnectors.TestSource) source.source()).options();
        assertThat(options.get("path", java.nio.file.Path.class)).hasToString("/pipelines/in.csv");
        assertThat(options.get("bufferSize", Long.class)).isEqualTo(65_536);
        assertThat(options.get("poll", Duration.class)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void when_the_policy_stands_among_the_options_of_the_source_then_it_holds_as_well() {
        Pipeline pipeline =
                load(SOURCE.replace("    onError: skip\n", "").replace("path: in.csv", "path: in.csv, onError: skip"));

        assertThat(pipeline.stage("in").source().orElseThrow().onError()).isEqualTo(OnError.SKIP);
    }

    @Test
    void when_steps_change_rows_then_types_follow() {
        Pipeline pipeline = load(SOURCE
                + """
                - name: work
                  inputs: [{from: in, partition: rebalance}]
                  steps:
                    - flatMap: {as: tag, of: tags}
                    - map: {who: who, tag: tag, double_price: price * 2.0, literal: 5, yes: true}
                    - filter: tag != 'x'
                    - filter: yes
                      name: second
                    - function: {name: tag, config: {text: a}}
                      onError: skip
                """.replace("tag: tag,", "label: tag,")
                        .replace("filter: tag", "filter: label")
                        .indent(2));
        Stage work = pipeline.stage("work");

        assertThat(work.steps())
                .extracting(Step::name)
                .containsExactly("flatMap", "map", "filter", "second", "function");
        assertThat(outputs(work, Stage.MAIN)).containsExactly("who", "label", "double_price", "literal", "yes", "tag");
        Row in = Row.of(rows(pipeline), 1L, "ann", 2.5, Instant.EPOCH, List.of("p", "q"));
        assertThat(flatMapped(work, in)).hasSize(2).last().asString().endsWith("tags: [p, q], tag: q}");
        assertThat(mapped(work, flatMapped(work, in).getFirst()))
                .hasToString("{who: ann, label: p, double_price: 5.0, literal: 5, yes: true}");
    }

    @Test
    void when_late_rows_are_sent_to_a_stage_then_it_reads_them() {
        Pipeline pipeline = load(SOURCE + """
                - name: sums
                  inputs: [{from: in, keyBy: [who]}]
                  steps:
                    - aggregate:
                        window: {sliding: 3h, slide: 1h}
                        allowedLateness: 10m
                        late: {to: too-late}
                        fields: {first: {first: price}}
                - name: too-late
                  sink: {stdout: {}}
                """.indent(2));
        Step.WindowAggregate<?, ?, ?, ?, ?> step = (Step.WindowAggregate<?, ?, ?, ?, ?>)
                pipeline.stage("sums").steps().getLast();

        assertThat(step.window()).isEqualTo(new WindowSpec.Sliding(Duration.ofHours(3), Duration.ofHours(1)));
        assertThat(step.allowedLateness()).isEqualTo(Duration.ofMinutes(10));
        assertThat(step.lateOutput()).contains("late");
        assertThat(pipeline.stage("sums").steps())
                .extracting(Step::name)
                .containsExactly("aggregate-times", "aggregate");
        assertThat(pipeline.stage("too-late").inputs())
                .containsExactly(new Input("sums", "late", new Partitioning.Rebalance()));
        Row row = Row.of(rows(pipeline), 1L, "ann", 2.5, Instant.EPOCH, List.of());
        assertThat(reread(pipeline.stage("sums"), "late", new TimedRow(row, 5))).isEqualTo(row);
    }

    @Test
    void when_dead_letters_are_read_then_they_are_rows_of_their_own() {
        Pipeline pipeline = load(SOURCE.replace("onError: skip", "onError: deadLetter") + """
                - name: bad
                  inputs: [{from: in.deadLetters}]
                  steps: [{filter: "error.contains('at') && position != '' && step == 'source' && size(raw) > 0"}]
                  sink: {stdout: {}}
                """.indent(2));

        assertThat(outputs(pipeline.stage("in"), Stage.DEAD_LETTERS))
                .containsExactly("error", "step", "position", "raw");
        assertThat(pipeline.stage("bad").inputs().getFirst().output()).isEqualTo(Stage.DEAD_LETTERS);
    }

    @Test
    void when_rows_are_joined_then_left_and_right_are_rows_in_the_row() {
        Pipeline pipeline = load(SOURCE + """
                - name: other
                  source: {generator: {}}
                - name: both
                  inputs: [{from: in, keyBy: [id]}, {from: other, keyBy: [n]}]
                  steps:
                    - join: {left: other, right: in, within: 10m, type: left}
                    - map: {n: left.n, who: right.who, missing: right == null}
                """.indent(2));
        Step.Join<?, ?, ?> join =
                (Step.Join<?, ?, ?>) pipeline.stage("both").steps().getFirst();

        assertThat(join.type()).isEqualTo(JoinType.LEFT);
        assertThat(join.time()).isEqualTo(new JoinTime.Within(Duration.ofMinutes(10)));
        assertThat(outputs(pipeline.stage("both"), Stage.MAIN)).containsExactly("n", "who", "missing");
        assertThat(pipeline.stage("both").inputs())
                .extracting(input -> ((Partitioning.ByKey<?, ?>) input.partitioning())
                        .codec()
                        .schema())
                .containsOnly(new RowType(List.of(new RowType.Column("id", Primitive.INT64))).schema());
    }

    @Test
    void when_a_keyed_step_has_no_key_and_one_replica_then_all_rows_have_one_key() {
        Pipeline pipeline = load(SOURCE + """
                - name: total
                  inputs: [{from: in}]
                  steps:
                    - deduplicate: {by: [id, who], within: 1h}
                    - aggregate: {fields: {sum: {sum: price}, ids: {countDistinct: id}}}
                """.indent(2));
        Step.Deduplicate<?, ?> deduplicate =
                (Step.Deduplicate<?, ?>) pipeline.stage("total").steps().getFirst();

        assertThat(pipeline.stage("total").inputs().getFirst().partitioning()).isEqualTo(new Partitioning.Rebalance());
        assertThat(deduplicate.within()).contains(Duration.ofHours(1));
        assertThat(pipeline.stage("total").steps().getLast()).isInstanceOf(Step.RunningAggregate.class);
        assertThat(outputs(pipeline.stage("total"), Stage.MAIN)).containsExactly("sum", "ids");
    }

    @Test
    void when_one_stage_does_everything_then_its_rows_have_one_key_as_well() {
        Pipeline pipeline = load(SOURCE.stripTrailing() + """

                steps:
                  - aggregate: {window: {session: 30m}, fields: {n: {count: "*"}}}
                sink: {stdout: {}}
                """.indent(4));

        assertThat(outputs(pipeline.stage("in"), Stage.MAIN)).containsExactly("window_start", "window_end", "n");
    }

    @Test
    void when_a_function_has_two_inputs_then_they_are_named() {
        Pipeline pipeline = load(SOURCE + """
                - name: other
                  source: {generator: {}}
                - name: both
                  inputs: [{from: in, keyBy: [id]}, {from: other, keyBy: [n]}]
                  steps: [{function: {name: pair, left: in, right: other}}]
                """.indent(2));

        assertThat(pipeline.stage("both").steps().getFirst()).isInstanceOf(Step.TwoInput.class);
        assertThat(outputs(pipeline.stage("both"), Stage.MAIN)).contains("who");
    }

    @Test
    @SuppressWarnings("unchecked")
    void when_a_row_has_no_key_then_the_error_names_the_edge_and_the_field() {
        Pipeline pipeline = load(SOURCE + """
                - name: keyed
                  inputs: [{from: in, keyBy: [who, id]}]
                """.indent(2));
        var byKey = (Partitioning.ByKey<Row, Row>)
                pipeline.stage("keyed").inputs().getFirst().partitioning();

        assertThatThrownBy(() -> byKey.key().apply(Row.of(rows(pipeline), 1L, null, null, null, null)))
                .hasMessage("null key at in: who is null in {id: 1, who: null, price: null, at: null, tags: null};"
                        + " filter such rows out before keyBy");
    }

    private static Pipeline load(String spec) {
        String indented = HEAD + spec.indent(2);
        assertThat(PipelineText.problems(indented)).isEmpty();
        return Optional.of(PipelineText.load(indented))
                .map(PipelineFile.Loaded.class::cast)
                .orElseThrow()
                .pipeline();
    }

    private static RowType rows(Pipeline pipeline) {
        return ((TestConnectors.TestSource)
                        pipeline.stage("in").source().orElseThrow().source())
                .rows();
    }

    private static List<String> outputs(Stage stage, String output) {
        var schema = (stream.weir.api.codec.Schema.Struct)
                Optional.ofNullable(stage.outputs().get(output)).orElseThrow().schema();
        return schema.fields().stream().map(field -> field.name()).toList();
    }

    @SuppressWarnings("unchecked")
    private static Object reread(Stage stage, String output, Object value) {
        Codec<Object> codec =
                (Codec<Object>) Optional.ofNullable(stage.outputs().get(output)).orElseThrow();
        ByteWriter out = new ByteWriter();
        codec.encode(value, out);
        return codec.decode(new ByteReader(out.toByteArray()));
    }

    @SuppressWarnings("unchecked")
    private static List<Row> flatMapped(Stage stage, Row row) {
        Step.FlatMap<Row, Row> step = (Step.FlatMap<Row, Row>) stage.steps().getFirst();
        return (List<Row>) step.function().apply(row);
    }

    @SuppressWarnings("unchecked")
    private static Row mapped(Stage stage, Row row) {
        return ((Step.Map<Row, Row>) stage.steps().get(1)).function().apply(row);
    }
}
