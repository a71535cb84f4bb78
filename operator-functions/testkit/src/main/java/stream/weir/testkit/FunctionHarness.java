package stream.weir.testkit;

import java.util.List;
import java.util.function.Supplier;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.ProcessFunction;
import stream.weir.api.function.SideOutput;
import stream.weir.api.function.TwoInputFunction;

/**
 * Feeds a function and collects what it emits. Two courses of the function run side by side: one as it is, and one that is
 * snapshotted, thrown away and restored into a fresh instance after every call. Both have to emit the same; where they differ, the
 * function keeps something outside of the state that it declares, and the call fails with an {@link AssertionError} that shows
 * both. So the supplier must make a new instance each time, and what the function emits needs {@code equals}.
 *
 * <p>Time stands still until the test moves it: the watermark is absent and the clock is at 0 at first. An exception of the
 * function comes out of the call wrapped as in a pipeline, with the function's own as its cause.
 *
 * {@snippet :
 * // A function that emits how many records a key has had, when nothing has come for 10 ms.
 * try (var harness = FunctionHarness.keyed(Codecs.STRING, CountUntilQuiet::new)) {
 *     harness.record("a", "x", 100).record("b", "x", 103).record("a", "y", 105);
 *     harness.watermark(113);
 *     assertThat(harness.outputs()).containsExactly("b: 1");
 *     harness.watermark(115);
 *     assertThat(harness.emitted()).containsExactly(new Emitted<>("a: 2", 115));
 * }
 * }
 *
 * @param <O> what the function emits
 * @param <H> the harness itself
 */
public abstract sealed class FunctionHarness<O, H extends FunctionHarness<O, H>> implements AutoCloseable
        permits ProcessHarness, KeyedHarness, TwoInputHarness {
    private final TwoCourses courses;

    FunctionHarness(TwoCourses courses) {
        this.courses = courses;
    }

    /** A harness for a function without a key. */
    public static <I, O> ProcessHarness<I, O> of(Supplier<ProcessFunction<I, O>> function) {
        return ProcessHarness.around(function);
    }

    /** A harness for a function whose records have a key. */
    public static <K, I, O> KeyedHarness<K, I, O> keyed(
            Codec<K> keyCodec, Supplier<KeyedProcessFunction<K, I, O>> function) {
        return KeyedHarness.around(keyCodec, function);
    }

    /** A harness for a function with two inputs whose records have a key. */
    public static <K, L, R, O> TwoInputHarness<K, L, R, O> twoInput(
            Codec<K> keyCodec, Supplier<TwoInputFunction<K, L, R, O>> function) {
        return TwoInputHarness.around(keyCodec, function);
    }

    /** Tells that event time is complete up to {@code watermark}, in milliseconds; fires the event timers that are due. */
    public H watermark(long watermark) {
        courses.run("the watermark " + watermark, course -> course.watermark(watermark));
        return self();
    }

    /** Moves the clock, in milliseconds; fires the processing timers that are due. */
    public H processingTime(long now) {
        courses.run("the time " + now, course -> course.processingTime(now));
        return self();
    }

    /** Ends the input: the last watermark, which fires all event timers, then the function's own end. */
    public H endOfInput() {
        courses.run("the end of input", Course::endOfInput);
        return self();
    }

    /** The values emitted since the last call of this method or of {@link #emitted()}. */
    @SuppressWarnings("unchecked")
    public List<O> outputs() {
        return courses.taken().stream().map(each -> (O) each.value()).toList();
    }

    /** As {@link #outputs()}, with their times. */
    @SuppressWarnings("unchecked")
    public List<Emitted<O>> emitted() {
        return courses.taken().stream()
                .map(each -> new Emitted<>((O) each.value(), each.timestamp()))
                .toList();
    }

    /** The values emitted to a side output since the last call of this method for it. */
    @SuppressWarnings("unchecked")
    public <T> List<T> sideOutput(SideOutput<T> output) {
        return courses.takenFrom(output.name()).stream()
                .map(each -> (T) each.value())
                .toList();
    }

    /** Closes the function's instances. */
    @Override
    public void close() throws Exception {
        courses.close();
    }

    abstract H self();

    final TwoCourses courses() {
        return courses;
    }
}
