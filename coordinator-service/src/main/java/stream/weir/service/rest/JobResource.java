package stream.weir.service.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.coordinator.store.SnapshotPlace;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.store.StoreException;

/** The job of this coordinator. What it is asked to do is accepted at once; whether it came about shows in the view. */
@Path("/api/v1")
@Tag(name = "job")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "503", description = "This coordinator does not lead; the answer names the one that does.")
public class JobResource {
    private static final Duration RECORDED_WITHIN = Duration.ofSeconds(10);

    private final JobControl job;

    @Inject
    public JobResource(JobControl job) {
        this.job = job;
    }

    /** How to stop. */
    public enum StopMode {
        /** With a last checkpoint, from which a start goes on. */
        CHECKPOINT,
        /** With a savepoint of the name given. */
        SAVEPOINT,
        /** As if the input had ended: windows that are open close, the job completes, and there is nothing to go on with. */
        DRAIN
    }

    /** @param savepoint name of the savepoint to take, where the mode says so */
    public record StopRequest(
            @Nullable StopMode mode, @Nullable String savepoint) {}

    /** @param name lower-case letters, digits and '-', at most 63 */
    public record SavepointRequest(@Nullable String name) {}

    /**
     * Exactly one of checkpoint and savepoint.
     *
     * @param acceptDuplicates whether output that sinks have committed since may be made again
     * @param allowDroppedState whether state that no step claims may be left behind
     */
    public record RestartRequest(
            @Nullable Long checkpoint,
            @Nullable String savepoint,
            boolean acceptDuplicates,
            boolean allowDroppedState) {}

    /** One complete checkpoint with what each replica contributed. */
    public record CheckpointDetail(CheckpointView checkpoint, List<ReplicaDetail> replicas) {}

    /** @param keyGroups first to last */
    public record ReplicaDetail(
            String stage, int replica, String keyGroups, boolean finished, int objects, SnapshotTimes times) {}

    @GET
    @Path("/status")
    @Operation(
            summary = "How the job is: phase, stages and replicas, checkpoints, recoveries",
            description = "The detail says in words for people why the job is in its phase; programs go by the reasons:"
                    + " STALLED, it runs, but a replica has work and makes no progress; STATE_DROPPED, it does not go on"
                    + " as its new file says, as state would be dropped. More words may come.")
    public JobView status() {
        return leading().view();
    }

    @GET
    @Path("/checkpoints")
    @Blocking
    @Operation(summary = "The complete checkpoints that are kept, newest first")
    public List<CheckpointView> checkpoints() throws StoreException, InvalidDocumentException {
        return leading().checkpoints();
    }

    @GET
    @Path("/checkpoints/{id}")
    @Blocking
    @Operation(summary = "One complete checkpoint, with what each replica contributed and how long it took")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such complete checkpoint.")
    public CheckpointDetail checkpoint(@RestPath long id) throws StoreException, InvalidDocumentException {
        Optional<Manifest> found = leading().checkpoint(id);
        return found.map(JobResource::detail).orElseThrow(() -> {
            String kept = ids();
            return problem(
                    Status.NOT_FOUND, "NO_SUCH_CHECKPOINT", "no complete checkpoint " + id + "; there are " + kept);
        });
    }

