package stream.weir.testkit;

import java.util.List;
import java.util.function.Supplier;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.TwoInputFunction;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.Step;

/** A {@link FunctionHarness} for a function with two keyed inputs. */
public final class TwoInputHarness<K, L, R, O> extends FunctionHarness<O, TwoInputHarness<K, L, R, O>> {
    private static final Input LEFT = new Input("left", Stage.MAIN, new Partitioning.Rebalance());
    private static final Input RIGHT = new Input("right", Stage.MAIN, new Partitioning.Rebalance());

    private TwoInputHarness(TwoCourses courses) {
        super(courses);
    }

    static <K, L, R, O> TwoInputHarness<K, L, R, O> around(
            Codec<K> keyCodec, Supplier<TwoInputFunction<K, L, R, O>> function) {
        Step step = new Step.TwoInput<>(Course.STEP, LEFT.from(), RIGHT.from(), function, OnError.FAIL);
        return new TwoInputHarness<>(TwoCourses.of(step, List.of(LEFT, RIGHT), keyCodec));
    }

    /** @param timestamp event time in milliseconds since the epoch; {@link Long#MIN_VALUE} for none */
    public TwoInputHarness<K, L, R, O> left(K key, L value, long timestamp) {
        courses()
                .run(
                        "the left record " + value + " of " + key + " at " + timestamp,
                        course -> course.record(0, key, value, timestamp));
        return this;
    }

    /** @param timestamp event time in milliseconds since the epoch; {@link Long#MIN_VALUE} for none */
    public TwoInputHarness<K, L, R, O> right(K key, R value, long timestamp) {
        courses()
                .run(
                        "the right record " + value + " of " + key + " at " + timestamp,
                        course -> course.record(1, key, value, timestamp));
        return this;
    }

    @Override
    TwoInputHarness<K, L, R, O> self() {
        return this;
    }
}
