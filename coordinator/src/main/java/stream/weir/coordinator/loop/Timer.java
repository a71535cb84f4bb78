package stream.weir.coordinator.loop;

import java.time.Duration;

/** Runs something later. */
public interface Timer {
    /** Runs {@code task} once, on any thread, not before {@code delay} is over. */
    Scheduled after(Duration delay, Runnable task);

    /** A task that waits. */
    interface Scheduled {
        /** Without effect when it has run. */
        void cancel();
    }
}
