package stream.weir.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts wake-ups and waits for them. */
public final class WakeUp implements Runnable {
    private static final int PATIENCE_SECONDS = 20;

    private final Semaphore signals = new Semaphore(0);

    @Override
    public void run() {
        signals.release();
    }

    public void await() {
        try {
            assertThat(signals.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("woken within %d s", PATIENCE_SECONDS)
                    .isTrue();
            signals.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public int count() {
        return signals.availablePermits();
    }
}
