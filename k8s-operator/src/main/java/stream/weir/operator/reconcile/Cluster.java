package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import stream.weir.kubernetes.resource.CheckpointCoordinator;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.kubernetes.resource.Weir;

/** The few ways in which the API server is asked. Server-side apply under our own name: fields of others stay theirs. */
final class Cluster {
    /** What is written once and belongs to others from then on is not written under the name that applies. */
    private static final String FIRST_WRITER = Weir.FIELD_MANAGER_OPERATOR + "-create";

    private static final int MOST_TRIES = 5;

    private final KubernetesClient client;

    Cluster(KubernetesClient client) {
        this.client = client;
    }

    KubernetesClient client() {
        return client;
    }

    /**
     * Tries again, with what is there then, where somebody else has written in between.
     *
     * @param change reads an object, and writes it unless it has been changed since
     * @throws KubernetesClientException as the call; because of others only when they were faster 5 times
     */
    static <T> T retried(Supplier<T> change) {
        for (int tries = 1; ; tries++) {
            try {
                return change.get();
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    <T extends HasMetadata> void apply(T object) {
        client.resource(object)
                .fieldManager(Weir.FIELD_MANAGER_OPERATOR)
                .forceConflicts()
                .serverSideApply();
    }

    /** Creates it unless it is there; whether it was created. */
    <T extends HasMetadata> boolean create(T object) {
        try {
            client.resource(object).create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    <S, T> void applyStatus(CustomResource<S, T> object, T status) {
        CustomResource<S, T> fresh = blank(object);
        fresh.setStatus(status);
        client.resource(fresh)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(Weir.FIELD_MANAGER_OPERATOR)
                        .withForce(true)
                        .build());
    }

    List<Deployment> deployments(String namespace, String pipeline) {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withLabel(Weir.LABEL_PIPELINE, pipeline)
                .list()
                .getItems();
    }

    List<Pod> pods(String namespace, String pipeline) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel(Weir.LABEL_PIPELINE, pipeline)
                .list()
                .getItems();
    }

    List<StreamStage> stages(String namespace, String pipeline) {
        return client.resources(StreamStage.class)
                .inNamespace(namespace)
                .withLabel(Weir.LABEL_PIPELINE, pipeline)
                .list()
                .getItems();
    }

    /** One for each region that was ever prepared. */
    List<CheckpointCoordinator> coordinators(String namespace, String pipeline) {
        return client.resources(CheckpointCoordinator.class)
                .inNamespace(namespace)
                .withLabel(Weir.LABEL_PIPELINE, pipeline)
                .list()
                .getItems();
    }

    List<ConfigMap> files(String namespace, String pipeline) {
        return client.configMaps()
                .inNamespace(namespace)
                .withLabel(Weir.LABEL_PIPELINE, pipeline)
                .list()
                .getItems();
    }

    /** Empty too where the operator may not see nodes. */
    Optional<Node> node(String name) {
        try {
            return Optional.ofNullable(client.nodes().withName(name).get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Nodes with our taint, which has a label of the same name so that they are found; pods may be long gone from them. */
    List<Node> lostNodes() {
        try {
            return client.nodes().withLabel(Weir.TAINT_LOST).list().getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    Optional<Lease> nodeLease(String name) {
        return Optional.ofNullable(
                client.leases().inNamespace("kube-node-lease").withName(name).get());
    }

    Optional<Lease> lease(String namespace, String name) {
        return Optional.ofNullable(
                client.leases().inNamespace(namespace).withName(name).get());
    }

    /**
     * Takes the holder's name off it.
     *
     * @return false where somebody has written to it meanwhile
     */
    boolean releaseLease(String namespace, String name, String version) {
        try {
            Optional<Lease> unchanged = lease(namespace, name)
                    .filter(lease -> lease.getMetadata().getResourceVersion().equals(version));
            unchanged.ifPresent(lease -> client.resource(lease.edit()
                            .editSpec()
                            .withHolderIdentity("")
                            .endSpec()
                            .build())
                    .lockResourceVersion(version)
                    .update());
            return unchanged.isPresent();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return false;
        }
    }

    void scale(String namespace, String deployment, int replicas) {
        client.apps().deployments().inNamespace(namespace).withName(deployment).scale(replicas);
    }

    void deleteDeployment(String namespace, String name) {
        client.apps().deployments().inNamespace(namespace).withName(name).delete();
    }

    /** Without asking the node, which may be gone. */
    void forget(String namespace, String pod) {
        client.pods().inNamespace(namespace).withName(pod).withGracePeriod(0).delete();
    }

    void annotatePod(String namespace, String pod, Map<String, String> annotations) {
        client.pods().inNamespace(namespace).withName(pod).patch(merging(), annotated(annotations));
    }

    void annotateDeployment(String namespace, String deployment, Map<String, String> annotations) {
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .patch(merging(), annotated(annotations));
    }

    /** @param changes whole lists and single values; with {@code resourceVersion} only where the object has that one still */
    void changeMetadata(HasMetadata object, Map<String, ?> changes) {
        client.resource(object).patch(PatchContext.of(PatchType.JSON_MERGE), metadata(changes));
    }

    private static PatchContext merging() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(FIRST_WRITER)
                .build();
    }

    private String annotated(Map<String, String> annotations) {
        return metadata(Map.of("annotations", annotations));
    }

    private String metadata(Map<String, ?> changes) {
        return client.getKubernetesSerialization().asJson(Map.of("metadata", changes));
    }

    /** The same object without anything but its name: what is not in it is not ours. */
    @SuppressWarnings("unchecked")
    private <S, T> CustomResource<S, T> blank(CustomResource<S, T> object) {
        Map<String, Object> bare = Map.of(
                "apiVersion", object.getApiVersion(),
                "kind", object.getKind(),
                "metadata",
                        Map.of(
                                "name", object.getMetadata().getName(),
                                "namespace", object.getMetadata().getNamespace()));
        return client.getKubernetesSerialization().convertValue(bare, object.getClass());
    }
}
