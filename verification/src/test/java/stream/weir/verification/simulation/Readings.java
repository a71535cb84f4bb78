package stream.weir.verification.simulation;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The input, made from indexes alone: any reader makes the same records again. */
final class Readings {
    static final long BEGIN_MILLIS = 1_800_000_000_000L;
    static final long WINDOW_MILLIS = 100;
    static final long OUT_OF_ORDER_MILLIS = 50;

    private static final int KEYS_OF_SPLIT = 3;
    private static final int LATE_EACH = 9;
    private static final int LATE_BY_MILLIS = 600;
    private static final int FIRST_LATE_SPLIT = 1_000;

    private Readings() {}

    /**
     * Record {@code index} of a split. In splits from {@link #splitWithLateOnes} on, some are late.
     */
    static Reading of(int split, long index) {
        long noise = Math.floorMod(mix(split * 1_000_003L + index), OUT_OF_ORDER_MILLIS - 5);
        long at = BEGIN_MILLIS + index * 10 - noise;
        boolean late = split >= FIRST_LATE_SPLIT && index % LATE_EACH == LATE_EACH - 1;
        long key = (long) split * KEYS_OF_SPLIT + Math.floorMod(mix(index * 31 + split), KEYS_OF_SPLIT);
        return new Reading(key, late ? at - LATE_BY_MILLIS : at, 1 + Math.floorMod(noise, 7), late ? 1 : 0);
    }

    static int splitWithLateOnes(int number) {
        return FIRST_LATE_SPLIT + number;
    }

    static Stream<Reading> all(int split, long records) {
        return LongStream.range(0, records).mapToObj(index -> of(split, index));
    }

    static long windowOf(long at) {
        return at - Math.floorMod(at, WINDOW_MILLIS);
    }

    private static long mix(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
        return mixed ^ (mixed >>> 29);
    }
}
