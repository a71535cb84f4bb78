package stream.weir.testkit;

import java.util.List;
import java.util.function.Supplier;
import stream.weir.api.function.ProcessFunction;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;

/** A {@link FunctionHarness} for a function without a key. */
public final class ProcessHarness<I, O> extends FunctionHarness<O, ProcessHarness<I, O>> {
    private ProcessHarness(TwoCourses courses) {
        super(courses);
    }

    static <I, O> ProcessHarness<I, O> around(Supplier<ProcessFunction<I, O>> function) {
        Step step = new Step.Process<>(Course.STEP, function, OnError.FAIL);
        return new ProcessHarness<>(TwoCourses.of(step, List.of(), NoKey.CODEC));
    }

    /** @param timestamp event time in milliseconds since the epoch; {@link Long#MIN_VALUE} for none */
    public ProcessHarness<I, O> record(I value, long timestamp) {
        courses()
                .run(
                        "the record " + value + " at " + timestamp,
                        course -> course.record(0, NoKey.INSTANCE, value, timestamp));
        return this;
    }

    @Override
    ProcessHarness<I, O> self() {
        return this;
    }
}
