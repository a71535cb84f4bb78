package stream.weir.connector.generator;

/**
 * Numbers that look random and depend on nothing but their arguments: the output function of SplitMix64 over a counter (G. L.
 * Steele, D. Lea, C. H. Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
 */
final class Mixer {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private Mixer() {}

    /** 64 bits for an element of the sequence that {@code stream} names. */
    static long bits(long stream, long index) {
        return mix(mix(stream) + index * GOLDEN_RATIO);
    }

    /** A number from 0 to {@code bound} - 1. @param bound unsigned, not 0 */
    static long below(long bound, long bits) {
        return Math.unsignedMultiplyHigh(bits, bound);
    }

    /** A number from 0 inclusive to 1 exclusive. */
    static double fraction(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
