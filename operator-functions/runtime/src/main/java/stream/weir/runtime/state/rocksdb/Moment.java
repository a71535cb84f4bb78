package stream.weir.runtime.state.rocksdb;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A time by two clocks: the monotonic one stands still while a machine sleeps, and the other one can be set back.
 *
 * @param nanos monotonic
 * @param millis since 1970
 */
record Moment(long nanos, long millis) {
    /** Where moments come from. */
    record Clocks(LongSupplier nanos, InstantSource clock) {
        Moment now() {
            return new Moment(nanos.getAsLong(), clock.millis());
        }
    }

    /** Whether less than {@code most} has gone by until then, by both clocks. */
    boolean isWithin(Duration most, Moment later) {
        return later.nanos - nanos < most.toNanos() && later.millis - millis < most.toMillis();
    }
}