    @POST
    @Path("/checkpoints")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Take a checkpoint as soon as it may start",
            description =
                    "Where the job has not begun yet, or goes back to a checkpoint, the run that begins takes it. It is not on record:"
                            + " if another coordinator leads before it has started, ask that one. A job that is over, or did not"
                            + " start, takes none.")
    @APIResponse(responseCode = "202")
    public Response takeCheckpoint() {
        leading().takeCheckpoint();
        return Response.accepted().build();
    }

    @GET
    @Path("/savepoints")
    @Blocking
    @Operation(summary = "Names of all savepoints")
    public List<String> savepoints() throws StoreException {
        return leading().savepoints();
    }

    @POST
    @Path("/savepoints")
    @Operation(summary = "Take a savepoint, a checkpoint that is kept until somebody deletes it")
    @APIResponse(responseCode = "202")
    @APIResponse(responseCode = "504", description = "STORE_SILENT: as of a stop.")
    public CompletionStage<Response> takeSavepoint(SavepointRequest request) {
        JobControl control = leading();
        return accepted("a savepoint is wanted", control.takeSavepoint(checkedName(request.name())));
    }

    @POST
    @Path("/stop")
    @Operation(
            summary =
                    "Take a last checkpoint or a savepoint, have it committed, and stop the job; or end its input, and let it complete")
    @APIResponse(responseCode = "202")
    @APIResponse(
            responseCode = "504",
            description =
                    "STORE_SILENT: it is not on record in time, as the store does not answer, as another coordinator leads by"
                            + " now, or as the job was started again in between, which forgets how it was to end. Without a new"
                            + " start, this coordinator stops the job all the same as long as it leads, but another one would not"
                            + " know of it: ask again.")
    public CompletionStage<Response> stop(@Nullable StopRequest request) {
        JobControl control = leading();
        return accepted(
                "the job is to stop",
                switch (modeOf(request)) {
                    case CHECKPOINT -> control.stop();
                    case SAVEPOINT ->
                        control.takeSavepoint(checkedName(request == null ? null : request.savepoint()))
                                .thenCompose(_ -> control.stop());
                    case DRAIN -> control.drain();
                });
    }

    private static StopMode modeOf(@Nullable StopRequest request) {
        return request == null || request.mode() == null ? StopMode.CHECKPOINT : request.mode();
    }

    private static CompletionStage<Response> accepted(String wish, CompletionStage<?> recorded) {
        return recorded.toCompletableFuture()
                .orTimeout(RECORDED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .handle((done, error) -> error == null
                        ? Response.accepted().build()
                        : Response.status(Status.GATEWAY_TIMEOUT)
                                .type(MediaType.APPLICATION_JSON)
                                .entity(new Problem(
                                        "STORE_SILENT",
                                        "it is not on record that " + wish + ", and may never be, as the store does not"
                                                + " answer, another coordinator leads by now, or the job was started again"
                                                + " in between: look at the status, and ask again (" + error + ")",
                                        Optional.empty()))
                                .build());
    }

    @PUT
    @Path("/replicas")
    @Operation(
            summary = "How many replicas stages are to have, by stage; others keep theirs",
            description =
                    "When enough processes are connected, a checkpoint is taken, and all go on from it in a new run."
                            + " Until then the status has the new number as wanted, and says which processes are missing,"
                            + " or how many have fetched state.")
    @APIResponse(responseCode = "202")
    @APIResponse(responseCode = "400", description = "A number is less than 1, or none is given.")
    @APIResponse(responseCode = "404", description = "NO_SUCH_STAGE: the pipeline has no stage of that name.")
    @APIResponse(
            responseCode = "409",
            description = "MORE_REPLICAS_THAN_KEY_GROUPS: maxParallelism is the most that any stage can have.")
    public Response scale(@Nullable Map<String, @Nullable Integer> replicas) {
        JobControl control = leading();
        control.scale(checked(replicas, control.limits()));
        return Response.accepted().build();
    }

    @POST
    @Path("/restart")
    @Operation(
            summary = "Go back to a checkpoint or savepoint, of whichever branch",
            description =
                    "How the job was to end before is forgotten. Tried again while the store is away, but not on record until"
                            + " the next run has begun, which the status shows: if another coordinator leads before that, ask"
                            + " that one.")
    @APIResponse(responseCode = "202")
    public Response restart(RestartRequest request) {
        StartOptions options = options(request);
        if (request.allowDroppedState()) {
            options = options.allowingDroppedState();
        }
        if (request.acceptDuplicates()) {
            options = options.acceptingDuplicates();
        }
        leading().restart(options);
        return Response.accepted().build();
    }

    private JobControl leading() {
        if (!job.leads()) {
            throw Problem.notLeader(job.leader());
        }
        return job;
    }

    private String ids() {
        try {
            return job.checkpoints().stream().map(CheckpointView::id).toList().toString();
        } catch (StoreException | InvalidDocumentException e) {
            return "(not known: " + e.getMessage() + ")";
        }
    }

    private static Map<String, Integer> checked(
            @Nullable Map<String, @Nullable Integer> replicas, JobControl.JobLimits limits) {
        if (replicas == null || replicas.isEmpty()) {
            throw problem(Status.BAD_REQUEST, "INVALID", "give numbers of replicas by stage, as {\"stage\": 2}");
        }
        Map<String, Integer> checked = new LinkedHashMap<>();
        replicas.forEach((stage, count) -> {
            if (!limits.replicas().containsKey(stage)) {
                throw problem(
                        Status.NOT_FOUND,
                        "NO_SUCH_STAGE",
                        "there is no stage " + stage + "; stages are "
                                + limits.replicas().keySet());
            }
            if (count == null || count < 1) {
                throw problem(
                        Status.BAD_REQUEST,
                        "INVALID",
                        "stage " + stage + " is to have " + count + " replicas: at least 1");
            }
            if (count > limits.maxParallelism()) {
                throw problem(
                        Status.CONFLICT,
                        "MORE_REPLICAS_THAN_KEY_GROUPS",
                        "stage " + stage + " is to have " + count + " replicas, but the pipeline has "
                                + limits.maxParallelism() + " key groups (maxParallelism): at most so many");
            }
            checked.put(stage, count);
        });
        return checked;
    }

    private static StartOptions options(RestartRequest request) {
        Long checkpoint = request.checkpoint();
        String savepoint = request.savepoint();
        if ((checkpoint == null) == (savepoint == null)) {
            throw problem(Status.BAD_REQUEST, "INVALID", "give either a checkpoint or a savepoint to go back to");
        }
        return checkpoint != null
                ? StartOptions.at(checkpoint)
                : StartOptions.at(new SnapshotPlace.Savepoint(checkedName(savepoint)));
    }

    private static String checkedName(@Nullable String name) {
        if (name == null) {
            throw problem(Status.BAD_REQUEST, "INVALID", "the name of the savepoint is missing");
        }
        Savepoints.problemWith(name).ifPresent(problem -> {
            throw problem(Status.BAD_REQUEST, "INVALID", problem);
        });
        return name;
    }

    private static CheckpointDetail detail(Manifest manifest) {
        return new CheckpointDetail(
                CheckpointView.of(manifest),
                manifest.replicas().stream().map(JobResource::detail).toList());
    }

    private static ReplicaDetail detail(ReplicaSnapshot snapshot) {
        return new ReplicaDetail(
                snapshot.stage(),
                snapshot.replica(),
                snapshot.keyGroups().first() + "-" + snapshot.keyGroups().last(),
                snapshot.finished(),
                (int) snapshot.objects().count(),
                snapshot.times());
    }

    private static WebApplicationException problem(Status status, String reason, String detail) {
        return new WebApplicationException(Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Problem(reason, detail, Optional.empty()))
                .build());
    }
}
