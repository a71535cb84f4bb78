package stream.weir.operator.job;

/** No coordinator answered as leader; whether what was asked for is done is not known. */
public final class JobUnreachableException extends Exception {
    private static final long serialVersionUID = 1;

    public JobUnreachableException(String message) {
        super(message);
    }

    public JobUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
