package stream.weir.runtime.function;

import stream.weir.api.function.Collector;
import stream.weir.api.function.FunctionContext;
import stream.weir.api.function.ProcessFunction;
import stream.weir.api.function.SideOutput;

/** Runs a user's {@link ProcessFunction}. What it emitted before it failed stays emitted. */
final class ProcessOperator<I, O> implements ChainLink, FunctionContext {
    private final ProcessFunction<I, O> function;
    private final StepErrors errors;
    private final OperatorContext context;
    private final OutsideErrors outside = new OutsideErrors();
    private final Emitter emitter;

    ProcessOperator(ProcessFunction<I, O> function, StepErrors errors, OperatorContext context) {
        this.function = function;
        this.errors = errors;
        this.context = context;
        this.emitter = new Emitter(context, outside);
    }

    @Override
    public void open() {
        errors.opening(function::open);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        emitter.at(timestamp);
        try {
            function.process((I) value, this, (Collector<O>) emitter);
        } catch (Exception | StackOverflowError e) {
            outside.rethrow();
            errors.failed(e, value, timestamp);
            return;
        }
        outside.rethrow();
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

    @Override
    public void close() throws Exception {
        function.close();
    }
}
