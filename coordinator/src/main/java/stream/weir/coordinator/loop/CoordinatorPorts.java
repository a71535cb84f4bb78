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
 * @param endCalls for those about how the job is to end: one after another, over all loops of a process, as what a loop that is closed
 *     has begun to write could come after what the next one deletes
 * @param nanos monotonic
 * @param wallClock for people only
 * @param nonces never the same one twice, over all processes
 */
public record CoordinatorPorts(
        Executor loop,
        Executor storeCalls,
        Executor endCalls,
        Timer timer,
        LongSupplier nanos,
        InstantSource wallClock,
        Supplier<String> nonces) {
    /** With an order of their own for calls about ends, which loops that are made with these ports share. */
    public CoordinatorPorts(
            Executor loop,
            Executor storeCalls,
            Timer timer,
            LongSupplier nanos,
            InstantSource wallClock,
            Supplier<String> nonces) {
        this(loop, storeCalls, new InOrder(storeCalls), timer, nanos, wallClock, nonces);
    }

    Now now() {
        return new Now(nanos.getAsLong(), wallClock.millis());
    }
}
