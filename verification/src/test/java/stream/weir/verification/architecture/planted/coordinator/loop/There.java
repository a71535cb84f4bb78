package stream.weir.verification.architecture.planted.coordinator.loop;

import java.util.function.LongSupplier;
import stream.weir.verification.architecture.planted.coordinator.store.Back;

/** Takes what it has to be given, and goes round in a circle with another package. */
public record There(Back back) {
    static double takes() {
        LongSupplier nanos = System::nanoTime;
        Thread thread = new Thread(() -> {});
        return System.currentTimeMillis() + nanos.getAsLong() + thread.threadId() + Math.random();
    }
}
