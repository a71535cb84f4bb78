package stream.weir.operator.resource;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.kubernetes.resource.CheckpointCoordinator;
import stream.weir.kubernetes.resource.CoordinatorSpec;
import stream.weir.kubernetes.resource.PipelineStage;
import stream.weir.kubernetes.resource.Weir;

/** What a pipeline, or each of its regions, has once. All of it can be applied again at any time. */
public final class SharedObjects {
    private final Subject subject;

    public SharedObjects(Subject subject) {
        this.subject = subject;
    }

    /** All but the pipeline file, in the order in which they are made. */
    public List<HasMetadata> all() {
        List<HasMetadata> all = new ArrayList<>();
        if (subject.isMain()) {
            all.add(account(subject.name() + "-stage", StageObjects.COMPONENT));
        }
        all.add(account(Weir.coordinator(subject.job()), CoordinatorObjects.COMPONENT));
        all.add(role());
        all.add(binding());
        all.add(coordinatorService());
        all.addAll(sourceServices());
        if (subject.isMain()) {
            all.add(new NetworkPolicies(subject).policy());
        }
        all.add(budget(StageObjects.COMPONENT, subject.job() + "-stages"));
        all.add(budget(CoordinatorObjects.COMPONENT, Weir.coordinator(subject.job())));
        all.add(coordinatorView());
        return List.copyOf(all);
    }

    /** The pipeline file of now. Never changed: another file has another name. */
    public ConfigMap file() {
        return new ConfigMapBuilder()
                .withMetadata(subject.meta(subject.configMap(), "pipeline-file", Map.of()))
                .withImmutable(true)
                .withData(Map.of("pipeline.yaml", subject.fileText()))
                .build();
    }

    private ServiceAccount account(String name, String component) {
        return new ServiceAccountBuilder()
                .withMetadata(subject.meta(name, component, Map.of()))
                .withAutomountServiceAccountToken(false)
                .build();
    }

    /** What a coordinator may do: lead, and show its checkpoints. */
    private Role role() {
        String name = Weir.coordinator(subject.job());
        return new RoleBuilder()
                .withMetadata(subject.meta(name, CoordinatorObjects.COMPONENT, Map.of()))
                .withRules(
                        rule("coordination.k8s.io", List.of("leases"), List.of(name), "get", "update", "patch"),
                        // What does not exist has no name yet that a rule could be held to.
                        rule("coordination.k8s.io", List.of("leases"), List.of(), "create"),
                        rule(Weir.GROUP, List.of("checkpointcoordinators"), List.of(subject.job()), "get"),
                        rule(
                                Weir.GROUP,
                                List.of("checkpointcoordinators/status"),
                                List.of(subject.job()),
                                "get",
                                "update",
                                "patch"),
                        rule(
                                Weir.GROUP,
                                List.of("streamcheckpoints"),
                                List.of(),
                                "get",
                                "list",
                                "watch",
                                "create",
                                "update",
                                "patch",
                                "delete"),
                        rule(Weir.GROUP, List.of("streamcheckpoints/status"), List.of(), "get", "update", "patch"))
                .build();
    }

    private static PolicyRule rule(String group, List<String> resources, List<String> names, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withResourceNames(names)
                .withVerbs(verbs)
                .build();
    }

    private RoleBinding binding() {
        String name = Weir.coordinator(subject.job());
        return new RoleBindingBuilder()
                .withMetadata(subject.meta(name, CoordinatorObjects.COMPONENT, Map.of()))
                .withNewRoleRef()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind("Role")
                .withName(name)
                .endRoleRef()
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(name)
                .withNamespace(subject.namespace())
                .endSubject()
                .build();
    }

    /** Without an address of its own: stages try each pod until one leads, ready or not. */
    private Service coordinatorService() {
        return new ServiceBuilder()
                .withMetadata(subject.meta(Weir.coordinator(subject.job()), CoordinatorObjects.COMPONENT, Map.of()))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(subject.selector(CoordinatorObjects.COMPONENT))
                .withPorts(port("control", Pods.CONTROL), port("http", Pods.COORDINATOR_HTTP))
                .endSpec()
                .build();
    }

    /** Stages that take requests get a Service for them. */
    private List<Service> sourceServices() {
        List<Service> services = new ArrayList<>();
        for (PipelineStage stage :
                subject.spec().stages().stream().filter(subject::has).toList()) {
            httpPort(stage)
                    .ifPresent(port -> services.add(new ServiceBuilder()
                            .withMetadata(subject.meta(
                                    Weir.stage(subject.name(), stage.name()),
                                    StageObjects.COMPONENT,
                                    Map.of(Weir.LABEL_STAGE, stage.name())))
                            .withNewSpec()
                            .withSelector(stageSelector(stage.name()))
                            .withPorts(port("source", port))
                            .endSpec()
                            .build()));
        }
        return services;
    }

    /** The port on which a stage takes requests, if it does. */
    static Optional<Integer> httpPort(PipelineStage stage) {
        return Optional.ofNullable(stage.source())
                .map(source -> source.get("http"))
                .filter(Map.class::isInstance)
                .map(options -> PipelineFileText.mapping(options).get("port"))
                .filter(Number.class::isInstance)
                .map(port -> ((Number) port).intValue());
    }

    private Map<String, String> stageSelector(String stage) {
        Map<String, String> selector = new java.util.LinkedHashMap<>(subject.selector(StageObjects.COMPONENT));
        selector.put(Weir.LABEL_STAGE, stage);
        return selector;
    }

    /** Nodes are drained one pod at a time; pods that are not well anyway do not hold a drain up. */
    private PodDisruptionBudget budget(String component, String name) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(subject.meta(name, component, Map.of()))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(subject.selector(component))
                .endSelector()
                .endSpec()
                .build();
    }

    private CheckpointCoordinator coordinatorView() {
        CheckpointCoordinator view = new CheckpointCoordinator();
        view.setMetadata(subject.meta(subject.job(), CoordinatorObjects.COMPONENT, Map.of()));
        view.setSpec(new CoordinatorSpec(
                subject.name(), subject.region().map(Subject.Region::name).orElse(null)));
        return view;
    }

    private static ServicePort port(String name, int number) {
        return new ServicePortBuilder()
                .withName(name)
                .withPort(number)
                .withNewTargetPort(number)
                .build();
    }
}
