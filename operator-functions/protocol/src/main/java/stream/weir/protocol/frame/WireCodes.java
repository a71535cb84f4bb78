package stream.weir.protocol.frame;

import stream.weir.protocol.frame.Frame.Barrier;
import stream.weir.protocol.frame.Frame.Cancel;
import stream.weir.protocol.frame.Frame.Content;
import stream.weir.protocol.frame.Frame.End;
import stream.weir.protocol.frame.Frame.Idle;
import stream.weir.protocol.frame.Frame.Records;
import stream.weir.protocol.frame.Frame.Watermark;
import stream.weir.protocol.frame.FrameFormatException.Reason;

/** The numbers that stand for types of content in a frame. They never change and are never used again. */
final class WireCodes {
    static final int RECORDS = 1;
    static final int BARRIER = 2;
    static final int CANCEL = 3;
    static final int WATERMARK = 4;
    static final int IDLE = 5;
    static final int END = 6;

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

    static void checkContent(int type) {
        if (type < RECORDS || type > END) {
            throw unknownContent(type);
        }
    }

    static FrameFormatException unknownContent(int type) {
        return new FrameFormatException(
                Reason.UNKNOWN_TYPE, "found content type " + type + ", version 1 has " + RECORDS + " to " + END);
    }
}
