package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stream.weir.kubernetes.resource.CheckpointCoordinator;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.operator.plan.Wanted.WantedStage;
import stream.weir.operator.resource.Subject;

/** What a pipeline had and has no more: stages, regions, and files that no pod mounts. For one that runs as its spec says. */
final class Leftovers {
    /** What a region has beside Deployments and its record, which go last: by them it is known that there is something left. */
    private static final List<Class<? extends HasMetadata>> OF_REGIONS =
            List.of(RoleBinding.class, Role.class, ServiceAccount.class, Service.class, PodDisruptionBudget.class);

    private final Cluster cluster;
    private final JobWatch watch;

    Leftovers(Cluster cluster, JobWatch watch) {
        this.cluster = cluster;
        this.watch = watch;
    }

    void remove(Subject subject, List<Look> looks) {
        stages(subject, looks);
        regions(subject, looks.stream().map(look -> look.subject().job()).collect(Collectors.toSet()));
        files(subject);
    }

    private void stages(Subject subject, List<Look> looks) {
        Set<String> wanted = looks.stream()
                .flatMap(look -> look.wanted().stages().stream())
                .map(WantedStage::name)
                .collect(Collectors.toSet());
        for (StreamStage record : cluster.stages(subject.namespace(), subject.name())) {
            String stage = record.getSpec().stage();
            if (!wanted.contains(stage)) {
                labelled(Service.class, subject, Weir.LABEL_STAGE, stage);
                cluster.client().resource(record).delete();
            }
        }
    }

    private void regions(Subject subject, Set<String> wanted) {
        Stream.concat(
                        cluster.deployments(subject.namespace(), subject.name()).stream(),
                        cluster.coordinators(subject.namespace(), subject.name()).stream())
                .map(Observer::region)
                .filter(region -> !wanted.contains(region))
                .collect(Collectors.toSet())
                .forEach(region -> region(subject, region));
        watch.keep(subject.namespace(), subject.name(), wanted);
    }

    private void region(Subject subject, String region) {
        OF_REGIONS.forEach(kind -> labelled(kind, subject, Subject.INSTANCE, region));
        cluster.deployments(subject.namespace(), subject.name()).stream()
                .filter(deployment -> Observer.region(deployment).equals(region))
                .forEach(deployment -> cluster.deleteDeployment(
                        subject.namespace(), deployment.getMetadata().getName()));
        // With the record its checkpoints' records go, and its lease; the data stay in the store.
        cluster.client()
                .resources(CheckpointCoordinator.class)
                .inNamespace(subject.namespace())
                .withName(region)
                .delete();
    }

    /** One after the other: the operator may not delete all at once. */
    private void labelled(Class<? extends HasMetadata> kind, Subject subject, String label, String value) {
        cluster.client()
                .resources(kind)
                .inNamespace(subject.namespace())
                .withLabel(Weir.LABEL_PIPELINE, subject.name())
                .withLabel(label, value)
                .list()
                .getItems()
                .forEach(each -> cluster.client().resource(each).delete());
    }

    private void files(Subject subject) {
        Set<String> mounted = cluster.deployments(subject.namespace(), subject.name()).stream()
                .flatMap(deployment -> deployment.getSpec().getTemplate().getSpec().getVolumes().stream())
                .flatMap(volume -> Optional.ofNullable(volume.getConfigMap()).stream())
                .map(source -> source.getName())
                .collect(Collectors.toSet());
        cluster.files(subject.namespace(), subject.name()).stream()
                .filter(map ->
                        "pipeline-file".equals(map.getMetadata().getLabels().get("app.kubernetes.io/component")))
                .filter(map -> !mounted.contains(map.getMetadata().getName())
                        && !map.getMetadata().getName().equals(subject.configMap()))
                .forEach(map -> cluster.client().resource(map).delete());
    }
}
