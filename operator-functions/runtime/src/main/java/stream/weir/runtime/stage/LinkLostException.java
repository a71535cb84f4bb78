package stream.weir.runtime.stage;

import java.io.Serial;
import stream.weir.protocol.frame.Link;

/** A link closed before its end: the replica on its other side is lost. */
final class LinkLostException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    LinkLostException(Link link, Throwable error) {
        super("the link " + link + " closed before its end", error);
    }
}
