package stream.weir.store.minio;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.messages.DeleteResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import stream.weir.store.bucket.BucketException;
import stream.weir.store.bucket.BucketException.Answer;

/** The client's exceptions as those of the port. */
final class MinioFailures {
    private MinioFailures() {}

    interface Request<T> {
        CompletableFuture<T> make() throws MinioException;
    }

    /** Waits for the answer; every connection has time limits of its own. */
    static <T> T translated(Request<T> request) throws BucketException {
        try {
            return request.make().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BucketException.noAnswer("interrupted while waiting for it", e);
        } catch (ExecutionException e) {
            throw of(e.getCause() == null ? e : e.getCause());
        } catch (MinioException | RuntimeException e) {
            throw of(e);
        }
    }

    private static BucketException of(Throwable error) {
        return switch (error) {
            case ErrorResponseException e -> {
                var said = e.errorResponse();
                Answer answer =
                        new Answer(e.response().code(), text(said.code()), Optional.ofNullable(said.requestId()));
                yield BucketException.answered(answer, text(said.message()), e);
            }
            case ServerException e ->
                BucketException.answered(new Answer(e.statusCode(), "", Optional.empty()), text(e.getMessage()), e);
            case InvalidResponseException e ->
                // Something else answers there, or a page of a proxy came back.
                BucketException.answered(new Answer(502, "", Optional.empty()), text(e.getMessage()), e);
            default -> BucketException.noAnswer(innermost(error), error);
        };
    }

    /** One of the objects of a batch was not deleted; the batch itself was answered with 200. */
    static BucketException ofOne(DeleteResult.Error error) {
        int status =
                switch (text(error.code())) {
                    case "SlowDown" -> 503;
                    case "InternalError" -> 500;
                    default -> 403;
                };
        Answer answer = new Answer(status, text(error.code()), Optional.empty());
        return BucketException.answered(
                answer,
                text(error.objectName()) + ": " + text(error.message()),
                new IllegalStateException(error.toString()));
    }

    private static String text(@Nullable String said) {
        return said == null ? "" : said;
    }

    private static String innermost(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause);
    }
}
