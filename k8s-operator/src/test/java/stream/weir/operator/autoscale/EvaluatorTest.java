package stream.weir.operator.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static stream.weir.operator.autoscale.PipelineShape.Distribution.BROADCAST;
import static stream.weir.operator.autoscale.PipelineShape.Distribution.BY_KEY;
import static stream.weir.operator.autoscale.PipelineShape.Distribution.FORWARD;
import static stream.weir.operator.autoscale.PipelineShape.Distribution.REBALANCE;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import stream.weir.operator.autoscale.Evaluation.StageWish;
import stream.weir.operator.autoscale.PipelineShape.Distribution;
import stream.weir.operator.autoscale.PipelineShape.Input;
import stream.weir.operator.autoscale.PipelineShape.StageShape;

/** Replicas are given as records per second, busy share, blocked share. */
final class EvaluatorTest {
    private final Map<String, ScalingSettings> settings = new HashMap<>();
    private final Map<String, Measurement> measured = new HashMap<>();

    @Test
    void when_a_stage_is_the_bottleneck_then_all_are_sized_for_what_comes_at_once() {
        // given: 3,000 come; "b" does 1,000, and "c" after it gets only a third of what it will
        PipelineShape shape = shape(source("a"), stage("b", BY_KEY, "a"), stage("c", REBALANCE, "b"));
        lagging("a", 10_000, 2_000, Map.of("b", 1_000.0), load(1_000, 0.2, 0.8));
        measured("b", Map.of("c", 500.0), load(1_000, 1, 0));
        measured("c", Map.of(), load(500, 0.5, 0));
        // then: 3000 / 5000, 3000 / 1000, 1500 / 1000
        assertThat(wishes(shape)).containsEntry("a", 1).containsEntry("b", 5).containsEntry("c", 3);
    }

    @Test
    void when_a_source_without_lag_is_held_up_then_what_it_could_read_is_what_comes() {
        measured("a", Map.of(), load(1_000, 0.25, 0.75));

        assertThat(demand(shape(source("a")), "a").shared()).isEqualTo(4_000, within(1e-6));
    }

    @Test
    void when_a_source_is_idle_at_times_then_what_it_reads_is_what_comes() {
        measured("a", Map.of(), load(1_000, 0.25, 0.25));

        assertThat(demand(shape(source("a")), "a").shared()).isEqualTo(1_000, within(1e-6));
    }

    @Test
    void when_a_backlog_gets_less_then_what_comes_is_less_than_what_is_read() {
        lagging("a", 10_000, -400, Map.of(), load(1_000, 0.5, 0));

        assertThat(demand(shape(source("a")), "a").shared()).isEqualTo(600, within(1e-6));
    }

    @Test
    void when_two_streams_are_joined_then_each_brings_its_own() {
        // given
        PipelineShape shape = shape(source("a"), source("b"), stage("join", BY_KEY, "a", "b"));
        lagging("a", 0, 0, Map.of("join", 200.0), load(100, 0.1, 0));
        lagging("b", 0, 900, Map.of("join", 50.0), load(100, 0.1, 0.5));
        measured("join", Map.of(), load(250, 0.25, 0));
        // then
        assertThat(demand(shape, "join").shared()).isEqualTo(200 + 500, within(1e-6));
    }

    @Test
    void when_what_is_sent_is_not_counted_then_what_is_read_tells_it() {
        // given
        PipelineShape shape = shape(source("a"), stage("b", BY_KEY, "a"));
        lagging("a", 0, 100, Map.of(), load(100, 0.1, 0));
        measured("b", Map.of(), load(300, 0.3, 0));
        // then
        assertThat(demand(shape, "b").shared()).isEqualTo(600, within(1e-6));
    }

    @Test
    void when_records_go_to_every_replica_then_more_replicas_do_not_share_them() {
        // given: rules go to all, events are shared
        PipelineShape shape = shape(
                source("rules"),
                source("events"),
                new StageShape(
                        "apply",
                        List.of(new Input("rules", BROADCAST), new Input("events", REBALANCE)),
                        false,
                        OptionalInt.empty()));
        lagging("rules", 0, 0, Map.of("apply", 300.0), load(300, 0.1, 0));
        lagging("events", 0, 0, Map.of("apply", 1_200.0), load(1_200, 0.1, 0));
        measured("apply", Map.of(), load(900, 0.9, 0), load(900, 0.9, 0));
        // then: 1200 / (1000 * 0.7 - 300)
        assertThat(demand(shape, "apply")).isEqualTo(new Demand(1_200, 300, 0));
        assertThat(wishes(shape)).containsEntry("apply", 3);
    }

    @Test
    void when_a_stage_may_have_no_more_then_the_others_are_sized_for_what_flows() {
        // given
        PipelineShape shape = shape(source("a"), stage("b", BY_KEY, "a"), stage("c", BY_KEY, "b"));
        settings.put("c", auto(1, 2));
        lagging("a", 100_000, 9_000, Map.of("b", 1_000.0), load(1_000, 0.1, 0.9));
        measured("b", Map.of("c", 1_000.0), load(1_000, 0.5, 0.5));
        measured("c", Map.of(), load(1_000, 1, 0));
        // then: two of "c" do 2,000, for which "b" needs one replica
        assertThat(wish(shape, "c").wish()).isEqualTo(2);
        assertThat(wish(shape, "c").ask().limit()).contains(ScalingReason.MAX_REACHED);
        assertThat(wish(shape, "b").wish()).isEqualTo(2);
        assertThat(wish(shape, "a").wish()).isEqualTo(1);
    }

