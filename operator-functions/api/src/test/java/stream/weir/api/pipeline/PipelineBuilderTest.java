package stream.weir.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Aggregators;
import stream.weir.api.function.SideOutput;
import stream.weir.api.sink.Sink;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceReader;

class PipelineBuilderTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final WindowSpec.Tumbling HOURLY = new WindowSpec.Tumbling(HOUR);
    private static final SideOutput<String> LATE = new SideOutput<>("late", Codecs.STRING);
    private static final Sink<Object> SINK = context -> {
        throw new UnsupportedOperationException("nothing runs here");
    };

    @Test
    void when_built_then_the_model_is_as_said() {
        // given
        PipelineBuilder builder = PipelineBuilder.named("orders").maxParallelism(64);
        Output<String> orders = builder.stage("orders")
                .onError(OnError.DEAD_LETTER)
                .source(new Strings())
                .eventTime(String::length, Duration.ofSeconds(5))
                .rate(1000)
                .filter(order -> !order.isEmpty())
                .output();
        // when
        Pipeline pipeline = builder.stage("totals")
                .replicas(2)
                .from(orders)
                .keyBy(order -> order, Codecs.STRING)
                .window(HOURLY)
                .lateTo(LATE)
                .aggregate(Aggregators.count(), (key, start, end, count) -> count, Codecs.LONG)
                .sink(sink())
                .stage("late")
                .from(Output.of("totals", LATE))
                .rebalance()
                .sink(sink())
                .build();
        // then
        Stage first = pipeline.stage("orders");
        assertThat(first.source().orElseThrow().onError()).isEqualTo(OnError.DEAD_LETTER);
        assertThat(first.source().orElseThrow().rate()).hasValue(1000);
        assertThat(first.outputs()).containsKeys(Stage.MAIN, Stage.DEAD_LETTERS);
        Stage totals = pipeline.stage("totals");
        assertThat(totals.replicas()).isEqualTo(2);
        assertThat(totals.inputs().getFirst().partitioning()).isInstanceOf(Partitioning.ByKey.class);
        assertThat(totals.outputs()).containsEntry(Stage.MAIN, Codecs.LONG).containsEntry("late", Codecs.STRING);
        assertThat(totals.steps()).singleElement().isInstanceOf(Step.WindowAggregate.class);
        assertThat(pipeline.stage("late").inputs())
                .containsExactly(new Input("totals", "late", new Partitioning.Rebalance()));
    }

    @Test
    void when_steps_have_no_name_then_their_kind_and_number_is_it() {
        Pipeline pipeline = PipelineBuilder.named("p")
                .stage("a")
                .source(new Strings())
                .filter(text -> true)
                .map(Codecs.STRING, text -> text)
                .filter(text -> true)
                .as("own")
                .filter(text -> true)
                .deduplicate(text -> text, Codecs.STRING, HOUR)
                .aggregate(Aggregators.count(), (key, count) -> count, Codecs.LONG)
                .build();
        assertThat(pipeline.stage("a").steps())
                .extracting(Step::name)
                .containsExactly("filter", "map", "own", "filter-3", "deduplicate", "aggregate");
    }

    @Test
    void when_two_inputs_are_joined_then_the_step_names_them() {
        // given
        PipelineBuilder builder = PipelineBuilder.named("p");
        Output<String> left = builder.stage("l").source(new Strings()).output();
        Output<String> right = builder.stage("r").source(new Strings()).output();
        // when
        Pipeline pipeline = builder.stage("both")
                .replicas(3)
                .from(left, right)
                .keyBy(text -> text, text -> text, Codecs.STRING)
                .window(HOURLY)
                .left(Codecs.STRING, (one, other) -> one + Optional.ofNullable(other))
                .build();
        // then
        assertThat(pipeline.stage("both").steps()).singleElement().satisfies(step -> {
            Step.Join<?, ?, ?> join = (Step.Join<?, ?, ?>) step;
            assertThat(List.of(join.name(), join.left(), join.right())).containsExactly("join", "l", "r");
            assertThat(join.type()).isEqualTo(Step.JoinType.LEFT);
        });
    }

    @Test
    void when_there_are_problems_then_all_are_told_at_once() {
        PipelineBuilder builder = PipelineBuilder.named("My_Pipeline");
        builder.stage("flights").source(new Strings()).rate(0);
        builder.stage("by-carrier").from("flihgts", Codecs.STRING).rebalance().sink(sink());
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidPipelineException.class)
                .hasMessageContainingAll(
                        "pipeline My_Pipeline has 3 problems:",
                        "name: My_Pipeline is not a DNS label",
                        "stages[0].source.rate: 0 is not a number of records",
                        "stages[1].inputs[0].from: flihgts is not a stage; the stages are [flights]; did you mean flights?");
    }

    @SuppressWarnings("unchecked")
    private static <T> Sink<T> sink() {
        return (Sink<T>) SINK;
    }

    private record Strings() implements Source<String> {
        @Override
        public Codec<String> codec() {
            return Codecs.STRING;
        }

        @Override
        public SourceReader<String> open(SourceContext context) {
            throw new UnsupportedOperationException("nothing runs here");
        }
    }
}
