package stream.weir.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Aggregators;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceReader;

class PipelineProblemsTest {
    private static final Partitioning REBALANCE = new Partitioning.Rebalance();
    private static final Partitioning FORWARD = new Partitioning.Forward();
    private static final Partitioning BY_KEY = new Partitioning.ByKey<String, String>(text -> text, Codecs.STRING);
    private static final Partitioning BY_NUMBER = new Partitioning.ByKey<String, Integer>(String::length, Codecs.INT);
    private static final WindowSpec DAY = new WindowSpec.Tumbling(Duration.ofDays(1));

    /** Each problem is told by its path, in the order of the pipeline; none: the pipeline is fine. */
    record Case(Pipeline pipeline, String... problems) {
        @Override
        public String toString() {
            return Arrays.toString(problems);
        }
    }

    static Stream<Case> cases() {
        Stage a = source("a");
        Stage a2 = replicas(2, a);
        return Stream.of(
                new Case(of(a, reads("b", from("a", REBALANCE)))),
                new Case(of(a2, replicas(3, reads("b", aggregate(DAY), from("a", BY_KEY))))),
                new Case(of(a2, reads("b", aggregate(DAY), from("a", REBALANCE)))),
                new Case(of(), "stages: [] holds no stage"),
                new Case(of(source("A_b")), "stages[0].name: A_b is not a DNS label"),
                new Case(of(source("")), "stages[0].name: \"\" is not a DNS label"),
                new Case(of(source("x".repeat(64))), "stages[0].name: " + "x".repeat(64) + " is not a DNS label"),
                new Case(of(a, a), "stages[1].name: a is the name of an earlier stage"),
                new Case(of(replicas(0, a)), "stages[0].replicas: 0 is less than 1"),
                new Case(of(replicas(129, a)), "stages[0].replicas: 129 is more than maxParallelism, 128"),
                new Case(
                        of(stage("n", 1, false, List.of(), List.of())), "stages[0]: n has neither a source nor inputs"),
                new Case(
                        of(a, stage("n", 1, true, List.of(), List.of(from("a", REBALANCE)))),
                        "stages[1]: n has both a source and inputs"),
                new Case(
                        of(source("flights"), reads("b", from("flihgts", REBALANCE))),
                        "stages[1].inputs[0].from: flihgts is not a stage; the stages are [flights]; did you mean flights?"),
                new Case(
                        of(source("flights"), reads("b", from("weather", REBALANCE))),
                        "stages[1].inputs[0].from: weather is not a stage; the stages are [flights]"),
                new Case(
                        of(a, reads("b", new Input("a", "lat", REBALANCE))),
                        "stages[1].inputs[0].from: a.lat is not an output of a; its side outputs are [late]; did you mean a.late?"),
                new Case(
                        of(a, reads("b", from("a", REBALANCE), from("a", FORWARD))),
                        "stages[1].inputs[1].from: a is read twice by this stage"),
                new Case(
                        of(a2, replicas(3, reads("b", from("a", FORWARD)))),
                        "stages[1].inputs[0].partition: forward goes from replica to replica, but a has 2 and b has 3"),
                new Case(
                        of(a, reads("b", from("a", REBALANCE), from("c", REBALANCE)), reads("c", from("b", REBALANCE))),
                        "stages[2].inputs[0].from: b closes a circle: b → c → b"),
                new Case(of(reads("b", from("b", REBALANCE))), "stages[0].inputs[0].from: b closes a circle: b → b"),
                new Case(
                        of(a, replicas(2, reads("b", aggregate(DAY), from("a", REBALANCE)))),
                        "stages[1].inputs[0].partition: rebalance cannot be: the step aggregate needs the key of each record"),
                new Case(
                        of(stage("s", 2, true, List.of(aggregate(DAY)), List.of())),
                        "stages[0].replicas: 2 cannot be: the step aggregate needs the key of each record, and a source has none"),
                new Case(
                        of(a, source("c"), reads("b", aggregate(DAY), from("a", BY_KEY), from("c", REBALANCE))),
                        "stages[2].inputs[1].partition: rebalance cannot be"),
                new Case(
                        of(a, source("c"), reads("b", aggregate(DAY), from("a", BY_KEY), from("c", BY_NUMBER))),
                        "stages[2].inputs[1].keyBy: int32 is another type of key than string of the first input"),
                new Case(
                        of(stage("s", 1, true, List.of(filter("f"), filter("f"), filter(" ")), List.of())),
                        "stages[0].steps[1].name: f is the name of an earlier step",
                        "stages[0].steps[2].name: \" \" is no name"),
                new Case(
                        of(stage("s", 1, true, List.of(async(0, Duration.ZERO)), List.of())),
                        "stages[0].steps[0].capacity: 0 is less than 1",
                        "stages[0].steps[0].timeout: PT0S is less than a millisecond"),
                step(
                        aggregate(new WindowSpec.Tumbling(Duration.ZERO)),
                        "window.tumbling: PT0S is less than a millisecond"),
                step(
                        aggregate(new WindowSpec.Sliding(Duration.ofHours(1), Duration.ofHours(2))),
                        "window.slide: PT2H is longer than the window, PT1H"),
                step(aggregate(new WindowSpec.Session(Duration.ofSeconds(-1))), "window.session: PT-1S is less than"),
                step(late(Duration.ofSeconds(-1), "late"), "allowedLateness: PT-1S is negative"),
                step(
                        late(Duration.ZERO, "lat"),
                        "late: lat is not a side output of s; those are [late]; did you mean late?"),
                new Case(
                        of(a, source("c"), reads("b", join("a", "cc"), from("a", BY_KEY), from("c", BY_KEY))),
                        "stages[2].steps[0].right: cc is not an input of b; those are [a, c]; did you mean c?",
                        "stages[2].steps[0]: c is an input of the stage, but neither left nor right"),
                new Case(
                        of(a, reads("b", join("a", "a"), from("a", BY_KEY))),
                        "stages[1].steps[0].right: a is the left input as well"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void when_checked_then_every_problem_is_told(Case each) {
        List<String> told = PipelineProblems.of(each.pipeline).stream()
                .map(Problem::toString)
                .toList();
        assertThat(told).hasSameSizeAs(each.problems);
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i)).startsWith(each.problems[i]);
        }
    }

