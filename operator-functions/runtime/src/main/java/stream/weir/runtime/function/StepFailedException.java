package stream.weir.runtime.function;

import java.io.Serial;

/**
 * A step's function failed, and its error policy does not swallow it. Names stage, step, record and time; the function's own
 * exception is the cause.
 */
public final class StepFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String stage;
    private final String step;

    StepFailedException(String stage, String step, String problem, Throwable cause) {
        super("Stage " + stage + ", step " + step + ": " + problem + ": " + cause, cause);
        this.stage = stage;
        this.step = step;
    }

    public String stage() {
        return stage;
    }

    public String step() {
        return step;
    }
}
