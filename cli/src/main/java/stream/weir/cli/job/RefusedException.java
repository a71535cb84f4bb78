package stream.weir.cli.job;

import java.io.IOException;
import java.io.Serial;

/** A coordinator has heard what was asked, and said no. */
public final class RefusedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String reason;

    RefusedException(String reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    /** One word, as the interface documents it. */
    public String reason() {
        return reason;
    }
}
