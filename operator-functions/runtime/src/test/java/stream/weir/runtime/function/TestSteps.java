package stream.weir.runtime.function;

import java.time.Duration;
import java.util.Optional;
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
}
