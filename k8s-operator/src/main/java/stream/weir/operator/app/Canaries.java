package stream.weir.operator.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.Weir;

/**
 * Pipelines with the label {@code weir.stream/canary: "true"}, which are never run. Their spec is changed from time to time, and the
 * change has to come back to this process: an operator that hears of no changes any more does nothing, however well its process is. Any
 * thread.
 */
@Singleton
class Canaries {
    /** A change comes back within this time; API servers may be slow. */
    private static final Duration HEARD_WITHIN = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Canaries.class);

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<ResourceID, Instant> changed = new ConcurrentHashMap<>();

    @Inject
    Canaries(KubernetesClient client) {
        this(client, InstantSource.system());
    }

    Canaries(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    static boolean isOne(StreamPipeline pipeline) {
        return Optional.ofNullable(pipeline.getMetadata().getLabels())
                .map(labels -> "true".equals(labels.get(Weir.LABEL_CANARY)))
                .orElse(false);
    }

    /**
     * Changes those whose last change has come back; to be called from time to time.
     *
     * @param known those that this process knows of; others are forgotten
     */
    void change(List<StreamPipeline> known) {
        Map<ResourceID, StreamPipeline> all =
                known.stream().collect(Collectors.toMap(ResourceID::fromResource, canary -> canary));
        changed.keySet().retainAll(all.keySet());
        all.forEach((id, canary) -> {
            if (changed.putIfAbsent(id, clock.instant()) == null && !change(canary)) {
                changed.remove(id);
            }
        });
    }

    /** A change has come back. */
    void heard(StreamPipeline canary) {
        changed.remove(ResourceID.fromResource(canary));
    }

    boolean waitsForNone() {
        return changed.isEmpty();
    }

    /** Those of whose change nothing was heard in time, {@code NAMESPACE/NAME}. */
    List<String> silent() {
        Instant now = clock.instant();
        return changed.entrySet().stream()
                .filter(each -> each.getValue().plus(HEARD_WITHIN).isBefore(now))
                .map(each -> each.getKey().getNamespace().orElse("") + "/"
                        + each.getKey().getName())
                .sorted()
                .toList();
    }

    /** Whether it could be: where it is gone, or the API server away, there is nothing to hear. */
    private boolean change(StreamPipeline canary) {
        boolean suspended = Boolean.TRUE.equals(canary.getSpec().suspend());
        try {
            client.resource(canary)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON_MERGE)
                                    .withFieldManager(Weir.FIELD_MANAGER_OPERATOR)
                                    .build(),
                            "{\"spec\": {\"suspend\": " + !suspended + "}}");
            return true;
        } catch (KubernetesClientException e) {
            LOG.debug("The canary {} could not be changed", canary.getMetadata().getName(), e);
            return false;
        }
    }
}
