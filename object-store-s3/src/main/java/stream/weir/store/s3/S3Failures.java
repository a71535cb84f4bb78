package stream.weir.store.s3;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.S3Error;
import stream.weir.store.bucket.BucketException;
import stream.weir.store.bucket.BucketException.Answer;

/** The SDK's exceptions as those of the port. */
final class S3Failures {
    private S3Failures() {}

    interface Request<T> {
        T make();
    }

    static <T> T translated(Request<T> request) throws BucketException {
        try {
            return request.make();
        } catch (AwsServiceException e) {
            Optional<String> text = Optional.ofNullable(e.awsErrorDetails()).map(details -> details.errorMessage());
            Optional<String> code = Optional.ofNullable(e.awsErrorDetails()).map(details -> details.errorCode());
            Answer answer = new Answer(e.statusCode(), code.orElse(""), Optional.ofNullable(e.requestId()));
            throw BucketException.answered(answer, text.orElse(""), e);
        } catch (SdkException e) {
            throw BucketException.noAnswer(innermost(e), e);
        }
    }

    /** One of the objects of a batch was not deleted; the batch itself was answered with 200. */
    static BucketException ofOne(S3Error error, DeleteObjectsResponse response) {
        int status =
                switch (error.code()) {
                    case "SlowDown" -> 503;
                    case "InternalError" -> 500;
                    default -> 403;
                };
        Answer answer = new Answer(
                status,
                error.code(),
                Optional.ofNullable(response.responseMetadata().requestId()));
        return BucketException.answered(
                answer, error.key() + ": " + error.message(), new IllegalStateException(error.toString()));
    }

    private static String innermost(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == error ? String.valueOf(error.getMessage()) : error.getMessage() + ": " + cause;
    }
}
