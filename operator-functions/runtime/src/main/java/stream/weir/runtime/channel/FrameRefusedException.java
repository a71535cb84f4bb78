package stream.weir.runtime.channel;

import java.io.Serial;

/** A frame that must not be read here: of another pipeline, another run, an unknown link, or out of sequence. */
public final class FrameRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public FrameRefusedException(String message) {
        super(message);
    }
}
