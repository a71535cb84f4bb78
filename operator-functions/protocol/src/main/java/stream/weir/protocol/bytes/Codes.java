package stream.weir.protocol.bytes;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;

/**
 * The numbers, 0 to 255, that stand for the constants of an enum in bytes that travel. They never change and are never used again; a
 * new constant does not compile until it has one.
 */
public final class Codes<E extends Enum<E>> {
    public static final Codes<CheckpointKind> KINDS =
            Codes.of("kind of checkpoint", CheckpointKind.values(), kind -> switch (kind) {
                case PERIODIC -> 1;
                case REQUESTED -> 2;
                case FINAL -> 3;
                case SAVEPOINT -> 4;
            });

    public static final Codes<CheckpointFailure> FAILURES =
            Codes.of("reason of a cancelled checkpoint", CheckpointFailure.values(), failure -> switch (failure) {
                case TIMED_OUT -> 1;
                case SUBSUMED -> 2;
                case ALIGNMENT_LIMIT_EXCEEDED -> 3;
                case TOO_MANY_PENDING -> 4;
                case CANCELLED -> 5;
                // 6 is taken: it was a reason that nothing ever gave.
                case CAPTURE_FAILED -> 7;
                case UPLOAD_FAILED -> 8;
                case STATE_TOO_LARGE -> 9;
                case SINK_FAILED -> 10;
                case REPLICA_LOST -> 11;
                case STORE_FAILED -> 12;
                case FENCED -> 13;
                case RUN_ENDED -> 14;
            });

    private final String what;
    private final ToIntFunction<E> codeOf;
    private final Map<Integer, E> byCode;

    private Codes(String what, ToIntFunction<E> codeOf, Map<Integer, E> byCode) {
        this.what = what;
        this.codeOf = codeOf;
        this.byCode = byCode;
    }

    /**
     * @param what is numbered, for errors
     * @param codeOf an exhaustive switch
     */
    public static <E extends Enum<E>> Codes<E> of(String what, E[] constants, ToIntFunction<E> codeOf) {
        Map<Integer, E> byCode = new TreeMap<>();
        for (E constant : constants) {
            int code = codeOf.applyAsInt(constant);
            if (code < 0 || code > 255 || byCode.put(code, constant) != null) {
                throw new IllegalArgumentException(
                        what + " " + constant + " has code " + code + ", which is no byte or taken");
            }
        }
        return new Codes<>(what, codeOf, byCode);
    }

    int of(E constant) {
        return codeOf.applyAsInt(constant);
    }

    E constant(int code, Malformed malformed) {
        E constant = byCode.get(code);
        if (constant == null) {
            throw malformed.because(code + " is no " + what + "; known are " + byCode.keySet());
        }
        return constant;
    }
}
