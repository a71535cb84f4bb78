package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.operator.job.JobAddress;
import stream.weir.operator.plan.Observed;
import stream.weir.operator.plan.Observed.CoordinatorDeployment;
import stream.weir.operator.plan.Observed.Job;
import stream.weir.operator.plan.Observed.NodeSeen;
import stream.weir.operator.plan.Observed.PodSeen;
import stream.weir.operator.plan.Observed.StageDeployment;
import stream.weir.operator.plan.Observed.StateCheck;
import stream.weir.operator.resource.CoordinatorObjects;
import stream.weir.operator.resource.StageObjects;
import stream.weir.operator.resource.Subject;

/** Puts what the API server knows of a pipeline into the words of plans. */
final class Observer {
    static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
    private static final int INCOMPATIBLE = 3;
    private static final int COORDINATOR_HTTP = 8081;

    private final Cluster cluster;

    Observer(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What is there, without the job. */
    record Found(List<Deployment> deployments, List<Pod> pods, List<StreamStage> stages) {
        Optional<Deployment> coordinator() {
            return coordinators().findFirst();
        }

        Stream<Deployment> coordinators() {
            return deployments.stream().filter(one -> component(one).equals(CoordinatorObjects.COMPONENT));
        }

        /** Of one region alone. */
        Found of(String region) {
            return new Found(
                    deployments.stream().filter(one -> isOf(region, one)).toList(),
                    pods.stream().filter(one -> isOf(region, one)).toList(),
                    stages.stream().filter(one -> isOf(region, one)).toList());
        }

        /** Regions that were ever started, in the order of their names. */
        List<String> regions() {
            return coordinators().map(Observer::region).sorted().toList();
        }
    }

    /** The region that an object is of; the pipeline's name where it has only one. */
    static String region(HasMetadata object) {
        return label(object, Subject.INSTANCE);
    }

    private static boolean isOf(String region, HasMetadata object) {
        return region(object).equals(region);
    }

    Found find(String namespace, String pipeline) {
        return new Found(
                cluster.deployments(namespace, pipeline),
                cluster.pods(namespace, pipeline),
                cluster.stages(namespace, pipeline));
    }

    static JobAddress address(String namespace, String pipeline, String region, Found found) {
        return new JobAddress(
                namespace,
                pipeline,
                region,
                found.of(region).pods().stream()
                        .filter(pod -> component(pod).equals(CoordinatorObjects.COMPONENT))
                        .map(pod -> Optional.ofNullable(pod.getStatus())
                                .map(status -> status.getPodIP())
                                .orElse(""))
                        .filter(address -> !address.isEmpty())
                        .map(address ->
                                (address.contains(":") ? "[" + address + "]" : address) + ":" + COORDINATOR_HTTP)
                        .sorted()
                        .toList());
    }

    Observed observed(Found found, Job job, Instant now) {
        Map<String, Integer> asked = new HashMap<>();
        found.stages().forEach(stage -> Optional.ofNullable(stage.getSpec().replicas())
                .ifPresent(count -> asked.put(stage.getSpec().stage(), count)));
        List<Pod> stagePods = found.pods().stream()
                .filter(pod -> component(pod).equals(StageObjects.COMPONENT))
                .toList();
        return new Observed(
                now,
                asked,
                found.deployments().stream()
                        .filter(one -> component(one).equals(StageObjects.COMPONENT))
                        .map(one -> stage(one, stagePods))
                        .toList(),
                found.coordinator().map(one -> coordinator(one, found.pods())),
                job,
                found.pods().stream()
                        .filter(pod -> !component(pod).equals(StageObjects.CHECK_COMPONENT))
                        .map(Observer::pod)
                        .toList(),
                found.pods().stream()
                        .filter(pod -> component(pod).equals(StageObjects.CHECK_COMPONENT))
                        .map(Observer::check)
                        .toList(),
                nodes(found.pods()));
    }

    private static StageDeployment stage(Deployment deployment, List<Pod> stagePods) {
        String revision = label(deployment, Weir.LABEL_REVISION);
        String stage = label(deployment, Weir.LABEL_STAGE);
        List<Pod> own = stagePods.stream()
                .filter(pod -> label(pod, Weir.LABEL_REVISION).equals(revision)
                        && label(pod, Weir.LABEL_STAGE).equals(stage))
                .toList();
        int replicas = Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
        List<Instant> ready =
                own.stream().flatMap(pod -> readySince(pod).stream()).toList();
        return new StageDeployment(
                deployment.getMetadata().getName(),
                stage,
                revision,
                replicas,
                ready.size(),
                Instant.parse(deployment.getMetadata().getCreationTimestamp()),
                ready.size() >= replicas ? ready.stream().max(Instant::compareTo) : Optional.empty(),
                own.stream().flatMap(pod -> trouble(pod).stream()).findFirst());
    }

    private static CoordinatorDeployment coordinator(Deployment deployment, List<Pod> pods) {
        List<Pod> own = pods.stream()
                .filter(pod -> component(pod).equals(CoordinatorObjects.COMPONENT))
                .toList();
        return new CoordinatorDeployment(
                note(deployment, CoordinatorObjects.FILE).orElse(""),
                note(deployment, CoordinatorObjects.SETTINGS).orElse(""),
                Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1),
                (int) own.stream().filter(pod -> readySince(pod).isPresent()).count(),
                note(deployment, CoordinatorObjects.ROLLED_AT).map(Instant::parse),
                note(deployment, CoordinatorObjects.COMPLETED),
                own.stream().flatMap(pod -> trouble(pod).stream()).findFirst());
    }

