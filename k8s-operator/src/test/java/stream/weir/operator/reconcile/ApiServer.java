package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import stream.weir.kubernetes.resource.CheckpointCoordinator;
import stream.weir.kubernetes.resource.StreamCheckpoint;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamSavepoint;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.testservers.KubernetesApi;

/** One API server for all suites of this process, with the CRDs, and a user that may do what the operator's role says. */
public final class ApiServer {
    private static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));
    private static final String OPERATOR_TOKEN = "operator-token";

    private static Optional<ApiServer> shared = Optional.empty();

    private final KubernetesApi api;
    private final KubernetesClient admin;
    private final KubernetesClient operator;
    /** Writes of the operator that still go through; below zero there is no limit. */
    final AtomicInteger fuse = new AtomicInteger(-1);
    /** Before each write of the operator: what somebody else does at the same time. */
    volatile Consumer<HttpRequest> meanwhile = _ -> {};

    private ApiServer(KubernetesApi api) {
        this.api = api;
        this.admin = new KubernetesClientBuilder()
                .withConfig(config(api, KubernetesApi.ADMIN_TOKEN))
                .build();
        this.operator = new KubernetesClientBuilder()
                .withConfig(config(api, OPERATOR_TOKEN))
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("fuse", new Fuse()))
                .build();
    }

    /** The test is skipped where there is none. */
    public static synchronized ApiServer shared() throws IOException {
        assumeThat(KubernetesApi.whyNotAvailable()).isEmpty();
        if (shared.isEmpty()) {
            KubernetesApi api = KubernetesApi.start(
                    Files.createTempDirectory("weir-kubernetes-"), Map.of(OPERATOR_TOKEN, "weir-operator"));
            ApiServer started = new ApiServer(api);
            started.install();
            shared = Optional.of(started);
        }
        shared.get().fuse.set(-1);
        shared.get().meanwhile = _ -> {};
        return shared.get();
    }

    KubernetesApi api() {
        return api;
    }

    public KubernetesClient admin() {
        return admin;
    }

    public KubernetesClient operator() {
        return operator;
    }

    /** As when the process dies: nothing after it is done. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final class Fuse implements Interceptor {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (!request.method().equals("GET") && fuse.get() >= 0 && fuse.getAndDecrement() <= 0) {
                fuse.set(0);
                throw new Died();
            }
            if (!request.method().equals("GET")) {
                meanwhile.accept(request);
            }
        }
    }

    private void install() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("deploy/crds"))) {
            for (Path file : files.filter(each -> each.toString().endsWith("weir.stream.yaml"))
                    .sorted()
                    .toList()) {
                try (var in = Files.newInputStream(file)) {
                    admin.load(in).serverSideApply();
                }
            }
        }
        for (CustomResourceDefinition crd :
                admin.apiextensions().v1().customResourceDefinitions().list().getItems()) {
            admin.resource(crd)
                    .waitUntilCondition(
                            now -> now.getStatus() != null
                                    && now.getStatus().getConditions().stream()
                                            .anyMatch(condition -> condition
                                                            .getType()
                                                            .equals("Established")
                                                    && condition.getStatus().equals("True")),
                            30,
                            TimeUnit.SECONDS);
        }
        for (var kind : List.of(
                StreamPipeline.class,
                StreamStage.class,
                CheckpointCoordinator.class,
                StreamCheckpoint.class,
                StreamSavepoint.class)) {
            awaitStorage(kind);
        }
        try (var in = Files.newInputStream(ROOT.resolve("deploy/rbac/operator.yaml"))) {
            admin.load(in).serverSideApply();
        }
        for (String role : new String[] {"weir-operator", "weir-operator-nodes"}) {
            admin.resource(new io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder()
                            .withNewMetadata()
                            .withName(role)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                            .addNewSubject("rbac.authorization.k8s.io", "User", "weir-operator", null)
                            .build())
                    .serverSideApply();
        }
    }

    /** Established is said a moment before the storage of a kind is there. */
    private void awaitStorage(Class<? extends HasMetadata> kind) {
        for (int i = 0; ; i++) {
            try {
                admin.resources(kind).inAnyNamespace().list();
                return;
            } catch (KubernetesClientException e) {
                if (i == 50) {
                    throw e;
                }
                LockSupport.parkNanos(200_000_000L);
            }
        }
    }

    private static Config config(KubernetesApi api, String token) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(api.url().toString())
                .withOauthToken(token)
                .withCaCertFile(api.certificate().toString())
                .withRequestRetryBackoffLimit(0)
                .build();
    }
}
