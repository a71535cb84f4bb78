package stream.weir.benchmarks.workload;

import java.util.function.LongSupplier;

/**
 * The part of a run that counts: from the first measured record that a source emits, after the load where there is one, to the end
 * of the job. Safe for use by any number of threads.
 */
public final class MeasuredPart {
    private final LongSupplier nanos;
    private final LongSupplier cpuNanos;
    private boolean begun;
    private long beginNanos;
    private long beginCpuNanos;

    /** What was used, in nanoseconds. */
    public record Cost(long nanos, long cpuNanos) {}

    /**
     * @param nanos a monotonic clock
     * @param cpuNanos processor time of the process
     */
    public MeasuredPart(LongSupplier nanos, LongSupplier cpuNanos) {
        this.nanos = nanos;
        this.cpuNanos = cpuNanos;
    }

    /** Only the first call counts. */
    public synchronized void begin() {
        if (!begun) {
            begun = true;
            beginNanos = nanos.getAsLong();
            beginCpuNanos = cpuNanos.getAsLong();
        }
    }

    /**
     * From the beginning until now.
     *
     * @throws IllegalStateException when no source came to a measured record
     */
    public synchronized Cost end() {
        if (!begun) {
            throw new IllegalStateException("nothing was measured: no source came to its first measured record");
        }
        return new Cost(nanos.getAsLong() - beginNanos, cpuNanos.getAsLong() - beginCpuNanos);
    }
}
