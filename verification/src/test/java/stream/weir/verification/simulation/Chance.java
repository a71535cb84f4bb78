package stream.weir.verification.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of a simulation, from one seed. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Both inclusive. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Nanoseconds, mostly short, sometimes much longer: what really makes things overtake each other. */
    long micros(int least, int most) {
        long nanos = 1_000L * between(least, most) + random.nextInt(1_000);
        return oneIn(250) ? nanos * 20 : nanos;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    void flipBit(byte[] bytes) {
        int bit = random.nextInt(bytes.length * Byte.SIZE);
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    }

    long number() {
        return random.nextLong();
    }
}
