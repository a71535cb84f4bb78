package stream.weir.wiring;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether a thread still does something, as it answers what it was asked. */
public final class SignOfLife {
    private SignOfLife() {}

    /**
     * Waits for the answer; blocks.
     *
     * @param answer completed by the thread
     * @param whose as "the process"
     * @return why there is no sign of life; empty when there is one
     */
    public static Optional<String> missing(Future<?> answer, Duration patience, String whose) {
        try {
            answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(whose + " has done nothing for " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
