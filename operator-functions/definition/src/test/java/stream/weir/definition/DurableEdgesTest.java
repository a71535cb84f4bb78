package stream.weir.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.api.connector.EdgeConnector;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.pipeline.EdgeSource;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Regions;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.api.source.Source;

/** What {@code durable} makes of a file, and what it refuses. */
final class DurableEdgesTest {
    private static final String SOUND = """
            apiVersion: weir.stream/v1alpha1
            kind: StreamPipeline
            metadata: {name: orders}
            spec:
              stages:
                - name: in
                  source:
                    generator: {fields: {n: {sequence: 0}}}
                - name: take
                  inputs: [{from: in, durable: {log: {topic: t}}}]
                - name: sums
                  replicas: 2
                  inputs: [{from: take, keyBy: [n]}]
                  steps: [{aggregate: {fields: {rows: {count: "*"}}}}]
            """;

    /** A kind of edge that is never opened. */
    private record Log() implements EdgeConnector {
        @Override
        public String type() {
            return "log";
        }

        @Override
        public List<Option> options() {
            return List.of(Option.required("topic", Option.Kind.STRING, "Any."));
        }

        @Override
        public Sink<Row> sink(Options options, RowType rows) {
            return new TestConnectors.TestSink(options, rows);
        }

        @Override
        public Source<Row> source(Options options, RowType rows) {
            return new TestConnectors.TestSource(options, rows);
        }
    }

    private static PipelineFile.Result read(String text) {
        return new PipelineFile(TestConnectors.extensions().withEdges(List.of(new Log()))).read(text, Path.of("."));
    }

    @Test
    void when_an_edge_is_durable_then_the_pipeline_has_two_regions() {
        // given
        assertThat(read(SOUND))
                .as(() -> read(SOUND) instanceof PipelineFile.Rejected rejected ? rejected.format("file") : "")
                .isInstanceOf(PipelineFile.Loaded.class);
        Pipeline pipeline = ((PipelineFile.Loaded) read(SOUND)).pipeline();

        // when
        List<Pipeline> regions = Regions.of(pipeline);

        // then
        assertThat(regions).extracting(Pipeline::name).containsExactly("orders", "orders-take");
        assertThat(regions.getLast().stages()).extracting(Stage::name).containsExactly("take", "sums");
        assertThat(pipeline.stage("in").sink()).isPresent();
        assertThat(pipeline.stage("take").source().orElseThrow().source())
                .isInstanceOfSatisfying(
                        EdgeSource.class, edge -> assertThat(edge.from()).isEqualTo("in"));
        assertThat(Regions.with(pipeline, "sums").name()).isEqualTo("orders-take");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            {topic: t} ¦ {} ¦ topic: is required
            durable: {log: ¦ durable: {lgo: ¦ did you mean "log"?
            {log: {topic: t}} ¦ {} ¦ a durable edge is one of log
            durable: ¦ partition: broadcast, durable: ¦ a durable edge has neither keyBy nor partition
            durable: ¦ keyBy: [n], durable: ¦ a durable edge has neither keyBy nor partition
            {from: take, keyBy: [n]} ¦ {from: take, keyBy: [n]}, {from: in, keyBy: [n]} ¦ are also connected by edges that are not
            [{from: in, durable ¦ [{from: in.late, durable ¦ only the main output of a stage goes over a durable edge
            {log: {topic: t}}}] ¦ {log: {topic: t}}}, {from: more}] ¦ a durable edge is the only input of its stage
            """)
    void when_an_edge_cannot_be_durable_then_the_reason_is_told(String right, String wrong, String problem) {
        // given
        String text =
                SOUND.replace(right, wrong) + "    - {name: more, source: {generator: {fields: {n: {sequence: 0}}}}}\n";

        // then
        assertThat(read(text))
                .isInstanceOfSatisfying(PipelineFile.Rejected.class, rejected -> assertThat(rejected.format("file"))
                        .contains(problem));
    }

    @Test
    void when_two_stages_read_one_over_different_edges_then_it_is_refused() {
        String other = "    - {name: other, inputs: [{from: in, durable: {log: {topic: %s}}}]}\n";

        assertThat(read(SOUND + other.formatted("t"))).isInstanceOf(PipelineFile.Loaded.class);
        assertThat(read(SOUND + other.formatted("u")))
                .isInstanceOfSatisfying(PipelineFile.Rejected.class, rejected -> assertThat(rejected.format("file"))
                        .contains("over a durable edge with other options"));
    }
}
