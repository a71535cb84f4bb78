package stream.weir.benchmarks.workload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Sixteen lower-case hexadecimal digits at once, without a loop: the generator is part of what is measured. */
final class Hex {
    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Hex() {}

    static void write(long value, byte[] target, int at) {
        LITTLE.set(target, at, eightDigits(value >>> 32));
        LITTLE.set(target, at + 8, eightDigits(value));
    }

    /** Spreads 32 bits to eight bytes of four bits each, most significant digit in the lowest byte, then makes letters of them. */
    private static long eightDigits(long value) {
        long x = value & 0xFFFFFFFFL;
        x = (x >>> 16) | (x & 0xFFFFL) << 32;
        x = (x & 0xFF000000FF00L) >>> 8 | (x & 0x00FF000000FFL) << 16;
        x = (x & 0x00F000F000F000F0L) >>> 4 | (x & 0x000F000F000F000FL) << 8;
        long tenOrMore = (x + 0x0606060606060606L) >>> 4 & 0x0101010101010101L;
        return x + 0x3030303030303030L + tenOrMore * ('a' - '0' - 10);
    }
}
