package stream.weir.benchmarks.workload;

/**
 * Ranks of a Zipf(0.99)-like distribution in integers only: ranks are cut in octaves whose weights follow the power law, and are
 * uniform inside.
 */
final class Zipf {
    private static final double OCTAVE_GROWTH = 0.01;

    private final long[] cumulated;
    private final long[] sizes;

    Zipf(long keys) {
        int octaves = Long.SIZE - Long.numberOfLeadingZeros(keys);
        cumulated = new long[octaves];
        sizes = new long[octaves];
        long total = 0;
        for (int e = 0; e < octaves; e++) {
            sizes[e] = Math.max(0, Math.min(1L << e, keys - first(e)));
            total += (weight(e) * sizes[e]) >> e;
            cumulated[e] = total;
        }
    }

    long rank(long random) {
        long x = Numbers.bounded(random, cumulated[cumulated.length - 1]);
        int e = 0;
        while (x >= cumulated[e]) {
            e++;
        }
        return first(e) + Numbers.bounded(Numbers.mix(random), sizes[e]);
    }

    private static long first(int octave) {
        return (1L << octave) - 1;
    }

    /** {@code floor(2^20 * 2^(e/100))}; the test holds it against the table of the definition. */
    static long weight(int octave) {
        return (long) Math.floor((1 << 20) * Math.pow(2, octave * OCTAVE_GROWTH));
    }
}
