package stream.weir.network;

import java.io.IOException;
import java.io.Serial;
import stream.weir.network.wire.Answer;
import stream.weir.protocol.control.Address;

/** Whoever was dialled does not want the connection. */
public final class RefusedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Answer.Refusal refusal;

    RefusedException(Address address, Answer.Refusal refusal) {
        super(address + " refused the connection: " + refusal.code() + ": " + refusal.text());
        this.refusal = refusal;
    }

    public Answer.Refusal refusal() {
        return refusal;
    }
}
