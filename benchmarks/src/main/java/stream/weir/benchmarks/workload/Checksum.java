package stream.weir.benchmarks.workload;

import java.util.HexFormat;
import java.util.concurrent.atomic.LongAdder;

/** The sum of the hashes of result rows, and their number. Safe for use by any number of threads. */
public final class Checksum {
    private static final int MOST_FIELDS = 16;
    private static final long[] M = factors();

    private final LongAdder sum = new LongAdder();
    private final LongAdder rows = new LongAdder();

    /** The hash of a row of 64-bit fields. */
    public static long row(long a, long b, long c) {
        return Numbers.mix(a * M[0] + b * M[1] + c * M[2] + 3);
    }

    public static long row(long a, long b, long c, long d) {
        return Numbers.mix(a * M[0] + b * M[1] + c * M[2] + d * M[3] + 4);
    }

    public static long row(long a, long b, long c, long d, long e) {
        return Numbers.mix(a * M[0] + b * M[1] + c * M[2] + d * M[3] + e * M[4] + 5);
    }

    /** For rows of any length up to 16. */
    public static long row(long... fields) {
        long h = fields.length;
        for (int i = 0; i < fields.length; i++) {
            h += fields[i] * M[i];
        }
        return Numbers.mix(h);
    }

    public void add(long hashes, long count) {
        sum.add(hashes);
        rows.add(count);
    }

    public String hex() {
        return HexFormat.of().toHexDigits(sum.sum());
    }

    public long rows() {
        return rows.sum();
    }

    private static long[] factors() {
        long[] factors = new long[MOST_FIELDS];
        for (int j = 0; j < factors.length; j++) {
            factors[j] = Numbers.mix(j + 1) | 1;
        }
        return factors;
    }
}
