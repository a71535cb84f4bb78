package stream.weir.protocol.frame;

import java.util.Map;
import java.util.TreeMap;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.frame.Frame.Barrier;
import stream.weir.protocol.frame.Frame.Cancel;
import stream.weir.protocol.frame.Frame.Content;
import stream.weir.protocol.frame.Frame.End;
import stream.weir.protocol.frame.Frame.Idle;
import stream.weir.protocol.frame.Frame.Records;
import stream.weir.protocol.frame.Frame.Watermark;
import stream.weir.protocol.frame.FrameFormatException.Reason;

/**
 * The numbers that stand for enum constants and content types in a frame. They never change and are never used again; a new
 * constant does not compile until it has one.
 */
final class WireCodes {
    static final int RECORDS = 1;
    static final int BARRIER = 2;
    static final int CANCEL = 3;
    static final int WATERMARK = 4;
    static final int IDLE = 5;
    static final int END = 6;

    private static final Map<Integer, CheckpointKind> KIND_BY_CODE = new TreeMap<>();
    private static final Map<Integer, CheckpointFailure> FAILURE_BY_CODE = new TreeMap<>();

    static {
        for (CheckpointKind kind : CheckpointKind.values()) {
            KIND_BY_CODE.put(of(kind), kind);
        }
        for (CheckpointFailure failure : CheckpointFailure.values()) {
            FAILURE_BY_CODE.put(of(failure), failure);
        }
    }

    private WireCodes() {}

    static int of(Content content) {
        return switch (content) {
            case Records _ -> RECORDS;
            case Barrier _ -> BARRIER;
            case Cancel _ -> CANCEL;
            case Watermark _ -> WATERMARK;
            case Idle _ -> IDLE;
            case End _ -> END;
        };
    }

    static int of(CheckpointKind kind) {
        return switch (kind) {
            case PERIODIC -> 1;
            case REQUESTED -> 2;
            case FINAL -> 3;
            case SAVEPOINT -> 4;
        };
    }

    static int of(CheckpointFailure failure) {
        return switch (failure) {
            case TIMED_OUT -> 1;
            case SUBSUMED -> 2;
            case ALIGNMENT_LIMIT_EXCEEDED -> 3;
            case TOO_MANY_PENDING -> 4;
            case CANCELLED -> 5;
            case INPUT_ENDED -> 6;
            case CAPTURE_FAILED -> 7;
            case UPLOAD_FAILED -> 8;
            case STATE_TOO_LARGE -> 9;
            case SINK_FAILED -> 10;
            case REPLICA_LOST -> 11;
            case STORE_FAILED -> 12;
            case FENCED -> 13;
            case RUN_ENDED -> 14;
        };
    }

    static void checkContent(int type) {
        if (type < RECORDS || type > END) {
            throw unknownContent(type);
        }
    }

    static FrameFormatException unknownContent(int type) {
        return new FrameFormatException(
                Reason.UNKNOWN_TYPE, "found content type " + type + ", version 1 has " + RECORDS + " to " + END);
    }

    static CheckpointKind kind(int code) {
        return found(KIND_BY_CODE, code, "kind of checkpoint");
    }

    static CheckpointFailure failure(int code) {
        return found(FAILURE_BY_CODE, code, "reason of a cancelled checkpoint");
    }

    private static <T> T found(Map<Integer, T> byCode, int code, String what) {
        T value = byCode.get(code);
        if (value == null) {
            throw new FrameFormatException(
                    Reason.MALFORMED, code + " is no " + what + "; known are " + byCode.keySet());
        }
        return value;
    }
}
