package stream.weir.store.bucket;

import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.StoreFailure;

/** One request was refused, or not answered. */
public final class BucketException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The request never left, or the answer never came. */
    public static final int NO_ANSWER = 0;

    private static final int HERE = -1;

    private static final Set<String> CREDENTIALS = Set.of(
            "AccessDenied",
            "AllAccessDisabled",
            "ExpiredToken",
            "InvalidAccessKeyId",
            "InvalidToken",
            "SignatureDoesNotMatch",
            "TokenRefreshRequired");
    private static final Set<String> PLACE = Set.of(
            "AuthorizationHeaderMalformed", "InvalidBucketName", "InvalidRegion", "NoSuchBucket", "PermanentRedirect");
    private static final Set<String> FULL =
            Set.of("QuotaExceeded", "XMinioAdminBucketQuotaExceeded", "XMinioStorageFull");

    private final int status;
    private final String code;

    private BucketException(String message, int status, String code, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
    }

    /**
     * @param code the store's own word, empty where there is none
     * @param text the store's own sentence
     */
    public static BucketException answered(Answer answer, String text, Throwable cause) {
        String message = "HTTP " + answer.status + (answer.code.isEmpty() ? "" : " " + answer.code)
                + (text.isBlank() ? "" : ": " + text.strip())
                + answer.requestId.map(id -> " (request " + id + ")").orElse("");
        return new BucketException(message, answer.status, answer.code, cause);
    }

    public static BucketException noAnswer(String text, Throwable cause) {
        return new BucketException("no answer: " + text, NO_ANSWER, "", cause);
    }

    /** A file that was to be sent cannot be read: nothing went to the store that could count. */
    public static BucketException unreadable(Path file, IOException cause) {
        return new BucketException("cannot read " + file + ": " + cause, HERE, "", cause);
    }

    /**
     * @param status of HTTP
     * @param code the store's own word, empty where there is none
     */
    public record Answer(int status, String code, Optional<String> requestId) {}

    public int status() {
        return status;
    }

    boolean isMissing() {
        return status == 404 && !PLACE.contains(code) && !code.equals("NoSuchUpload");
    }

    /** Whether a condition of the request did not hold. */
    boolean isPreconditionFailed() {
        return status == 412 || status == 304;
    }

    /** Another conditional write of the same object was under way. */
    boolean isConflict() {
        return status == 409;
    }

    /** Nothing answered, so nothing is known; not so when there was no connection to send anything through. */
    boolean isSilence() {
        return status == NO_ANSWER && !neverSent();
    }

    Outcome outcome() {
        return isSilence() || status >= 500 ? Outcome.UNKNOWN : Outcome.NOT_APPLIED;
    }

    boolean mayPass() {
        return failure() == StoreFailure.THROTTLED
                || failure() == StoreFailure.UNAVAILABLE
                || failure() == StoreFailure.UNREACHABLE
                || code.equals("RequestTimeout")
                || isConflict();
    }

    StoreFailure failure() {
        if (status == NO_ANSWER) {
            return StoreFailure.UNREACHABLE;
        }
        if (code.equals("RequestTimeTooSkewed")) {
            return StoreFailure.CLOCK_SKEWED;
        }
        if (FULL.contains(code) || status == 507) {
            return StoreFailure.FULL;
        }
        if (PLACE.contains(code) || status == 301) {
            return StoreFailure.WRONG_PLACE;
        }
        if (CREDENTIALS.contains(code) || status == 401 || status == 403) {
            return StoreFailure.CREDENTIALS_REFUSED;
        }
        return byStatus();
    }

    private StoreFailure byStatus() {
        return switch (status) {
            case 404 -> StoreFailure.NOT_THERE;
            case 412 -> StoreFailure.CHANGED;
            case 429, 503 -> StoreFailure.THROTTLED;
            case 501 -> StoreFailure.NO_CONDITIONAL_WRITES;
            case 500, 502, 504 -> StoreFailure.UNAVAILABLE;
            default -> StoreFailure.OTHER;
        };
    }

    private boolean neverSent() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }
}
