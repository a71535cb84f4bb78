package stream.weir.runtime.channel;

import java.io.Serial;
import stream.weir.protocol.frame.Link;

/** The other side of a link is gone or does not want what is sent; the cause says why. */
public final class LinkClosedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public LinkClosedException(Link link, String why) {
        super("link " + link + " is closed: " + why);
    }

    public LinkClosedException(Link link, Throwable cause) {
        super("link " + link + " is closed by the other side: " + cause.getMessage(), cause);
    }
}
