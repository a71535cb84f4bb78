package stream.weir.protocol.keygroup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The hash of an encoded key: XXH64 with seed 0, after its public specification (xxHash fast digest algorithm, XXH64). It
 * is computed over bytes only, so it is the same in every process, and it never changes: state on disk is sorted by it.
 */
public final class KeyHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    /** {@code PRIME_1 + PRIME_2} modulo 2^64. */
    private static final long PRIME_1_PLUS_2 = 0x60EA27EEADC0B5D6L;

    /** Bytes that the four accumulators take in one round. */
    private static final int STRIPE = 32;

    private KeyHash() {}

    /** The hash of all of {@code key}. */
    public static long of(byte[] key) {
        return of(key, 0, key.length);
    }

    /**
     * The hash of {@code length} bytes from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException when they are not all inside the array
     */
    public static long of(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        // Most keys are shorter than a stripe and never touch the accumulators.
        long start = length < STRIPE ? PRIME_5 : stripes(bytes, offset, length);
        int tail = offset + (length & -STRIPE);
        return finish(start + length, bytes, tail, offset + length);
    }

    private static long stripes(byte[] bytes, int offset, int length) {
        long a = PRIME_1_PLUS_2;
        long b = PRIME_2;
        long c = 0;
        long d = -PRIME_1;
        int end = offset + (length & -STRIPE);
        for (int at = offset; at < end; at += STRIPE) {
            a = round(a, (long) LONG.get(bytes, at));
            b = round(b, (long) LONG.get(bytes, at + 8));
            c = round(c, (long) LONG.get(bytes, at + 16));
            d = round(d, (long) LONG.get(bytes, at + 24));
        }
        long hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        return merge(merge(merge(merge(hash, a), b), c), d);
    }

    private static long finish(long start, byte[] bytes, int from, int end) {
        long hash = start;
        int at = from;
        for (; at + 8 <= end; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, (long) LONG.get(bytes, at)), 27) * PRIME_1 + PRIME_4;
        }
        if (at + 4 <= end) {
            hash = Long.rotateLeft(hash ^ ((int) INT.get(bytes, at) & 0xFFFFFFFFL) * PRIME_1, 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < end; at++) {
            hash = Long.rotateLeft(hash ^ (bytes[at] & 0xFF) * PRIME_5, 11) * PRIME_1;
        }
        return avalanche(hash);
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ hash >>> 33) * PRIME_2;
        mixed = (mixed ^ mixed >>> 29) * PRIME_3;
        return mixed ^ mixed >>> 32;
    }
}
