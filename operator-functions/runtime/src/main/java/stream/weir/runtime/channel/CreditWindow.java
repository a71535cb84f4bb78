package stream.weir.runtime.channel;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many bytes of one link may be on their way. With a fixed number a slow reader has seconds of work before a barrier that
 * has just been sent, and a quick one runs dry before its sender hears that there is room. So the window follows the reader: it
 * is what the reader has consumed in {@link #REACH}, within bounds. (The idea is that of TCP's window for a path of known
 * bandwidth, with a time that is chosen instead of a round trip that is found.)
 *
 * <p>May be used by any thread.
 */
abstract sealed class CreditWindow {
    /** For how long a reader has work when its link is full. */
    static final Duration REACH = Duration.ofMillis(100);

    /** The least that a window shrinks to: a few frames, as a link without any room between two of them stands still. */
    static final long LEAST_BYTES = 128 * 1024;

    /** How many bytes may be on their way now. */
    abstract long bytes();

    /** The reader has consumed this many. */
    abstract void consumed(int bytes);

    /** The sender found no room. */
    abstract void wasFull();

    /** Always as many. */
    static CreditWindow of(long bytes) {
        return new Fixed(bytes);
    }

    /**
     * As many as the reader consumes in {@link #REACH}.
     *
     * @param mostBytes never more; also the window's size when this is less than {@link #LEAST_BYTES}
     * @param nanoTime a monotonic clock
     */
    static CreditWindow following(long mostBytes, LongSupplier nanoTime) {
        return mostBytes <= LEAST_BYTES ? of(mostBytes) : new Following(mostBytes, nanoTime);
    }

    private static final class Fixed extends CreditWindow {
        private final long bytes;

        Fixed(long bytes) {
            this.bytes = bytes;
        }

        @Override
        long bytes() {
            return bytes;
        }

        @Override
        void consumed(int consumed) {}

        @Override
        void wasFull() {}
    }

    /**
     * Looks back once in a while, and only on times in which the link was full: what a reader consumes of a link that is not
     * says how quick the sender is.
     */
    private static final class Following extends CreditWindow {
        private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();
        private static final long FIRST_BYTES = 256 * 1024;

        private final long mostBytes;
        private final LongSupplier nanoTime;
        private final AtomicLong consumed = new AtomicLong();
        private final AtomicBoolean looking = new AtomicBoolean();
        private volatile long bytes;
        private volatile boolean full;
        private volatile long since;

        Following(long mostBytes, LongSupplier nanoTime) {
            this.mostBytes = mostBytes;
            this.nanoTime = nanoTime;
            this.bytes = Math.min(FIRST_BYTES, mostBytes);
            this.since = nanoTime.getAsLong();
        }

        @Override
        long bytes() {
            return bytes;
        }

        @Override
        void wasFull() {
            full = true;
        }

        @Override
        void consumed(int its) {
            consumed.addAndGet(its);
            long now = nanoTime.getAsLong();
            if (now - since >= LOOK_NANOS && looking.compareAndSet(false, true)) {
                look(now);
                looking.set(false);
            }
        }

        private void look(long now) {
            long nanos = now - since;
            if (nanos < LOOK_NANOS) {
                return; // Another thread has just looked.
            }
            since = now;
            long its = consumed.getAndSet(0);
            if (full) {
                full = false;
                double reach = (double) its * REACH.toNanos() / nanos;
                // A reader that was held up, by an alignment or a collection, is no slow one yet: it loses half at a
                // time.
                bytes = Math.clamp((long) Math.max(reach, bytes / 2.0), LEAST_BYTES, mostBytes);
            }
        }
    }
}
