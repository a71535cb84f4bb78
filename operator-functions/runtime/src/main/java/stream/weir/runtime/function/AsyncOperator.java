package stream.weir.runtime.function;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import stream.weir.api.function.AsyncFunction;
import stream.weir.api.pipeline.Step;
import stream.weir.runtime.state.Key;

/**
 * Asks a user's function for each record and emits the answers in the order of the records. Answers arrive on any thread, which
 * only completes the call's future and wakes the replica; all else is done on the replica's thread. When as many calls as allowed
 * are under way, the replica waits for the first of them. Watermarks do not overtake records.
 */
final class AsyncOperator<I, O> implements ChainLink {
    /** Longest wait before the clock is asked again, milliseconds. */
    private static final long LOOK_AT_CLOCK = 50;

    private final AsyncFunction<I, O> function;
    private final int capacity;
    private final long timeout;
    private final StepErrors errors;
    private final OperatorContext context;
    private final PresentKey presentKey;
    private final Deque<Call<O>> calls = new ArrayDeque<>();

    AsyncOperator(Step.Async<I, O> step, AsyncFunction<I, O> function, StepErrors errors, OperatorContext context) {
        this.function = function;
        this.capacity = step.capacity();
        this.timeout = EventTimes.span("timeout", step.timeout(), 1);
        this.errors = errors;
        this.context = context;
        this.presentKey = new PresentKey(context.key());
    }

    /**
     * @param watermark the greatest one that came before the record
     * @param deadline processing time at which it has failed
     */
    private record Call<O>(
            Object value,
            long timestamp,
            EncodedKey key,
            int keyGroup,
            long watermark,
            long deadline,
            CompletableFuture<List<O>> answer) {}

    @Override
    public void open() {
        errors.opening(function::open);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        Key key = context.key();
        EncodedKey keyCopy = new EncodedKey(Arrays.copyOfRange(key.array(), key.offset(), key.offset() + key.length()));
        int keyGroup = key.keyGroup();
        drain();
        while (calls.size() >= capacity) {
            awaitFirst();
        }
        CompletableFuture<List<O>> answer = new CompletableFuture<>();
        try {
            function.apply((I) value).whenComplete((results, error) -> complete(answer, results, error));
        } catch (Exception | StackOverflowError e) {
            answer.completeExceptionally(e);
        }
        long deadline = context.processingTime() + timeout;
        calls.add(new Call<>(value, timestamp, keyCopy, keyGroup, context.watermark(), deadline, answer));
        drain();
    }

    @Override
    public long outputWatermark(long watermark) {
        Call<O> first = calls.peek();
        return first == null ? watermark : first.watermark();
    }

    @Override
    public void advanceProcessingTime(long now) {
        for (Call<O> call : calls) {
            if (call.deadline() <= now) {
                call.answer().completeExceptionally(new TimeoutException("no answer within " + timeout + " ms"));
            }
        }
        drain();
    }

    @Override
    public void drain() {
        Call<O> first = calls.peek();
        while (first != null && first.answer().isDone()) {
            calls.remove();
            emit(first);
            first = calls.peek();
        }
    }

    @Override
    public void beforeSnapshot() {
        while (!calls.isEmpty()) {
            awaitFirst();
        }
    }

    @Override
    public void endOfInput() {
        beforeSnapshot();
    }

    @Override
    public void close() throws Exception {
        function.close();
    }

    /** On any thread. */
    private void complete(CompletableFuture<List<O>> answer, @Nullable List<O> results, @Nullable Throwable error) {
        if (error != null) {
            answer.completeExceptionally(error);
        } else if (results == null) {
            answer.completeExceptionally(new NullPointerException("the function's answer is null"));
        } else {
            answer.complete(results);
        }
        context.wakeUp();
    }

    private void awaitFirst() {
        Call<O> first = calls.element();
        while (!first.answer().isDone()) {
            long left = first.deadline() - context.processingTime();
            if (left <= 0) {
                advanceProcessingTime(context.processingTime());
                return;
            }
            waitFor(first, Math.min(left, LOOK_AT_CLOCK));
        }
        drain();
    }

    private void waitFor(Call<O> call, long milliseconds) {
        try {
            call.answer().get(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.failure(e, call.value(), call.timestamp());
        } catch (TimeoutException | ExecutionException e) {
            // The clock is asked again; an error is dealt with when it is the call's turn.
            return;
        }
    }

    private void emit(Call<O> call) {
        List<O> results;
        try {
            results = call.answer().join();
        } catch (CompletionException e) {
            failed(call, Objects.requireNonNullElse(e.getCause(), e));
            return;
        }
        presentKey.set(call.keyGroup(), call.key().bytes(), 0, call.key().bytes().length);
        for (O result : results) {
            context.output().emit(result, call.timestamp());
        }
    }

    private void failed(Call<O> call, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof Error fatal && !(cause instanceof StackOverflowError)) {
            throw fatal;
        }
        errors.failed(cause, call.value(), call.timestamp());
    }
}
