package stream.weir.verification.services;

import java.time.Duration;

/**
 * How much tests do with processes: little in every build, and what the fault cases ask for with {@code -Dweir.faults=full}. The
 * property {@code weir.faults.seed} has them draw something else.
 */
final class Extent {
    private static final boolean FULL = "full".equals(System.getProperty("weir.faults"));

    private Extent() {}

    static int times(int inShort, int inFull) {
        return FULL ? inFull : inShort;
    }

    static Duration lasting(Duration inShort, Duration inFull) {
        return FULL ? inFull : inShort;
    }

    static long seed() {
        return Long.getLong("weir.faults.seed", 20_131_231L);
    }
}
