package stream.weir.protocol.frame;

import java.util.Arrays;
import java.util.stream.Stream;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.frame.Frame.Content;
import stream.weir.protocol.frame.Frame.Records;

/** Frames for tests. */
final class Frames {
    static final Link LINK = new Link("flights", 0, "", "by-carrier", 3);

    private Frames() {}

    static Frame of(Content content) {
        return new Frame("flight-delays", 7, LINK, 42, content);
    }

    static Records records(byte[] bytes, int count) {
        return new Records(bytes, 0, bytes.length, count);
    }

    static Stream<Frame> ofEveryContent() {
        Stream<Frame> plain = Stream.of(
                of(records(new byte[] {1, 2, 3, -1}, 2)),
                of(new Frame.Watermark(Long.MIN_VALUE)),
                of(new Frame.Watermark(1_700_000_000_000L)),
                of(new Frame.Idle()),
                of(new Frame.End()),
                new Frame("ä", Long.MAX_VALUE, new Link("", 0, "late", "", 0), Long.MAX_VALUE, new Frame.End()));
        Stream<Frame> barriers = Arrays.stream(CheckpointKind.values()).map(kind -> of(new Frame.Barrier(9, kind)));
        Stream<Frame> cancels =
                Arrays.stream(CheckpointFailure.values()).map(reason -> of(new Frame.Cancel(9, reason)));
        return Stream.of(plain, barriers, cancels).flatMap(frames -> frames);
    }

    /** A frame with its records' bytes in an array of their own, to compare by value. */
    static String describe(Frame frame) {
        return frame.content() instanceof Records records
                ? "%s %d %s %d %d %s"
                        .formatted(
                                frame.pipeline(),
                                frame.run(),
                                frame.link(),
                                frame.sequence(),
                                records.count(),
                                Arrays.toString(Arrays.copyOfRange(
                                        records.bytes(), records.offset(), records.offset() + records.length())))
                : frame.toString();
    }
}
