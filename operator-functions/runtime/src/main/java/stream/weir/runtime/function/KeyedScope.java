package stream.weir.runtime.function;

import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.SideOutput;
import stream.weir.api.function.StateDeclarations;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.KeyedStates;
import stream.weir.runtime.state.TimerHandler;
import stream.weir.runtime.state.Timers;

/** What a keyed function works with: key, time, state, timers and outputs. */
final class KeyedScope<K> implements KeyedContext<K> {
    private final OperatorContext context;
    private final StateCodec<K> keys;
    private final StateDeclarations states;
    private final Timers eventTimers;
    private final Timers processingTimers;
    private final OutsideErrors outside;
    private final Emitter emitter;

    /** The key of the present record or timer, once somebody asked for it. */
    private @Nullable K key;

    @SuppressWarnings("unchecked")
    private KeyedScope(
            OperatorContext context, OutsideErrors outside, StateDeclarations states, Timers event, Timers processing) {
        this.context = context;
        this.keys = new StateCodec<>((Codec<K>) context.keyCodec());
        this.outside = outside;
        this.states = states;
        this.eventTimers = event;
        this.processingTimers = processing;
        this.emitter = new Emitter(context, outside);
    }

    static <K> KeyedScope<K> of(String step, OperatorContext context) {
        OutsideErrors outside = new OutsideErrors();
        KeyedStateBackend backend = new GuardedBackend(context.backend(), outside);
        return new KeyedScope<>(
                context,
                outside,
                new KeyedStates(backend, context.key(), step, StepTables.evolution(backend, context)),
                StepTables.timers(step, "timers.event", backend, context),
                StepTables.timers(step, "timers.processing", backend, context));
    }

    /** A record or a timer of the context's key comes next. */
    void begin(long timestamp) {
        key = null;
        emitter.at(timestamp);
    }

    StateDeclarations states() {
        return states;
    }

    @SuppressWarnings("unchecked")
    <O> Collector<O> collector() {
        return (Collector<O>) emitter;
    }

    /** Throws the error that came from behind the function, or from its state, while it ran; to be called after each call of it. */
    void rethrow() {
        outside.rethrow();
    }

    void fireEventTimers(long watermark, TimerHandler handler) throws Exception {
        eventTimers.fire(watermark, handler);
    }

    void fireProcessingTimers(long now, TimerHandler handler) throws Exception {
        processingTimers.fire(now, handler);
    }

    @Override
    public K key() {
        K present = key;
        if (present == null) {
            present = keys.decode(context.key());
            key = present;
        }
        return present;
    }

    @Override
    public void setEventTimer(long time) {
        eventTimers.set(time);
    }

    @Override
    public void deleteEventTimer(long time) {
        eventTimers.delete(time);
    }

    @Override
    public void setProcessingTimer(long time) {
        processingTimers.set(time);
    }

    @Override
    public void deleteProcessingTimer(long time) {
        processingTimers.delete(time);
    }

    @Override
    public long timestamp() {
        return emitter.timestamp();
    }

    @Override
    public long watermark() {
        return context.watermark();
    }

    @Override
    public long processingTime() {
        return context.processingTime();
    }

    @Override
    public <T> void emit(SideOutput<T> output, T value) {
        emitter.emit(output, value);
    }

    @Override
    public int replica() {
        return context.replica();
    }
}
