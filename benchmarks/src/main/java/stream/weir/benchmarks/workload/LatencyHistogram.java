package stream.weir.benchmarks.workload;

import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts times in buckets, 128 for each power of two, so that a time is known to within 1 %. Safe for use by any number of threads;
 * histograms of several processes are added up through their text.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 7;
    private static final int SUB = 1 << SUB_BITS;
    private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB;
    private static final String NOTHING = "-";

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    /** @param nanos what is less than 0 counts as 0 */
    public void add(long nanos) {
        counts.incrementAndGet(bucket(nanos < 0 ? 0 : nanos));
    }

    /** Adds what {@link #text} of another one says. */
    public void addAll(String text) {
        if (text.equals(NOTHING)) {
            return;
        }
        for (String entry : text.split(",")) {
            int colon = entry.indexOf(':');
            counts.addAndGet(Integer.parseInt(entry.substring(0, colon)), Long.parseLong(entry.substring(colon + 1)));
        }
    }

    public long count() {
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /**
     * The least bucket that this share of all times does not exceed, by its upper end.
     *
     * @param share from 0 to 1
     * @return in nanoseconds; 0 where there are no times
     */
    public long quantile(double share) {
        long wanted = (long) Math.ceil(share * count());
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts.get(i);
            if (seen > 0 && seen >= wanted) {
                return end(i);
            }
        }
        return 0;
    }

    /** Without spaces. */
    public String text() {
        TreeMap<Integer, Long> used = new TreeMap<>();
        for (int i = 0; i < BUCKETS; i++) {
            if (counts.get(i) > 0) {
                used.put(i, counts.get(i));
            }
        }
        StringJoiner text = new StringJoiner(",").setEmptyValue(NOTHING);
        used.forEach((bucket, count) -> text.add(bucket + ":" + count));
        return text.toString();
    }

    /** Below 2 * SUB each bucket is one nanosecond wide; above, the highest eight bits choose it. */
    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(nanos));
        return shift * SUB + (int) (nanos >>> shift);
    }

    private static long end(int bucket) {
        int shift = Math.max(0, bucket / SUB - 1);
        long top = bucket - (long) shift * SUB;
        return ((top + 1) << shift) - 1;
    }
}
