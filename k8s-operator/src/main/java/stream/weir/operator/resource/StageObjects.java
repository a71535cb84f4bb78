package stream.weir.operator.resource;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.kubernetes.resource.PipelineStage;
import stream.weir.kubernetes.resource.StageSpec;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.kubernetes.resource.Weir;

/** Objects of one stage. */
public final class StageObjects {
    public static final String COMPONENT = "stage";
    public static final String CHECK_COMPONENT = "state-check";

    private final Subject subject;
    private final PodSettings settings;

    public StageObjects(Subject subject, PodSettings settings) {
        this.subject = subject;
        this.settings = settings;
    }

    /** The pods of one revision of a stage; one process each, with one replica or as a spare. */
    public Deployment deployment(String stage, String revision, int replicas) {
        Map<String, String> selector = new LinkedHashMap<>(subject.selector(COMPONENT));
        selector.putAll(Pods.stageLabels(stage, revision));
        return new DeploymentBuilder()
                .withMetadata(
                        subject.meta(subject.deployment(stage, revision), COMPONENT, Pods.stageLabels(stage, revision)))
                .withNewSpec()
                .withReplicas(replicas)
                // Old ConfigMaps go when nothing refers to them: history would keep them.
                .withRevisionHistoryLimit(1)
                .withNewSelector()
                .withMatchLabels(selector)
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withNewMaxSurge(1)
                .withNewMaxUnavailable(0)
                .endRollingUpdate()
                .endStrategy()
                .withTemplate(template(stage, revision))
                .endSpec()
                .build();
    }

    /** A pod that compares what the stage's states are with what the newest checkpoint has, says so, and ends. */
    public Pod check(String stage, String revision) {
        PodTemplateSpec template = template(stage, revision);
        Pod pod = new PodBuilder()
                .withMetadata(subject.meta(
                        subject.deployment(stage, revision) + "-check",
                        CHECK_COMPONENT,
                        Pods.stageLabels(stage, revision)))
                .withSpec(template.getSpec())
                .build();
        pod.getSpec().setRestartPolicy("Never");
        pod.getSpec().setTopologySpreadConstraints(List.of());
        // It keeps nothing, so it waits for no volume.
        pod.getSpec()
                .getVolumes()
                .replaceAll(volume -> volume.getEphemeral() == null ? volume : new Pods(subject, settings).onNode());
        pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(COMPONENT))
                .forEach(container -> {
                    container.getEnv().add(Pods.variable("WEIR_STAGE_CHECK", "newest"));
                    container.setTerminationMessagePolicy("File");
                    container.setLivenessProbe(null);
                    container.setReadinessProbe(null);
                    container.setStartupProbe(null);
                });
        return pod;
    }

    /** The record that users scale. Its {@code replicas} are written once, by {@link #scaled}. */
    public StreamStage record(String stage, String revision) {
        StreamStage resource = new StreamStage();
        resource.setMetadata(
                subject.meta(Weir.stage(subject.name(), stage), COMPONENT, Map.of(Weir.LABEL_STAGE, stage)));
        resource.setSpec(new StageSpec(
                subject.name(),
                stage,
                null,
                subject.spec().maxParallelism(),
                image(stage),
                revision,
                subject.stage(stage).map(PipelineStage::scale).orElse(null)));
        return resource;
    }

    /** The same with a number of replicas, to be created with and never to be applied again. */
    public StreamStage scaled(String stage, String revision, int replicas) {
        StreamStage resource = record(stage, revision);
        StageSpec spec = resource.getSpec();
        resource.setSpec(new StageSpec(
                spec.pipeline(),
                spec.stage(),
                replicas,
                spec.keyGroups(),
                spec.image(),
                spec.revision(),
                spec.scale()));
        return resource;
    }

    /** Selects the pods of a stage, of all revisions. */
    public String selector(String stage) {
        Map<String, String> all = new LinkedHashMap<>(subject.selector(COMPONENT));
        all.put(Weir.LABEL_STAGE, stage);
        return String.join(
                ",", all.entrySet().stream().map(Object::toString).sorted().toList());
    }

    private PodTemplateSpec template(String stage, String revision) {
        Map<String, String> labels = new LinkedHashMap<>(subject.labels());
        labels.putAll(subject.labels(COMPONENT));
        labels.putAll(Pods.stageLabels(stage, revision));
        Map<String, String> spread = new LinkedHashMap<>(subject.selector(COMPONENT));
        spread.put(Weir.LABEL_STAGE, stage);
        Pods.Process process = new Pods.Process(
                COMPONENT,
                image(stage),
                subject.name() + "-stage",
                false,
                Pods.STAGE_HTTP,
                List.of(Pods.port("data", Pods.DATA), Pods.port("http", Pods.STAGE_HTTP)),
                List.of(
                        Pods.variable("WEIR_STAGE_NAME", stage),
                        Pods.variable(
                                "WEIR_COORDINATOR_ADDRESSES", Weir.coordinator(subject.job()) + ":" + Pods.CONTROL)),
                settings.requests(),
                settings.limits());
        PodTemplateSpec ours = new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withSpec(new Pods(subject, settings).pod(process, spread))
                .build();
        PodTemplateSpec merged = TemplateMerge.over(ours, subject.spec().template());
        return TemplateMerge.over(
                merged, subject.stage(stage).map(PipelineStage::template).orElse(null));
    }

    private String image(String stage) {
        return subject.stage(stage)
                .map(PipelineStage::image)
                .or(() -> Optional.ofNullable(subject.spec().image()))
                .orElse(settings.stageImage());
    }
}
