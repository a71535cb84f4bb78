package stream.weir.store.open;

import java.time.Duration;

/** Lets the calling thread wait: {@code Thread::sleep}, or nothing at all in tests. */
public interface Pause {
    void pause(Duration duration) throws InterruptedException;
}
