package stream.weir.operator.job;

import java.util.Set;

/** No coordinator answered as leader; whether what was asked for is done is not known. */
public final class JobUnreachableException extends Exception {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // a set that is made to be written
    private final Set<String> silent;

    public JobUnreachableException(String message) {
        this(message, Set.of());
    }

    /** @param silent as {@link #silent} */
    public JobUnreachableException(String message, Set<String> silent) {
        super(message);
        this.silent = Set.copyOf(silent);
    }

    /** Those among {@link JobAddress#coordinators} that are out of reach: not even a connection is taken or refused there. */
    public Set<String> silent() {
        return silent;
    }
}
