package stream.weir.coordinator.loop;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import stream.weir.coordinator.checkpoint.Now;

/**
 * What the loop uses of the world.
 *
 * @param loop one thread, in order
 * @param storeCalls for calls that block; any number of threads
 * @param nanos monotonic
 * @param wallClock for people only
 * @param nonces never the same one twice, over all processes
 */
public record CoordinatorPorts(
        Executor loop,
        Executor storeCalls,
        Timer timer,
        LongSupplier nanos,
        InstantSource wallClock,
        Supplier<String> nonces) {
    Now now() {
        return new Now(nanos.getAsLong(), wallClock.millis());
    }
}
