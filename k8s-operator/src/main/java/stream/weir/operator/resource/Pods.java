package stream.weir.operator.resource;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import stream.weir.kubernetes.resource.CheckpointPolicy;
import stream.weir.kubernetes.resource.CheckpointPolicy.Snapshots;
import stream.weir.kubernetes.resource.StateSpec;
import stream.weir.kubernetes.resource.TlsSpec;
import stream.weir.kubernetes.resource.Weir;

/** What pods of stages and of coordinators have in common: as restricted as Kubernetes can have them. */
final class Pods {
    static final int DATA = 7070;
    static final int CONTROL = 7071;
    static final int STAGE_HTTP = 8080;
    static final int COORDINATOR_HTTP = 8081;

    private static final long USER = 10_001;
    private static final String SECRETS = "/etc/weir-secrets";
    private static final String CERTIFICATES = "/etc/weir-tls";
    private static final int READABLE_BY_US = 0440;
    private static final String WORK = "work";
    private static final Set<String> READ_ONLY = Set.of("pipeline", "credentials", "tls");

    private final Subject subject;
    private final PodSettings settings;

    Pods(Subject subject, PodSettings settings) {
        this.subject = subject;
        this.settings = settings;
    }

    /** What a pod is given, by whoever makes it. */
    record Process(
            String container,
            String image,
            String serviceAccount,
            boolean usesApi,
            int http,
            List<ContainerPort> ports,
            List<EnvVar> environment,
            Map<String, String> requests,
            Map<String, String> limits) {}

    PodSpec pod(Process process, Map<String, String> spreadBy) {
        return new PodSpecBuilder()
                .withServiceAccountName(process.serviceAccount())
                .withAutomountServiceAccountToken(process.usesApi())
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(40L)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withTolerations(gone("node.kubernetes.io/unreachable"), gone("node.kubernetes.io/not-ready"))
                .addNewTopologySpreadConstraint()
                .withMaxSkew(1)
                .withTopologyKey("kubernetes.io/hostname")
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(spreadBy)
                .endLabelSelector()
                .endTopologySpreadConstraint()
                .withContainers(container(process))
                .withVolumes(volumes(process))
                .build();
    }

    static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    static ContainerPort port(String name, int number) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(number)
                .build();
    }

    private Container container(Process process) {
        List<EnvVar> environment = new ArrayList<>();
        environment.add(variable("WEIR_PIPELINE_FILE", "/etc/weir/pipeline.yaml"));
        environment.addAll(process.environment());
        credentials().ifPresent(secret -> environment.add(variable("WEIR_SECRETS_DIR", SECRETS)));
        if (certificates().isPresent()) {
            environment.add(variable("WEIR_NETWORK_TLS_CERTIFICATE", CERTIFICATES + "/tls.crt"));
            environment.add(variable("WEIR_NETWORK_TLS_KEY", CERTIFICATES + "/tls.key"));
            environment.add(variable("WEIR_NETWORK_TLS_AUTHORITY", CERTIFICATES + "/ca.crt"));
        }
        if (settings.logsAsJson()) {
            environment.add(variable("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true"));
        }
        return new ContainerBuilder()
                .withName(process.container())
                .withImage(process.image())
                .withImagePullPolicy(settings.pullPolicy().orElse(null))
                .withEnv(environment)
                .withPorts(process.ports())
                .withStartupProbe(probe("/q/health/started", process.http(), 2, 60))
                // Peers do without a process that hangs long before: one that only gets no time is not to be started
                // again.
                .withLivenessProbe(probe("/q/health/live", process.http(), 10, 6))
                .withReadinessProbe(probe("/q/health/ready", process.http(), 1, 3))
                .withResources(new ResourceRequirementsBuilder()
                        .withRequests(quantities(process.requests()))
                        .withLimits(quantities(process.limits()))
                        .build())
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withVolumeMounts(mounts())
                .build();
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount("pipeline", "/etc/weir"));
        mounts.add(mount(WORK, "/var/lib/weir"));
        mounts.add(mount("tmp", "/tmp"));
        credentials().ifPresent(secret -> mounts.add(mount("credentials", SECRETS + "/" + secret)));
        certificates().ifPresent(secret -> mounts.add(mount("tls", CERTIFICATES)));
        return mounts;
    }

    private List<Volume> volumes(Process process) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName("pipeline")
                .withNewConfigMap()
                .withName(subject.configMap())
                .endConfigMap()
                .build());
        volumes.add(localState(process).map(Pods::claimed).orElseGet(this::onNode));
        volumes.add(empty("tmp", "512Mi"));
        credentials()
                .ifPresent(secret -> volumes.add(new VolumeBuilder()
                        .withName("credentials")
                        .withNewSecret()
                        .withSecretName(secret)
                        .endSecret()
                        .build()));
        certificates()
                .ifPresent(secret -> volumes.add(new VolumeBuilder()
                        .withName("tls")
                        .withNewSecret()
                        .withSecretName(secret)
                        .withDefaultMode(READABLE_BY_US)
                        .endSecret()
                        .build()));
        return volumes;
    }

    /** Local state on the node's own disk. */
    Volume onNode() {
        return empty(WORK, settings.localStorage());
    }

    /** A volume that comes and goes with its pod. */
    private static Volume claimed(StateSpec.Volume state) {
        return new VolumeBuilder()
                .withName(WORK)
                .withNewEphemeral()
                .withNewVolumeClaimTemplate()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(state.storageClassName())
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(state.size())))
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endEphemeral()
                .build();
    }

    private Optional<StateSpec.Volume> localState(Process process) {
        return process.container().equals(StageObjects.COMPONENT)
                ? Optional.ofNullable(subject.spec().state()).map(StateSpec::volume)
                : Optional.empty();
    }

    private Optional<String> certificates() {
        return Optional.ofNullable(subject.spec().tls()).map(TlsSpec::secretName);
    }

    private Optional<String> credentials() {
        return Optional.ofNullable(subject.spec().checkpoint())
                .map(CheckpointPolicy::snapshots)
                .map(Snapshots::credentialsSecret);
    }

    private Toleration gone(String taint) {
        return new TolerationBuilder()
                .withKey(taint)
                .withOperator("Exists")
                .withEffect("NoExecute")
                .withTolerationSeconds((long) settings.evictAfterSeconds())
                .build();
    }

    private static Volume empty(String name, String limit) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(new Quantity(limit))
                .endEmptyDir()
                .build();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(READ_ONLY.contains(volume) ? Boolean.TRUE : null)
                .build();
    }

    private static Probe probe(String path, int port, int seconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(port)
                .endHttpGet()
                .withPeriodSeconds(seconds)
                .withTimeoutSeconds(5)
                .withFailureThreshold(failures)
                .build();
    }

    private static Map<String, Quantity> quantities(Map<String, String> spelled) {
        Map<String, Quantity> all = new TreeMap<>();
        spelled.forEach((name, amount) -> all.put(name, new Quantity(amount)));
        return all;
    }

    /** In one order, so that objects read the same each time. */
    static Map<String, String> stageLabels(String stage, String revision) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Weir.LABEL_STAGE, stage);
        labels.put(Weir.LABEL_REVISION, revision);
        return labels;
    }
}
