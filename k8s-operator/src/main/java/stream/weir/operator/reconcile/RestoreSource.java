package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;
import stream.weir.kubernetes.resource.RestoreSpec;
import stream.weir.kubernetes.resource.SavepointStatus;
import stream.weir.kubernetes.resource.StreamCheckpoint;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamSavepoint;
import stream.weir.operator.resource.CoordinatorObjects;

/** Finds where the checkpoint or savepoint is that {@code restoreFrom} names. */
final class RestoreSource {
    private final Cluster cluster;

    RestoreSource(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What was found. */
    sealed interface Result {
        /** Nothing has to be looked up: the file says it as it is. */
        record AsWritten() implements Result {}

        /** @param note what is remembered beside the coordinator, so that the record may go later */
        record At(String uri, String note) implements Result {}

        record Missing(String why) implements Result {}
    }

    Result find(StreamPipeline pipeline, Optional<Deployment> coordinator) {
        RestoreSpec restore = pipeline.getSpec().restoreFrom();
        if (restore == null || restore.uri() != null) {
            return new Result.AsWritten();
        }
        String checkpoint = restore.checkpoint();
        String savepoint = restore.savepoint();
        String reference = checkpoint != null ? "checkpoint/" + checkpoint : "savepoint/" + savepoint;
        Optional<String> remembered = coordinator
                .flatMap(deployment -> Observer.note(deployment, CoordinatorObjects.RESTORED))
                .filter(note -> note.startsWith(reference + " "));
        if (remembered.isPresent()) {
            return new Result.At(remembered.get().substring(reference.length() + 1), remembered.get());
        }
        String namespace = pipeline.getMetadata().getNamespace();
        if (checkpoint != null) {
            if (checkpoint.chars().allMatch(Character::isDigit)) {
                return new Result.AsWritten();
            }
            return at(
                    Optional.ofNullable(cluster.client()
                                    .resources(StreamCheckpoint.class)
                                    .inNamespace(namespace)
                                    .withName(checkpoint)
                                    .get())
                            .map(found -> found.getSpec().uri()),
                    reference,
                    "there is no StreamCheckpoint " + checkpoint + " in namespace " + namespace);
        }
        Optional<StreamSavepoint> found = Optional.ofNullable(cluster.client()
                .resources(StreamSavepoint.class)
                .inNamespace(namespace)
                .withName(String.valueOf(savepoint))
                .get());
        if (found.isEmpty()) {
            // A savepoint of the pipeline's own folder has no need of a record.
            return new Result.AsWritten();
        }
        return at(
                found.flatMap(record -> Optional.ofNullable(record.getStatus())).map(SavepointStatus::uri),
                reference,
                "StreamSavepoint " + savepoint + " is not complete");
    }

    private static Result at(Optional<String> uri, String reference, String otherwise) {
        return uri.<Result>map(where -> new Result.At(where, reference + " " + where))
                .orElseGet(() -> new Result.Missing("restoreFrom: " + otherwise));
    }
}
