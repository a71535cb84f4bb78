package stream.weir.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Deterministic generator. See WORKLOADS.md. */
public final class Gen {
    private Gen() {}

    static final long GOLDEN = 0x9E3779B97F4A7C15L;
    static final long SEED = 0x5EED5EED5EED5EEDL;

    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Output number 8*i+f of a splitmix64 stream. */
    public static long rnd(long i, int f) {
        return mix(SEED + (i * 8 + f + 1) * GOLDEN);
    }

    /** Uniform in [0,n), n <= 2^31: exact integer arithmetic. */
    public static long bounded(long h, long n) {
        return ((h >>> 32) * n) >>> 32;
    }

    static final long[] M = new long[16];

    static {
        for (int j = 0; j < M.length; j++) M[j] = mix(j + 1) | 1L;
    }

    static final long M0 = M[0], M1 = M[1], M2 = M[2], M3 = M[3], M4 = M[4], M5 = M[5], M6 = M[6], M7 = M[7], M8 = M[8];

    public static long row(long a, long b, long c) {
        return mix(a * M0 + b * M1 + c * M2 + 3);
    }

    public static long row(long a, long b, long c, long d) {
        return mix(a * M0 + b * M1 + c * M2 + d * M3 + 4);
    }

    public static long row(long a, long b, long c, long d, long e) {
        return mix(a * M0 + b * M1 + c * M2 + d * M3 + e * M4 + 5);
    }

    public static long row(long a, long b, long c, long d, long e, long f, long g, long h, long i) {
        return mix(a * M0 + b * M1 + c * M2 + d * M3 + e * M4 + f * M5 + g * M6 + h * M7 + i * M8 + 9);
    }

    static final byte[] URL_TEMPLATE = ("https://www.nexmark.com/" + "0000000000000000" + "/" + "0000000000000000" + "/"
                    + "0000000000000000" + "/item.htm?channel_id=" + "00000")
            .getBytes(StandardCharsets.US_ASCII);
    static final VarHandle LE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** 8 hex digits of the 32-bit value x, most significant digit in the lowest byte. */
    static long hex8(long x) {
        x &= 0xFFFFFFFFL;
        x = ((x & 0xFFFF0000L) >>> 16) | ((x & 0xFFFFL) << 32);
        x = ((x & 0xFF000000FF00L) >>> 8) | ((x & 0x00FF000000FFL) << 16);
        x = ((x & 0x00F000F000F000F0L) >>> 4) | ((x & 0x000F000F000F000FL) << 8);
        long letters = ((x + 0x0606060606060606L) >>> 4) & 0x0101010101010101L; // 1 where the digit is >= 10
        return x + 0x3030303030303030L + letters * 39;
    }

    static void hex16(byte[] b, int at, long v) {
        LE.set(b, at, hex8(v >>> 32));
        LE.set(b, at + 8, hex8(v));
    }

    static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    public static void url(byte[] b, long i) {
        hex16(b, 24, rnd(i, 3));
        hex16(b, 41, rnd(i, 4));
        hex16(b, 58, rnd(i, 5));
        int c = (int) (rnd(i, 6) >>> 44);
        b[95] = HEX[c >>> 16 & 15];
        b[96] = HEX[c >>> 12 & 15];
        b[97] = HEX[c >>> 8 & 15];
        b[98] = HEX[c >>> 4 & 15];
        b[99] = HEX[c & 15];
    }

    public static byte[] newUrl() {
        return URL_TEMPLATE.clone();
    }

    /** Octave weights: floor(2^20 * 2^(e/100)); the spec lists them as integers. */
    static final long[] OCTAVE = {
        1048576, 1055869, 1063213, 1070608, 1078055, 1085553, 1093104, 1100707, 1108363, 1116073,
        1123835, 1131652, 1139524, 1147450, 1155431, 1163467, 1171560, 1179709, 1187914, 1196177,
        1204497, 1212875, 1221311, 1229806, 1238360, 1246974, 1255647, 1264381, 1273175, 1282031
    };

    public static final class Zipf {
        final int octaves;
        final long[] cum; // cumulative weights
        final long[] size;
        final long total;

        public Zipf(long keys) {
            int l = 64 - Long.numberOfLeadingZeros(keys); // octave e holds ranks 2^e-1 .. 2^(e+1)-2
            octaves = l;
            cum = new long[l];
            size = new long[l];
            long t = 0;
            for (int e = 0; e < l; e++) {
                long base = (1L << e) - 1;
                size[e] = Math.max(0, Math.min(1L << e, keys - base));
                t += (OCTAVE[e] * size[e]) >> e;
                cum[e] = t;
            }
            total = t;
        }

        public long rank(long h) {
            long x = bounded(h, total);
            int e = 0;
            while (x >= cum[e]) e++;
            return (1L << e) - 1 + bounded(mix(h), size[e]);
        }
    }
}
