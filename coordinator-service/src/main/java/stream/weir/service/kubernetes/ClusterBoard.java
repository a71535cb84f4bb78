package stream.weir.service.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import stream.weir.kubernetes.resource.CheckpointCoordinator;
import stream.weir.kubernetes.resource.CoordinatorStatus;
import stream.weir.kubernetes.resource.SnapshotState;
import stream.weir.kubernetes.resource.StreamCheckpoint;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.protocol.checkpoint.Manifest;

/**
 * The views as resources of the cluster. The status of the {@link CheckpointCoordinator} is applied by the field manager of
 * coordinators; the checkpoints belong to it, so that they go with it.
 */
final class ClusterBoard implements Board {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(Weir.FIELD_MANAGER_COORDINATOR)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final JobName job;
    private final LongFunction<String> documents;

    /** @param documents where the document of a checkpoint is */
    ClusterBoard(KubernetesClient client, JobName job, LongFunction<String> documents) {
        this.client = client;
        this.job = job;
        this.documents = documents;
    }

    @Override
    public boolean show(CoordinatorStatus status) {
        CheckpointCoordinator view = new CheckpointCoordinator();
        view.setMetadata(new ObjectMetaBuilder().withName(job.name()).build());
        view.setStatus(status);
        try {
            client.resource(view).subresource("status").patch(APPLY);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Set<Long> checkpoints() {
        Set<Long> shown = new HashSet<>();
        client
                .resources(StreamCheckpoint.class)
                .withLabel(Weir.LABEL_PIPELINE, job.pipeline())
                .list()
                .getItems()
                .stream()
                .filter(each -> job.has(each.getSpec()))
                .forEach(each -> shown.add(each.getSpec().id()));
        return shown;
    }

    @Override
    public void add(Manifest manifest) {
        StreamCheckpoint view = new StreamCheckpoint();
        Map<String, String> labels = new HashMap<>(job.labels());
        labels.put(Weir.LABEL_TYPE, Views.type(manifest.kind()));
        labels.put(Weir.LABEL_STATE, SnapshotState.Completed.name().toLowerCase(Locale.ROOT));
        view.setMetadata(new ObjectMetaBuilder()
                .withName(Weir.checkpoint(job.name(), manifest.checkpoint()))
                .withLabels(labels)
                .withOwnerReferences(owner(client, job.name()).map(List::of).orElse(List.of()))
                .build());
        view.setSpec(Views.spec(job, manifest, documents.apply(manifest.checkpoint())));
        client.resource(view).patch(APPLY);
        StreamCheckpoint status = new StreamCheckpoint();
        status.setMetadata(
                new ObjectMetaBuilder().withName(view.getMetadata().getName()).build());
        status.setStatus(Views.status(manifest));
        client.resource(status).subresource("status").patch(APPLY);
    }

    @Override
    public void remove(long checkpoint) {
        client.resources(StreamCheckpoint.class)
                .withName(Weir.checkpoint(job.name(), checkpoint))
                .delete();
    }

    /** The resource with which all views of the job go; empty while there is none, or it cannot be asked for. */
    static Optional<OwnerReference> owner(KubernetesClient client, String job) {
        return Optional.ofNullable(client.resources(CheckpointCoordinator.class)
                        .withName(job)
                        .get())
                .map(owner -> new OwnerReferenceBuilder()
                        .withApiVersion(Weir.API_VERSION)
                        .withKind(owner.getKind())
                        .withName(job)
                        .withUid(owner.getMetadata().getUid())
                        .build());
    }
}
