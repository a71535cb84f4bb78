package stream.weir.operator.resource;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.kubernetes.resource.CoordinatorSettings;
import stream.weir.kubernetes.resource.Weir;

/** The pods that coordinate. */
public final class CoordinatorObjects {
    public static final String COMPONENT = "coordinator";
    /** Of the Deployment: the hash of the file that its pods work by. */
    public static final String FILE = Weir.GROUP + "/file";
    /** The hash of what else its pods depend on in the pipeline. */
    public static final String SETTINGS = Weir.GROUP + "/settings";
    /** When the operator gave it that file. */
    public static final String ROLLED_AT = Weir.GROUP + "/rolled-at";
    /** The file with which the job has come to its end. */
    public static final String COMPLETED = Weir.GROUP + "/completed";
    /** What {@code restoreFrom} named, and where that was. */
    public static final String RESTORED = Weir.GROUP + "/restored-from";

    private final Subject subject;
    private final PodSettings settings;

    public CoordinatorObjects(Subject subject, PodSettings settings) {
        this.subject = subject;
        this.settings = settings;
    }

    /** A short hash of all that its pods depend on beside the pipeline file and the operator's own settings. */
    public String settingsHash() {
        Map<String, Object> all = new LinkedHashMap<>();
        own().map(PipelineFileText::plain).ifPresent(own -> {
            own.remove("replicas");
            all.put("own", own);
        });
        Optional.ofNullable(subject.spec().template()).ifPresent(template -> all.put("template", template));
        return PipelineFileText.hash(YamlText.of(all));
    }

    public int replicas() {
        return own().map(CoordinatorSettings::replicas).orElse(1);
    }

    /** @param restored what {@code restoreFrom} was resolved to */
    public Deployment deployment(int replicas, Instant rolledAt, Optional<String> restored) {
        ObjectMeta meta = subject.meta(Weir.coordinator(subject.job()), COMPONENT, Map.of());
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(FILE, subject.fileHash());
        notes.put(SETTINGS, settingsHash());
        notes.put(ROLLED_AT, rolledAt.toString());
        restored.ifPresent(where -> notes.put(RESTORED, where));
        meta.setAnnotations(notes);
        return new DeploymentBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withReplicas(replicas)
                .withRevisionHistoryLimit(1)
                .withNewSelector()
                .withMatchLabels(subject.selector(COMPONENT))
                .endSelector()
                // The next one is there, and waits to lead, before the one before it goes.
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withNewMaxSurge(1)
                .withNewMaxUnavailable(0)
                .endRollingUpdate()
                .endStrategy()
                .withTemplate(template())
                .endSpec()
                .build();
    }

    private PodTemplateSpec template() {
        Map<String, String> labels = new LinkedHashMap<>(subject.labels());
        labels.putAll(subject.labels(COMPONENT));
        Pods.Process process = new Pods.Process(
                COMPONENT,
                own().map(CoordinatorSettings::image).orElse(settings.coordinatorImage()),
                Weir.coordinator(subject.job()),
                true,
                Pods.COORDINATOR_HTTP,
                List.of(Pods.port("control", Pods.CONTROL), Pods.port("http", Pods.COORDINATOR_HTTP)),
                environment(),
                settings.coordinatorRequests(),
                settings.coordinatorLimits());
        PodTemplateSpec ours = new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withSpec(new Pods(subject, settings).pod(process, subject.selector(COMPONENT)))
                .build();
        PodTemplateSpec merged = TemplateMerge.over(ours, subject.spec().template());
        return TemplateMerge.over(
                merged, own().map(CoordinatorSettings::template).orElse(null));
    }

    private List<EnvVar> environment() {
        List<EnvVar> all = new ArrayList<>();
        all.add(Pods.variable("WEIR_KUBERNETES_ENABLED", "true"));
        // API servers are away for seconds where they are busy or replaced; data flow on meanwhile.
        all.add(Pods.variable("WEIR_ELECTION_LEASE_DURATION", "10s"));
        // A process that looks for the leader may try the address of the one that is gone first, until names are up to
        // date.
        all.add(Pods.variable("WEIR_RECOVERY_TAKEOVER_PATIENCE", "8s"));
        all.add(new EnvVarBuilder()
                .withName("WEIR_KUBERNETES_NAMESPACE")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("metadata.namespace")
                .endFieldRef()
                .endValueFrom()
                .build());
        subject.region().ifPresent(region -> all.add(Pods.variable("WEIR_PIPELINE_REGION", region.name())));
        return all;
    }

    private Optional<CoordinatorSettings> own() {
        return Optional.ofNullable(subject.spec().coordinator());
    }
}
