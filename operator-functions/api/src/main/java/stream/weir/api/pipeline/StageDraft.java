package stream.weir.api.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Codec;
import stream.weir.api.row.RowCodec;
import stream.weir.api.sink.Sink;
import stream.weir.api.source.Source;

/** A stage while it is being built; one thread. */
final class StageDraft {
    private final String name;
    private final List<Input> inputs = new ArrayList<>();
    private final List<StepDraft> steps = new ArrayList<>();
    private final Map<String, Codec<?>> outputs = new HashMap<>();
    private int replicas = 1;
    private OnError onError = OnError.FAIL;
    private @Nullable SourceDraft<?> source;
    private @Nullable Sink<?> sink;

    StageDraft(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** What the next step, or the source, does with what it cannot process. */
    OnError onError() {
        return onError;
    }

    /** Dead letters are an output as soon as there can be any. */
    void onError(OnError policy) {
        onError = policy;
        if (policy == OnError.DEAD_LETTER) {
            output(Stage.DEAD_LETTERS, RowCodec.of(DeadLetters.ROW_TYPE));
        }
    }

    void replicas(int count) {
        replicas = count;
    }

    <T> SourceDraft<T> source(Source<T> from) {
        SourceDraft<T> draft = new SourceDraft<>(from, onError);
        source = draft;
        output(Stage.MAIN, from.codec());
        return draft;
    }

    void input(Input input) {
        inputs.add(input);
    }

    /** @param step makes the step once its name is known */
    void step(String kind, Function<String, Step> step) {
        steps.add(new StepDraft(kind, Optional.empty(), step));
    }

    void nameLastStep(String stepName) {
        if (steps.isEmpty()) {
            throw new IllegalStateException("stage " + name + " has no step yet that could be named " + stepName);
        }
        StepDraft last = steps.removeLast();
        steps.add(new StepDraft(last.kind, Optional.of(stepName), last.step));
    }

    void output(String output, Codec<?> codec) {
        outputs.put(output, codec);
    }

    void sink(Sink<?> to) {
        sink = to;
    }

    Stage build() {
        return new Stage(
                name,
                replicas,
                source == null ? Optional.empty() : Optional.of(source.build()),
                inputs,
                namedSteps(),
                Optional.ofNullable(sink),
                outputs);
    }

    private List<Step> namedSteps() {
        StepNames names = new StepNames();
        List<Step> named = new ArrayList<>();
        for (StepDraft draft : steps) {
            String byKind = names.next(draft.kind);
            named.add(draft.step.apply(draft.name.orElse(byKind)));
        }
        return named;
    }

    private record StepDraft(String kind, Optional<String> name, Function<String, Step> step) {}

    /** A source while it is being built. */
    static final class SourceDraft<T> {
        private final Source<T> source;
        private final OnError onError;
        private Optional<EventTime<T>> eventTime = Optional.empty();
        private OptionalLong rate = OptionalLong.empty();

        SourceDraft(Source<T> source, OnError onError) {
            this.source = source;
            this.onError = onError;
        }

        void eventTime(EventTime<T> time) {
            eventTime = Optional.of(time);
        }

        void rate(long recordsPerSecond) {
            rate = OptionalLong.of(recordsPerSecond);
        }

        SourceStep<T> build() {
            return new SourceStep<>(source, eventTime, rate, onError);
        }
    }
}
