package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import stream.weir.api.function.AsyncFunction;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;
import stream.weir.runtime.function.ChainHarness.Out;

class AsyncOperatorIT {
    private final List<CompletableFuture<List<String>>> asked = new ArrayList<>();
    private final AsyncFunction<Object, String> asking = value -> {
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    };

    private ChainHarness chain(AsyncFunction<Object, String> function, int capacity, OnError onError) {
        return ChainHarness.of(new Step.Async<>("ask", () -> function, capacity, Duration.ofSeconds(30), onError));
    }

    @Test
    void when_answers_come_in_another_order_then_results_leave_in_that_of_the_records() throws Exception {
        // given
        ChainHarness chain = chain(asking, 10, OnError.FAIL);
        chain.send("k", 1, 5).send("k", 2, 6).send("k", 3, 7);
        // when
        asked.get(1).complete(List.of("b"));
        asked.get(2).complete(List.of("c", "d"));
        // then
        assertThat(chain.wakeUps()).isEqualTo(2);
        chain.chain().drain();
        assertThat(chain.taken()).isEmpty();
        asked.get(0).complete(List.of());
        chain.chain().drain();
        assertThat(chain.taken()).containsExactly(new Out("b", 6), new Out("c", 7), new Out("d", 7));
    }

    @Test
    void when_a_watermark_comes_then_it_does_not_overtake_records() throws Exception {
        // given
        ChainHarness chain = chain(asking, 10, OnError.FAIL);
        chain.watermark(1).send("k", 1, 5).watermark(5).send("k", 2, 8).watermark(8);
        assertThat(chain.chain().outputWatermark()).isEqualTo(1);
        // when, then
        asked.get(0).complete(List.of("a"));
        chain.chain().drain();
        assertThat(chain.chain().outputWatermark()).isEqualTo(5);
        asked.get(1).complete(List.of("b"));
        chain.chain().drain();
        assertThat(chain.chain().outputWatermark()).isEqualTo(8);
    }

    @Test
    void when_as_many_calls_as_allowed_are_under_way_then_the_first_is_waited_for() {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            // given
            ChainHarness chain = chain(
                    value -> CompletableFuture.supplyAsync(() -> List.of("<" + value + ">"), pool), 2, OnError.FAIL);
            // when
            List<Out> expected = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                chain.send("k", i, i);
                expected.add(new Out("<" + i + ">", i));
            }
            chain.restore();
            // then
            assertThat(chain.taken()).isEqualTo(expected);
        }
    }

    @Test
    void when_an_answer_fails_then_the_policy_decides_in_the_records_turn() throws Exception {
        // given
        ChainHarness chain = chain(asking, 10, OnError.SKIP);
        chain.send("k", 1, 5).send("k", 2, 6);
        // when
        asked.get(0).completeExceptionally(new IllegalStateException("no!"));
        asked.get(1).complete(List.of("b"));
        chain.chain().drain();
        // then
        assertThat(chain.taken()).containsExactly(new Out("b", 6));
        assertThat(chain.counted("skipped")).isEqualTo(1);
    }

    @Test
    void when_no_answer_comes_in_time_then_the_record_fails() {
        // given
        ChainHarness chain = chain(asking, 10, OnError.FAIL);
        chain.send("k", "r1", 5).time(29_999);
        // when, then
        assertThatThrownBy(() -> chain.time(30_000))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContainingAll("step ask", "r1", "no answer within 30000 ms");
    }
}
