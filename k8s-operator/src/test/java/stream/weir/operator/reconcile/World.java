package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.kubernetes.resource.PipelineStatus;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamStage;

/** A namespace of its own with one pipeline, an operator that may do no more than its role, and a clock that is put forward. */
final class World {
    private static final int MOST_ROUNDS = 40;
    private static int namespaces;

    final String namespace = "t" + namespaces++;
    final KubernetesClient admin;
    /** Of the region that has the pipeline's name. */
    final ScriptedJob job;
    /** Of another region. */
    final ScriptedJob lower;

    private final ScriptedJobs jobs = new ScriptedJobs();
    final PlayedNodes nodes;
    private final KubernetesClient operator;
    private final InstantSource clock;
    private Duration ahead = Duration.ZERO;
    private PipelineControl control;
    SavepointControl savepoints;

    World(ApiServer api) {
        this.admin = api.admin();
        this.operator = api.operator();
        this.clock = () -> InstantSource.system().instant().plus(ahead);
        this.job = new ScriptedJob(clock, "orders");
        this.lower = new ScriptedJob(clock, "orders-sum");
        jobs.add("orders", job);
        jobs.add("orders-sum", lower);
        this.nodes = new PlayedNodes(admin, namespace, clock);
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        nodes.node("node-1", "True");
        nodes.node("node-2", "True");
        restartOperator();
        this.savepoints = SavepointControl.of(operator, jobs, OperatorSettings.defaults(), clock);
    }

    void restartOperator() {
        control = PipelineControl.of(
                operator, jobs, OperatorSettings.defaults(), clock, new JobWatch(jobs, Runnable::run, clock));
    }

    void pass(Duration time) {
        ahead = ahead.plus(time);
    }

    Instant now() {
        return clock.instant();
    }

    /** As {@code kubectl apply --server-side}, a second after what was before: Kubernetes keeps times in whole seconds. */
    void apply(String spec) {
        pass(Duration.ofSeconds(1));
        StreamPipeline pipeline = admin.getKubernetesSerialization()
                .unmarshal(
                        "apiVersion: weir.stream/v1alpha1\nkind: StreamPipeline\nmetadata: {name: orders, namespace: "
                                + namespace + ", labels: {team: shop}}\nspec: " + spec,
                        StreamPipeline.class);
        admin.resource(pipeline).fieldManager("kubectl").forceConflicts().serverSideApply();
    }

    /** What the operator does every few seconds, whatever pipelines there are. */
    void freeNodes() {
        control.freeNodes();
    }

    Optional<Duration> reconcile() {
        return control.reconcile(namespace, "orders");
    }

    /** Lets everybody do what they do until the operator has nothing more to do. */
    void settle() {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            String before = picture();
            reconcile();
            freeNodes();
            nodes.run();
            elect();
            if (before.equals(picture())) {
                return;
            }
        }
        throw new AssertionError("it does not come to rest: " + picture());
    }

    /** The newest coordinator pod of each region leads. */
    void elect() {
        jobs.regions().forEach(this::elect);
    }

    private void elect(String region, ScriptedJob job) {
        List<Pod> coordinators = nodes.podsOf(region + "-coordinator").stream()
                .filter(pod -> !nodes.dead.contains(pod.getSpec().getNodeName()))
                .toList();
        if (coordinators.isEmpty()) {
            job.nobodyLeads();
        } else {
            Pod last = coordinators.getLast();
            String map = last.getSpec().getVolumes().stream()
                    .filter(volume -> volume.getName().equals("pipeline"))
                    .map(volume -> volume.getConfigMap().getName())
                    .findFirst()
                    .orElseThrow();
            job.leads(last.getMetadata().getName(), file(map));
        }
        job.tick(nodes.pods().stream()
                .filter(pod -> PlayedNodes.component(pod).equals("stage"))
                .filter(pod -> region.equals(Observer.region(pod)))
                .filter(pod -> !nodes.dead.contains(pod.getSpec().getNodeName()))
                .filter(pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getStatus().equals("True")))
                .map(pod -> new ScriptedJob.Process(
                        pod.getMetadata().getName(),
                        pod.getMetadata().getLabels().getOrDefault("weir.stream/stage", ""),
                        pod.getMetadata().getLabels().getOrDefault("weir.stream/revision", "")))
                .toList());
    }

    void scale(String stage, int replicas) {
        admin.resources(StreamStage.class)
                .inNamespace(namespace)
                .withName("orders-" + stage)
                .scale(replicas);
    }

    StreamPipeline pipeline() {
        return admin.resources(StreamPipeline.class)
                .inNamespace(namespace)
                .withName("orders")
                .get();
    }

    PipelineStatus status() {
        return pipeline().getStatus();
    }

    PipelinePhase phase() {
        return Optional.ofNullable(status().phase()).orElseThrow();
    }

    private String file(String map) {
        return Optional.ofNullable(admin.configMaps()
                        .inNamespace(namespace)
                        .withName(map)
                        .get()
                        .getData()
                        .get("pipeline.yaml"))
                .orElseThrow();
    }

    private List<Condition> conditions() {
        return Optional.ofNullable(status().conditions()).orElse(List.of());
    }

    /** {@code Status/Reason} of a condition. */
    String condition(String type) {
        return conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(condition -> condition.getStatus() + "/" + condition.getReason())
                .findFirst()
                .orElse("none");
    }

    String message(String type) {
        return conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(condition -> condition.getMessage())
                .findFirst()
                .orElse("");
    }

    StreamStage stage(String name) {
        return admin.resources(StreamStage.class)
                .inNamespace(namespace)
                .withName("orders-" + name)
                .get();
    }

    /** Stage to pods of its Deployments, all revisions. */
    Map<String, Integer> replicas() {
        return deployments().stream()
                .filter(one -> one.getMetadata().getLabels().containsKey("weir.stream/stage"))
                .collect(Collectors.toMap(
                        one -> one.getMetadata().getLabels().get("weir.stream/stage"),
                        one -> one.getSpec().getReplicas(),
                        Integer::sum,
                        TreeMap::new));
    }

    Map<String, String> uids() {
        return nodes.pods().stream()
                .collect(Collectors.toMap(
                        pod -> pod.getMetadata().getName(),
                        pod -> pod.getMetadata().getUid(),
                        (a, _) -> a,
                        TreeMap::new));
    }

    List<Deployment> deployments() {
        return admin.apps().deployments().inNamespace(namespace).list().getItems();
    }

    List<String> events() {
        return admin.v1().events().inNamespace(namespace).list().getItems().stream()
                .map(event -> event.getReason())
                .toList();
    }

    void assertRuns() {
        assertThat(phase()).as(() -> String.valueOf(status())).isEqualTo(PipelinePhase.Running);
        assertThat(condition("Ready")).isEqualTo("True/Running");
    }

    private String picture() {
        StringBuilder picture = new StringBuilder();
        deployments().forEach(one -> picture.append(one.getMetadata().getName())
                .append(one.getSpec().getReplicas())
                .append(one.getMetadata().getGeneration())
                .append(one.getMetadata().getAnnotations())
                .append('\n'));
        nodes.pods().forEach(one -> picture.append(one.getMetadata().getName())
                .append(one.getMetadata().getAnnotations())
                .append('\n'));
        picture.append(Optional.ofNullable(pipeline()).map(StreamPipeline::getStatus));
        jobs.regions().values().forEach(job -> picture.append(job.phase).append(job.holders()));
        return picture.toString();
    }
}
