package stream.weir.runtime.function;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import stream.weir.api.codec.Bytes;
import stream.weir.api.pipeline.DeadLetters;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Stage;
import stream.weir.runtime.state.StateIncompatibleException;

/**
 * What becomes of a record that a step's function failed on. Only for errors of the function itself: errors of state, edges and
 * later steps pass it by.
 */
final class StepErrors {
    /** Most characters of a record in an error message. */
    private static final int TEXT = 500;

    private final String step;
    private final OnError policy;
    private final OperatorContext context;

    StepErrors(String step, OnError policy, OperatorContext context) {
        this.step = step;
        this.policy = policy;
        this.context = context;
    }

    /**
     * Deals with a record as the policy says.
     *
     * @param subject the record, or a text that stands for what else the function worked on
     * @throws StepFailedException where the policy is to fail, or the thread was interrupted
     */
    void failed(Throwable error, Object subject, long timestamp) {
        if (error instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            throw failure(error, subject, timestamp);
        }
        switch (policy) {
            case FAIL -> throw failure(error, subject, timestamp);
            case SKIP -> context.count("skipped");
            case DEAD_LETTER -> {
                context.count("deadLetters");
                Bytes raw = Bytes.of(text(subject).getBytes(StandardCharsets.UTF_8));
                context.sideOutput(Stage.DEAD_LETTERS)
                        .emit(DeadLetters.row(String.valueOf(error), step, time(timestamp), raw), timestamp);
            }
        }
    }

    /** The error that ends the run whatever the policy. */
    StepFailedException failure(Throwable error, Object subject, long timestamp) {
        String problem = "cannot process " + bounded(text(subject)) + " (" + time(timestamp) + ")";
        return new StepFailedException(context.stage(), step, problem, error);
    }

    /** What a user's function does when it is opened. */
    interface Opening {
        void run() throws Exception;
    }

    /**
     * Opens the user's function. That its state cannot be restored is said by the state's own error.
     *
     * @throws StepFailedException when it fails
     */
    void opening(Opening function) {
        try {
            function.run();
        } catch (StateIncompatibleException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            throw failure(e, "open the function");
        }
    }

    /** An error outside any record, for instance when the function is opened. */
    StepFailedException failure(Throwable error, String activity) {
        return new StepFailedException(context.stage(), step, "cannot " + activity, error);
    }

    private static String text(Object value) {
        try {
            return value.toString();
        } catch (Exception | StackOverflowError e) {
            return "a " + value.getClass().getName() + " whose toString() fails with " + e;
        }
    }

    private static String bounded(String text) {
        return text.length() <= TEXT ? text : text.substring(0, TEXT) + "… (" + text.length() + " characters)";
    }

    private static String time(long timestamp) {
        return timestamp == Long.MIN_VALUE ? "without event time" : "event time " + Instant.ofEpochMilli(timestamp);
    }
}
