package stream.weir.runtime.function;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Aggregator;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;
import stream.weir.api.pipeline.WindowSpec;

/** Steps over longs and strings. */
final class TestSteps {
    static final Codec<Long> LONG = Codecs.LONG;

    private TestSteps() {}

    /** Sums; fails on 13. */
    static final class Sum implements Aggregator<Long, Long, Long> {
        @Override
        public Long create() {
            return 0L;
        }

        @Override
        public Long add(Long accumulator, Long input) {
            if (input == 13) {
                throw new IllegalStateException("13 is unlucky");
            }
            return accumulator + input;
        }

        @Override
        public Long merge(Long left, Long right) {
            return left + right;
        }

        @Override
        public Long result(Long accumulator) {
            return accumulator;
        }
    }

    static WindowSpec tumbling(long size) {
        return new WindowSpec.Tumbling(Duration.ofMillis(size));
    }

    static WindowSpec sliding(long size, long slide) {
        return new WindowSpec.Sliding(Duration.ofMillis(size), Duration.ofMillis(slide));
    }

    static WindowSpec session(long gap) {
        return new WindowSpec.Session(Duration.ofMillis(gap));
    }

    /** Results as {@code key[start,end)=sum}; late records go to {@code late}. */
    static Step sumOf(WindowSpec window, long lateness) {
        return sumOf(window, lateness, OnError.FAIL);
    }

    static Step sumOf(WindowSpec window, long lateness, OnError onError) {
        return new Step.WindowAggregate<String, Long, Long, Long, String>(
                "sum",
                window,
                Duration.ofMillis(lateness),
                new Sum(),
                LONG,
                (key, start, end, sum) -> key + "[" + start + "," + end + ")=" + sum,
                Optional.of("late"),
                onError);
    }

    /** Pairs as {@code left+right}, of longs. */
    static Step join(Step.JoinTime time, Step.JoinType type) {
        return new Step.Join<Long, Long, String>(
                "join",
                "left",
                "right",
                time,
                type,
                LONG,
                LONG,
                (left, right) -> left + "+" + (right == null ? "none" : right),
                OnError.FAIL);
    }

    static Step.JoinTime window(long size) {
        return new Step.JoinTime.Window(new WindowSpec.Tumbling(Duration.ofMillis(size)));
    }

    static Step.JoinTime within(long distance) {
        return new Step.JoinTime.Within(Duration.ofMillis(distance));
    }

    static Step deduplicate(Optional<Duration> within) {
        return new Step.Deduplicate<Long, Long>("once", value -> value, LONG, within, OnError.FAIL);
    }

    static Step map(String name, Function<Object, Object> function, OnError onError) {
        return new Step.Map<>(name, function, onError);
    }
}
