package stream.weir.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import stream.weir.api.pipeline.CheckpointConfig.Mode;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.StateConfig.Backend;
import stream.weir.api.pipeline.Step;
import stream.weir.api.pipeline.Step.JoinTime;
import stream.weir.api.pipeline.Step.JoinType;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.api.row.Row;

final class ContractPipelinesTest {
    @Test
    void when_the_flights_pipeline_is_loaded_then_the_model_says_what_the_file_says() throws Exception {
        Pipeline pipeline = contract("flight-delays");

        assertThat(pipeline.checkpoint().interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(pipeline.checkpoint().mode()).isEqualTo(Mode.EXACTLY_ONCE);
        assertThat(pipeline.checkpoint().snapshots().uri()).endsWith("/contract/weir-data/flight-delays");
        assertThat(pipeline.state().backend()).isEqualTo(Backend.ROCKSDB);
        assertThat(pipeline.stages()).extracting(Stage::name).containsExactly("flights", "by-carrier", "report");
        assertThat(pipeline.stage("by-carrier").replicas()).isEqualTo(2);
        assertThat(steps(pipeline, "by-carrier")).containsExactly("filter", "aggregate");
        assertThat(sinkColumns(pipeline))
                .containsExactly("carrier", "window_start", "window_end", "flights", "mean_delay", "worst");
    }

    @Test
    void when_rows_run_through_the_flights_stage_then_they_are_keyed_filtered_and_aggregated() throws Exception {
        Pipeline pipeline = contract("flight-delays");
        Row late = flight(pipeline, "AA", 12.0);

        assertThat(key(pipeline, "by-carrier", late)).hasToString("{carrier: AA}");
        assertThat(eventTime(pipeline, late))
                .isEqualTo(Instant.parse("2013-01-01T05:00:00Z").toEpochMilli());
        assertThat(passes(pipeline, late)).isTrue();
        assertThat(passes(pipeline, flight(pipeline, "AA", null))).isFalse();
        assertThat(aggregated(pipeline, late, flight(pipeline, "AA", 4.0)))
                .hasToString("{carrier: AA, window_start: 2013-01-01T00:00:00Z, window_end: 2013-01-02T00:00:00Z,"
                        + " flights: 2, mean_delay: 8.0, worst: 12.0}");
    }

    @Test
    void when_the_weather_pipeline_is_loaded_then_two_sources_meet_in_a_keyed_join() throws Exception {
        Pipeline pipeline = contract("weather-delays");
        Stage joined = pipeline.stage("in-weather");

        assertThat(pipeline.checkpoint().tolerableFailures()).isEqualTo(3);
        assertThat(joined.inputs()).allMatch(input -> input.partitioning() instanceof Partitioning.ByKey<?, ?>);
        assertThat(joined.steps().getFirst()).isInstanceOfSatisfying(Step.Join.class, join -> {
            assertThat(join.left()).isEqualTo("flights");
            assertThat(join.right()).isEqualTo("weather");
            assertThat(join.type()).isEqualTo(JoinType.INNER);
            assertThat(join.time()).isEqualTo(new JoinTime.Window(new WindowSpec.Tumbling(Duration.ofHours(1))));
        });
        assertThat(steps(pipeline, "in-weather")).containsExactly("join", "filter", "map");
        assertThat(sinkColumns(pipeline))
                .containsExactly("origin", "gale", "window_start", "window_end", "flights", "mean_delay");
    }

    private static Pipeline contract(String name) throws Exception {
        PipelineFile.Result result = new PipelineFile(TestConnectors.extensions()).read(resource(name + ".yaml"));
        assertThat(result).isInstanceOf(PipelineFile.Loaded.class);
        return ((PipelineFile.Loaded) result).pipeline();
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ContractPipelinesTest.class.getResource("/contract/" + name))
                .toURI());
    }

    private static List<String> steps(Pipeline pipeline, String stage) {
        return pipeline.stage(stage).steps().stream().map(Step::name).toList();
    }

    private static List<String> sinkColumns(Pipeline pipeline) {
        TestConnectors.TestSink sink =
                (TestConnectors.TestSink) pipeline.stage("report").sink().orElseThrow();
        return sink.rows().columns().stream().map(column -> column.name()).toList();
    }

    private static Row flight(Pipeline pipeline, String carrier, @org.jspecify.annotations.Nullable Double delay) {
        TestConnectors.TestSource source = (TestConnectors.TestSource)
                pipeline.stage("flights").source().orElseThrow().source();
        return Row.of(source.rows(), carrier, "JFK", delay, Instant.parse("2013-01-01T05:00:00Z"));
    }

    @SuppressWarnings("unchecked")
    private static Object key(Pipeline pipeline, String stage, Row row) {
        Partitioning partitioning = pipeline.stage(stage).inputs().getFirst().partitioning();
        return ((Partitioning.ByKey<Row, Row>) partitioning).key().apply(row);
    }

    @SuppressWarnings("unchecked")
    private static long eventTime(Pipeline pipeline, Row row) {
        var source = (stream.weir.api.pipeline.SourceStep<Row>)
                pipeline.stage("flights").source().orElseThrow();
        return source.eventTime().orElseThrow().timestamp().applyAsLong(row);
    }

    @SuppressWarnings("unchecked")
    private static boolean passes(Pipeline pipeline, Row row) {
        return ((Step.Filter<Row>) pipeline.stage("by-carrier").steps().getFirst())
                .predicate()
                .test(row);
    }

    @SuppressWarnings("unchecked")
    private static Object aggregated(Pipeline pipeline, Row... rows) {
        var step = (Step.WindowAggregate<Row, Row, Object, Object, Row>)
                pipeline.stage("by-carrier").steps().getLast();
        Object accumulator = step.aggregator().create();
        for (Row row : rows) {
            accumulator = step.aggregator().add(accumulator, row);
        }
        long start = Instant.parse("2013-01-01T00:00:00Z").toEpochMilli();
        Row key = (Row) key(pipeline, "by-carrier", rows[0]);
        return step.result()
                .of(key, start, start + 86_400_000, step.aggregator().result(accumulator));
    }
}
