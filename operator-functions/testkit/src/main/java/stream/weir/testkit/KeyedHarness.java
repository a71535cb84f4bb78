package stream.weir.testkit;

import java.util.List;
import java.util.function.Supplier;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;

/** A {@link FunctionHarness} for a keyed function. */
public final class KeyedHarness<K, I, O> extends FunctionHarness<O, KeyedHarness<K, I, O>> {
    private KeyedHarness(TwoCourses courses) {
        super(courses);
    }

    static <K, I, O> KeyedHarness<K, I, O> around(Codec<K> keyCodec, Supplier<KeyedProcessFunction<K, I, O>> function) {
        Step step = new Step.KeyedProcess<>(Course.STEP, function, OnError.FAIL);
        return new KeyedHarness<>(TwoCourses.of(step, List.of(), keyCodec));
    }

    /** @param timestamp event time in milliseconds since the epoch; {@link Long#MIN_VALUE} for none */
    public KeyedHarness<K, I, O> record(K key, I value, long timestamp) {
        courses()
                .run(
                        "the record " + value + " of " + key + " at " + timestamp,
                        course -> course.record(0, key, value, timestamp));
        return this;
    }

    @Override
    KeyedHarness<K, I, O> self() {
        return this;
    }
}
