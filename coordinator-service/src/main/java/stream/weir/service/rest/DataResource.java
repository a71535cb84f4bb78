package stream.weir.service.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a job has in the store. */
@Path("/api/v1/data")
@Tag(name = "job")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@APIResponse(responseCode = "503", description = "This coordinator does not lead; the answer names the one that does.")
public class DataResource {
    /** Less than the operator waits for an answer. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(1);

    private final JobControl job;

    @Inject
    public DataResource(JobControl job) {
        this.job = job;
    }

    /** @param objects how many were deleted */
    public record Deleted(long objects) {}

    @DELETE
    @Operation(
            summary = "Delete all data of the job but its savepoints, and coordinate it no more",
            description =
                    "For a job whose stage processes have ended. May be asked for again at any time; all is gone when"
                            + " the answer is 200.")
    @APIResponse(responseCode = "200", description = "All is deleted.")
    @APIResponse(responseCode = "202", description = "It is under way: ask again.")
    @APIResponse(
            responseCode = "409",
            description = "DATA_IN_USE: stage processes are connected; the answer names them.")
    @APIResponse(responseCode = "502", description = "STORE_FAILED: something is left: ask again.")
    public CompletionStage<Response> deleteData() {
        if (!job.leads()) {
            throw Problem.notLeader(job.leader());
        }
        return job.deleteData()
                .toCompletableFuture()
                .orTimeout(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .handle((deleted, error) ->
                        error == null ? Response.ok(new Deleted(deleted)).build() : answer(error));
    }

    private static Response answer(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return switch (cause) {
            case TimeoutException late -> Response.accepted().build();
            case DataInUseException used -> problem(Status.CONFLICT, "DATA_IN_USE", used);
            default -> problem(Status.BAD_GATEWAY, "STORE_FAILED", cause);
        };
    }

    private static Response problem(Status status, String reason, Throwable cause) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Problem(reason, String.valueOf(cause.getMessage()), Optional.empty()))
                .build();
    }
}
