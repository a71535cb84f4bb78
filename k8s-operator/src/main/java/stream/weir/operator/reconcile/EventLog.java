package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.operator.resource.PipelineFileText;
import stream.weir.operator.status.Reason;

/**
 * Events for people. The same event again is counted in the one that is there, and written at most every half an hour; what cannot be
 * written is let go. Safe for use by several threads.
 */
public final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final Duration REPEAT = Duration.ofMinutes(30);
    private static final int MOST = 2_000;

    /** How bad it is. */
    public enum Kind {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private record Last(Instant at, int count) {}

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<String, Last> recent = new LinkedHashMap<>();

    public EventLog(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    void record(HasMetadata about, Kind kind, Reason reason, String message) {
        String key = about.getMetadata().getUid() + "/" + reason.word() + "/" + message;
        int count = due(key);
        if (count == 0) {
            return;
        }
        LOG.info(
                "{} {}/{}: {} {}",
                about.getKind(),
                about.getMetadata().getNamespace(),
                about.getMetadata().getName(),
                reason.word(),
                message);
        try {
            client.resource(event(about, kind, reason, message, count))
                    .fieldManager("weir-operator")
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            LOG.debug("An event could not be written", e);
        }
    }

    /** How often it has happened, where it is to be written now; otherwise 0. */
    private synchronized int due(String key) {
        Instant now = clock.instant();
        Last last = recent.getOrDefault(key, new Last(Instant.EPOCH, 0));
        boolean due = Duration.between(last.at(), now).compareTo(REPEAT) >= 0;
        recent.remove(key);
        recent.put(key, new Last(due ? now : last.at(), last.count() + 1));
        if (recent.size() > MOST) {
            recent.remove(recent.keySet().iterator().next());
        }
        return due ? last.count() + 1 : 0;
    }

    private Event event(HasMetadata about, Kind kind, Reason reason, String message, int count) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                // What is in no namespace, as a node, has its events in this one.
                .withNamespace(
                        Optional.ofNullable(about.getMetadata().getNamespace()).orElse("default"))
                .withName(about.getMetadata().getName() + "."
                        + PipelineFileText.hash(about.getMetadata().getUid() + reason.word() + message))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .endInvolvedObject()
                .withType(kind.word)
                .withReason(reason.word())
                .withMessage(message.length() > 1000 ? message.substring(0, 1000) + "…" : message)
                .withCount(count)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withNewSource()
                .withComponent("weir-operator")
                .endSource()
                .build();
    }
}