    @Test
    void when_stages_are_connected_by_forward_then_they_get_one_count() {
        // given
        PipelineShape shape = shape(source("a"), stage("b", FORWARD, "a"));
        lagging("a", 0, 2_000, Map.of("b", 1_000.0), load(1_000, 0.1, 0.9));
        measured("b", Map.of(), load(1_000, 1, 0));
        // then
        assertThat(wish(shape, "b").wish()).isEqualTo(5);
        assertThat(wish(shape, "a").wish()).isEqualTo(5);
        assertThat(wish(shape, "a").reason()).isEqualTo(ScalingReason.TIED);
    }

    @Test
    void when_one_replica_has_most_of_the_records_then_more_are_not_taken() {
        // given: 60 % are of one key
        PipelineShape shape = shape(source("a"), stage("b", BY_KEY, "a"));
        lagging("a", 1_000_000, 1_000, Map.of("b", 1_400.0), load(1_400, 0.1, 0.9));
        measured("b", Map.of(), load(1_000, 1, 0), load(200, 0.2, 0), load(200, 0.2, 0));
        // then
        StageWish wish = wish(shape, "b");
        assertThat(wish.wish()).isEqualTo(3);
        assertThat(wish.reason()).isEqualTo(ScalingReason.HOT_KEYS);
    }

    @Test
    void when_one_replica_is_slower_at_as_much_work_then_that_is_said() {
        // given
        PipelineShape shape = shape(source("a"), stage("b", REBALANCE, "a"));
        settings.put("b", auto(1, 3));
        lagging("a", 1_000_000, 3_000, Map.of("b", 1_000.0), load(1_000, 0.1, 0.9));
        measured("b", Map.of(), load(333, 1, 0), load(333, 0.2, 0), load(333, 0.2, 0));
        // then
        assertThat(wish(shape, "b").reason()).isEqualTo(ScalingReason.SLOW_REPLICA);
    }

    @Test
    void when_a_source_is_far_behind_and_yet_idle_then_it_waits_for_what_it_reads_from() {
        // given
        PipelineShape shape = shape(source("a"));
        lagging("a", 1_000_000, 1_000, Map.of(), load(1_000, 0.1, 0));
        // then
        assertThat(wish(shape, "a").wish()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void when_nothing_comes_then_the_least_is_enough() {
        // given
        PipelineShape shape = shape(source("a"), stage("b", BY_KEY, "a"));
        lagging("a", 0, 0, Map.of(), load(0, 0, 0));
        measured("b", Map.of(), load(0, 0, 0), load(0, 0, 0), load(0, 0, 0));
        // then
        assertThat(wish(shape, "b").wish()).isEqualTo(1);
    }

    @Test
    void when_a_source_has_fewer_parts_than_replicas_are_wanted_then_that_limits() {
        // given
        PipelineShape shape = shape(new StageShape("a", List.of(), false, OptionalInt.of(2)));
        lagging("a", 100, 2_000, Map.of(), load(1_000, 1, 0));
        // then
        StageWish wish = wish(shape, "a");
        assertThat(wish.wish()).isEqualTo(2);
        assertThat(wish.ask().limit()).contains(ScalingReason.SPLITS_REACHED);
    }

    @Test
    void when_stages_read_in_a_circle_then_they_are_named() {
        assertThatThrownBy(() -> shape(stage("a", BY_KEY, "b"), stage("b", BY_KEY, "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[a, b]");
    }

    private Demand demand(PipelineShape shape, String stage) {
        return Objects.requireNonNull(new Demands(shape, measured).of(Map.of()).get(stage));
    }

    private StageWish wish(PipelineShape shape, String stage) {
        return Objects.requireNonNull(evaluated(shape).get(stage));
    }

    private Map<String, Integer> wishes(PipelineShape shape) {
        Map<String, Integer> wishes = new HashMap<>();
        evaluated(shape).forEach((stage, wish) -> wishes.put(stage, wish.wish()));
        return wishes;
    }

    private Map<String, StageWish> evaluated(PipelineShape shape) {
        shape.stages().forEach(stage -> settings.putIfAbsent(stage.name(), auto(1, 20)));
        return new Evaluator(shape, settings).evaluate(measured, Map.of(), 0).stages();
    }

    private void measured(String stage, Map<String, Double> sent, Measurement.Load... loads) {
        measured.put(
                stage,
                new Measurement(
                        loads.length,
                        List.of(loads),
                        sent,
                        OptionalLong.empty(),
                        OptionalDouble.empty(),
                        OptionalLong.empty()));
    }

    private void lagging(String stage, long lag, double growth, Map<String, Double> sent, Measurement.Load load) {
        measured.put(
                stage,
                new Measurement(
                        1, List.of(load), sent, OptionalLong.of(lag), OptionalDouble.of(growth), OptionalLong.empty()));
    }

    private static Measurement.Load load(double rate, double busy, double blocked) {
        return new Measurement.Load(rate, busy, blocked);
    }

    private static ScalingSettings auto(int min, int max) {
        return SettingsReader.read(
                        "scale",
                        Map.of("mode", "Auto", "min", min, "max", max, "catchUp", "0s"),
                        ScalingSettings.defaults(),
                        128)
                .settings();
    }

    private static PipelineShape shape(StageShape... stages) {
        return new PipelineShape(128, List.of(stages));
    }

    private static StageShape source(String name) {
        return new StageShape(name, List.of(), false, OptionalInt.empty());
    }

    private static StageShape stage(String name, Distribution distribution, String... from) {
        List<Input> inputs =
                Arrays.stream(from).map(each -> new Input(each, distribution)).toList();
        return new StageShape(name, inputs, false, OptionalInt.empty());
    }
}
