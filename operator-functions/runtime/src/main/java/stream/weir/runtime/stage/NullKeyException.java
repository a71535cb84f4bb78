package stream.weir.runtime.stage;

import java.io.Serial;
import stream.weir.protocol.frame.Link;

/** A record has no key, but its edge is partitioned by key. */
public final class NullKeyException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MOST_CHARACTERS = 500;

    NullKeyException(Link link, Object value, long timestamp) {
        super("null key on the way from " + link.from() + "-" + link.fromReplica() + " to " + link.to()
                + " in the record "
                + shortened(String.valueOf(value)) + " with timestamp " + timestamp
                + ": every record of a keyed edge needs a key; filter those without, or give them one");
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }
}