    @Test
    void when_checkpoints_are_set_wrong_then_each_value_is_told() {
        // given
        CheckpointConfig fine = CheckpointConfig.defaults(CheckpointConfig.Snapshots.at("file:x"));
        CheckpointConfig wrong = new CheckpointConfig(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(-1),
                0,
                -2,
                0,
                fine.mode(),
                fine.alignment(),
                fine.snapshots());
        Pipeline pipeline = new Pipeline("p", 0, wrong, state(), Optional.empty(), List.of(source("a")));
        // then
        assertThat(PipelineProblems.of(pipeline))
                .extracting(Problem::path)
                .containsExactly(
                        "maxParallelism",
                        "checkpoint.interval",
                        "checkpoint.timeout",
                        "checkpoint.minPause",
                        "checkpoint.maxConcurrent",
                        "checkpoint.retained",
                        "checkpoint.tolerableFailures",
                        "stages[0].replicas");
    }

    @ParameterizedTest
    @CsvSource({"flihgts,flights", "FLIGHTS,flights", "fligts,flights", "wind,''", "totalz,totals", "x,''"})
    void when_a_name_is_misspelt_then_the_nearest_is_found(String name, String nearest) {
        assertThat(NearestName.of(name, List.of("flights", "weather", "totals")).orElse(""))
                .isEqualTo(nearest);
    }

    private static Pipeline of(Stage... stages) {
        return new Pipeline(
                "p",
                Pipeline.DEFAULT_MAX_PARALLELISM,
                CheckpointConfig.defaults(CheckpointConfig.Snapshots.at("file:x")),
                state(),
                Optional.empty(),
                List.of(stages));
    }

    private static StateConfig state() {
        return new StateConfig(StateConfig.Backend.MEMORY, false);
    }

    private static Case step(Step step, String problem) {
        return new Case(of(stage("s", 1, true, List.of(step), List.of())), "stages[0].steps[0]." + problem);
    }

    private static Stage source(String name) {
        return stage(name, 1, true, List.of(), List.of());
    }

    private static Stage reads(String name, Input... inputs) {
        return stage(name, 1, false, List.of(), List.of(inputs));
    }

    private static Stage reads(String name, Step step, Input... inputs) {
        return stage(name, 1, false, List.of(step), List.of(inputs));
    }

    private static Stage replicas(int replicas, Stage stage) {
        return stage(stage.name(), replicas, stage.source().isPresent(), stage.steps(), stage.inputs());
    }

    private static Stage stage(String name, int replicas, boolean source, List<Step> steps, List<Input> inputs) {
        Optional<SourceStep<?>> step = source
                ? Optional.of(new SourceStep<>(new Strings(), Optional.empty(), OptionalLong.empty(), OnError.FAIL))
                : Optional.empty();
        Map<String, Codec<?>> outputs = new HashMap<>(Map.of(Stage.MAIN, Codecs.STRING, "late", Codecs.STRING));
        return new Stage(name, replicas, step, inputs, new ArrayList<>(steps), Optional.empty(), outputs);
    }

    private static Input from(String stage, Partitioning partitioning) {
        return new Input(stage, Stage.MAIN, partitioning);
    }

    private static Step filter(String name) {
        return new Step.Filter<>(name, value -> true, OnError.FAIL);
    }

    private static Step async(int capacity, Duration timeout) {
        return new Step.Async<>(
                "async",
                () -> value -> {
                    throw new UnsupportedOperationException("nothing runs here");
                },
                capacity,
                timeout,
                OnError.FAIL);
    }

    private static Step aggregate(WindowSpec window) {
        return aggregate(window, Duration.ZERO, Optional.empty());
    }

    private static Step late(Duration lateness, String output) {
        return aggregate(DAY, lateness, Optional.of(output));
    }

    private static Step aggregate(WindowSpec window, Duration lateness, Optional<String> late) {
        return new Step.WindowAggregate<Object, Object, Long, Long, Long>(
                "aggregate",
                window,
                lateness,
                Aggregators.count().aggregator(),
                Codecs.LONG,
                (key, start, end, count) -> count,
                late,
                OnError.FAIL);
    }

    private static Step join(String left, String right) {
        return new Step.Join<String, String, String>(
                "join",
                left,
                right,
                new Step.JoinTime.Within(Duration.ofMinutes(1)),
                Step.JoinType.INNER,
                Codecs.STRING,
                Codecs.STRING,
                (one, other) -> one + other,
                OnError.FAIL);
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
