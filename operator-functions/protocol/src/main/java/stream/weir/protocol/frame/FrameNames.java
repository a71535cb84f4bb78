package stream.weir.protocol.frame;

import java.nio.charset.StandardCharsets;
import stream.weir.protocol.frame.FrameFormatException.Reason;

/** The strings of a frame in UTF-8. */
record FrameNames(byte[] pipeline, byte[] from, byte[] output, byte[] to) {
    private static final int LONGEST = 0xFFFF;

    static FrameNames of(Frame frame) {
        Link link = frame.link();
        return new FrameNames(
                utf8(frame.pipeline(), "pipeline"),
                utf8(link.from(), "link.from"),
                utf8(link.output(), "link.output"),
                utf8(link.to(), "link.to"));
    }

    int length() {
        return pipeline.length + from.length + output.length + to.length;
    }

    private static byte[] utf8(String name, String field) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            throw new FrameFormatException(
                    Reason.BAD_LENGTH,
                    field + " has " + bytes.length + " bytes, a frame has room for " + LONGEST + ": "
                            + name.substring(0, 40) + "...");
        }
        return bytes;
    }
}