    private static PodSeen pod(Pod pod) {
        return new PodSeen(
                pod.getMetadata().getName(),
                label(pod, Weir.LABEL_STAGE),
                label(pod, Weir.LABEL_REVISION),
                Optional.ofNullable(pod.getSpec().getNodeName()),
                pod.getMetadata().getDeletionTimestamp() != null,
                note(pod, DELETION_COST).map(Integer::valueOf),
                containers(pod)
                        .flatMap(container -> Stream.of(container.getState(), container.getLastState()))
                        .flatMap(state -> signs(Optional.ofNullable(state)))
                        .max(Instant::compareTo));
    }

    /** When the kubelet saw the container start or end. */
    private static Stream<Instant> signs(Optional<ContainerState> state) {
        return Stream.of(
                        state.map(ContainerState::getRunning).map(running -> running.getStartedAt()),
                        state.map(ContainerState::getTerminated).map(ended -> ended.getStartedAt()),
                        state.map(ContainerState::getTerminated).map(ended -> ended.getFinishedAt()))
                .flatMap(Optional::stream)
                .map(Instant::parse);
    }

    private static StateCheck check(Pod pod) {
        Instant created = Instant.parse(pod.getMetadata().getCreationTimestamp());
        String stage = label(pod, Weir.LABEL_STAGE);
        String revision = label(pod, Weir.LABEL_REVISION);
        Optional<io.fabric8.kubernetes.api.model.ContainerStateTerminated> ended = containers(pod)
                .flatMap(container -> Optional.ofNullable(container.getState()).stream())
                .flatMap(state -> Optional.ofNullable(state.getTerminated()).stream())
                .findFirst();
        if (ended.isEmpty()) {
            return new StateCheck(
                    stage, revision, StateCheck.Result.GOING_ON, trouble(pod).orElse("it goes on"), created);
        }
        int code = Optional.ofNullable(ended.get().getExitCode()).orElse(-1);
        String detail = Optional.ofNullable(ended.get().getMessage())
                .orElse("exit code " + code)
                .strip();
        StateCheck.Result result = code == 0
                ? StateCheck.Result.COMPATIBLE
                : code == INCOMPATIBLE ? StateCheck.Result.INCOMPATIBLE : StateCheck.Result.FAILED;
        return new StateCheck(stage, revision, result, detail, created);
    }

    private Map<String, NodeSeen> nodes(List<Pod> pods) {
        Map<String, NodeSeen> nodes = new HashMap<>();
        cluster.lostNodes().forEach(node -> nodes.put(node.getMetadata().getName(), LostNodes.seen(node, cluster)));
        pods.stream()
                .flatMap(pod -> Optional.ofNullable(pod.getSpec().getNodeName()).stream())
                .distinct()
                .filter(name -> !nodes.containsKey(name))
                .forEach(name -> cluster.node(name).ifPresent(node -> nodes.put(name, LostNodes.seen(node, cluster))));
        return nodes;
    }

    private static Optional<Instant> readySince(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        return conditions(pod)
                .filter(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"))
                .map(PodCondition::getLastTransitionTime)
                .map(Instant::parse)
                .findFirst();
    }

    /** Why a pod does not come up, as far as Kubernetes says. */
    private static Optional<String> trouble(Pod pod) {
        List<String> found = new ArrayList<>();
        containers(pod)
                .flatMap(container -> Optional.ofNullable(container.getState()).stream())
                .flatMap(state -> Optional.ofNullable(state.getWaiting()).stream())
                .filter(waiting ->
                        waiting.getReason() != null && !waiting.getReason().equals("ContainerCreating"))
                .forEach(waiting -> found.add(waiting.getReason()
                        + Optional.ofNullable(waiting.getMessage())
                                .map(why -> ": " + why)
                                .orElse("")));
        conditions(pod)
                .filter(condition -> condition.getType().equals("PodScheduled")
                        && condition.getStatus().equals("False"))
                .forEach(condition -> found.add("Unschedulable: " + condition.getMessage()));
        return found.stream().findFirst().map(why -> "pod " + pod.getMetadata().getName() + ": " + why);
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream().flatMap(status -> status.getContainerStatuses().stream());
    }

    private static Stream<PodCondition> conditions(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream().flatMap(status -> status.getConditions().stream());
    }

    private static String component(HasMetadata object) {
        return label(object, "app.kubernetes.io/component");
    }

    private static String label(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getLabels())
                .map(labels -> labels.get(key))
                .orElse("");
    }

    static Optional<String> note(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getAnnotations())
                .map(notes -> notes.get(key))
                .filter(value -> !value.isEmpty());
    }
}
