package stream.weir.benchmarks.workload;

/** The numbers that records are made of: field {@code f} of record {@code i} is {@code random(i, f)}. */
public final class Numbers {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long SEED = 0x5EED5EED5EED5EEDL;
    private static final int FIELDS = 8;

    private Numbers() {}

    /** The finalizer of splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014); a bijection. */
    public static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /** @param field 0 to 7 */
    public static long random(long record, int field) {
        return mix(SEED + (record * FIELDS + field + 1) * GOLDEN);
    }

    /** Maps a random number to {@code [0, n)}; n is at most 2^31. */
    public static long bounded(long random, long n) {
        return ((random >>> 32) * n) >>> 32;
    }
}
