package stream.weir.runtime.state;

import java.io.Serial;
import stream.weir.api.codec.IncompatibleSchemaException;

/** Restored state cannot become what a step declares now. Names the state, the place in its type, the old and the new type. */
public final class StateIncompatibleException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String state;

    /**
     * @param state {@code step/state}
     * @param cause names the place and why one type does not become the other
     */
    public StateIncompatibleException(
            String state, String written, String declared, IncompatibleSchemaException cause) {
        super(
                "Cannot restore state " + state + ": " + cause.getMessage() + "; it was written as " + written
                        + " and is declared as " + declared
                        + ": declare it as it was, give the new state another name, or start without the checkpoint",
                cause);
        this.state = state;
    }

    public String state() {
        return state;
    }
}
