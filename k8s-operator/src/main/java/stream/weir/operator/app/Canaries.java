package stream.weir.operator.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.kubernetes.resource.PipelineStatus;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.UpgradePolicy;
import stream.weir.kubernetes.resource.Weir;

/**
 * Pipelines with the label {@code weir.stream/canary: "true"} that were never run, and never are. Their spec is changed from time to
 * time, and the change has to come back to this process: an operator that hears of no changes any more does nothing, however well its
 * process is. Any thread.
 */
@Singleton
class Canaries {
    /** A change comes back within this time; API servers may be slow. */
    private static final Duration HEARD_WITHIN = Duration.ofMinutes(1);

    /** Of {@code spec.upgrade.progressDeadline}, in turn: the operator's own field, and without meaning where nothing runs. */
    private static final List<String> DEADLINES = List.of("5m", "6m");

    private static final Logger LOG = LoggerFactory.getLogger(Canaries.class);

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<ResourceID, Change> changed = new ConcurrentHashMap<>();
    private final Set<ResourceID> warned = ConcurrentHashMap.newKeySet();

    /** @param before generation of the spec that is changed */
    private record Change(Instant at, long before) {}

    @Inject
    Canaries(KubernetesClient client) {
        this(client, InstantSource.system());
    }

    Canaries(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Whether it is never run: it has the label, and no status of a pipeline that is. */
    static boolean isOne(StreamPipeline pipeline) {
        return isLabelled(pipeline) && !isRun(pipeline);
    }

    static boolean isLabelled(StreamPipeline pipeline) {
        return Optional.ofNullable(pipeline.getMetadata().getLabels())
                .map(labels -> "true".equals(labels.get(Weir.LABEL_CANARY)))
                .orElse(false);
    }

    private static boolean isRun(StreamPipeline pipeline) {
        PipelineStatus status = pipeline.getStatus();
        return status != null
                && (status.phase() != null
                        || status.coordinator() != null && status.coordinator().run() != null);
    }

    /**
     * Changes those whose last change has come back; to be called from time to time.
     *
     * @param labelled those with the label that this process knows of; others are forgotten
     */
    void change(List<StreamPipeline> labelled) {
        Map<ResourceID, StreamPipeline> all =
                labelled.stream().collect(Collectors.toMap(ResourceID::fromResource, pipeline -> pipeline));
        warned.retainAll(all.keySet());
        all.forEach((id, pipeline) -> {
            if (isRun(pipeline) && warned.add(id)) {
                LOG.warn(
                        "{} has the label {}, and is run: it is no canary, and looked after as ever; take the label away",
                        words(id),
                        Weir.LABEL_CANARY);
            }
        });
        Map<ResourceID, StreamPipeline> canaries = all.entrySet().stream()
                .filter(each -> isSound(each.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        changed.keySet().retainAll(canaries.keySet());
        canaries.forEach((id, canary) -> {
            Change change = new Change(clock.instant(), generation(canary));
            if (changed.putIfAbsent(id, change) == null && !change(id, canary)) {
                changed.remove(id);
            }
        });
    }

    /** Whether changes of it are given to reconcilers: those of what is marked for deletion are not. */
    private static boolean isSound(StreamPipeline pipeline) {
        return isOne(pipeline) && !pipeline.isMarkedForDeletion() && pipeline.getSpec() != null;
    }

    /** This has come: the change, or a later one, unless the spec is still the one of before. */
    void heard(StreamPipeline canary) {
        changed.computeIfPresent(
                ResourceID.fromResource(canary), (_, change) -> generation(canary) > change.before() ? null : change);
    }

    private static long generation(StreamPipeline canary) {
        return canary.getMetadata().getGeneration();
    }

    boolean waitsForNone() {
        return changed.isEmpty();
    }

    /** Those of whose change nothing was heard in time, {@code NAMESPACE/NAME}. */
    List<String> silent() {
        Instant now = clock.instant();
        return changed.entrySet().stream()
                .filter(each -> each.getValue().at().plus(HEARD_WITHIN).isBefore(now))
                .map(each -> words(each.getKey()))
                .sorted()
                .toList();
    }

    /** Whether it could be: where it is gone, or the API server away, there is nothing to hear. */
    private boolean change(ResourceID id, StreamPipeline canary) {
        try {
            client.resource(canary)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON_MERGE)
                                    .withFieldManager(Weir.FIELD_MANAGER_OPERATOR)
                                    .build(),
                            "{\"spec\": {\"upgrade\": {\"progressDeadline\": \"" + next(canary) + "\"}}}");
            return true;
        } catch (RuntimeException e) {
            if (isForbidden(e) && warned.add(id)) {
                LOG.warn(
                        "The canary {} shows nothing: this operator may not change it; give it the right to patch streampipelines there",
                        words(id),
                        e);
            } else {
                LOG.debug("The canary {} could not be changed", words(id), e);
            }
            return false;
        }
    }

    private static String next(StreamPipeline canary) {
        UpgradePolicy now = canary.getSpec().upgrade();
        boolean first = now != null && DEADLINES.getFirst().equals(now.progressDeadline());
        return first ? DEADLINES.getLast() : DEADLINES.getFirst();
    }

    private static boolean isForbidden(RuntimeException e) {
        return e instanceof KubernetesClientException refused && refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
    }

    private static String words(ResourceID id) {
        return id.getNamespace().orElse("") + "/" + id.getName();
    }
}
