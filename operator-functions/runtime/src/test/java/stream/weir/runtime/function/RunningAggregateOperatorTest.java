package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;

import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;
import stream.weir.runtime.function.ChainHarness.Mode;

class RunningAggregateOperatorTest {
    @EachMode
    void when_a_record_is_added_then_the_running_result_is_sent_with_its_time(Mode mode) {
        // given
        Step step = new Step.RunningAggregate<String, Long, Long, Long, String>(
                "sum", new TestSteps.Sum(), TestSteps.LONG, (key, sum) -> key + "=" + sum, OnError.SKIP);
        ChainHarness chain = ChainHarness.of(mode, step);
        // when
        chain.send("a", 1L, 5).send("b", 2L, 3).send("a", 13L, 6).send("a", 4L, Long.MIN_VALUE);
        // then
        assertThat(chain.taken())
                .extracting(Object::toString)
                .containsExactly("a=1@5", "b=2@3", "a=5@" + Long.MIN_VALUE);
        assertThat(chain.counted("skipped")).isEqualTo(1);
    }
}
