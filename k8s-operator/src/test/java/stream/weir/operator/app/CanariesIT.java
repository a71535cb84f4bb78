package stream.weir.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stream.weir.kubernetes.resource.PipelineStatus;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.UpgradePolicy;
import stream.weir.operator.job.HttpJobApi;
import stream.weir.operator.reconcile.ApiServer;
import stream.weir.operator.reconcile.JobWatch;
import stream.weir.operator.reconcile.OperatorSettings;
import stream.weir.operator.reconcile.PipelineControl;

/** Canaries of an operator with the rights of its role, against a real API server. */
@Timeout(300)
final class CanariesIT {
    private static final String NAMESPACE = "canaries";
    private static final String LEASE = "leader";

    private final HttpClient http = HttpClient.newHttpClient();
    private KubernetesClient admin;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Canaries canaries;

    @BeforeEach
    void start() throws IOException {
        admin = ApiServer.shared().admin();
        canaries = new Canaries(ApiServer.shared().operator(), () -> now);
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        admin.resource(manifest()).serverSideApply();
    }

    @AfterEach
    void end() {
        admin.resources(StreamPipeline.class).inNamespace(NAMESPACE).list().getItems().stream()
                .filter(pipeline -> !pipeline.getMetadata().getFinalizers().isEmpty())
                .forEach(pipeline -> admin.resource(pipeline).edit(one -> {
                    one.getMetadata().setFinalizers(List.of());
                    return one;
                }));
        admin.resources(StreamPipeline.class).inNamespace(NAMESPACE).delete();
        http.close();
    }

    @Test
    void when_the_operator_hears_of_changes_then_it_is_well_and_makes_nothing_of_a_canary() throws IOException {
        PipelineReconciler reconciler = reconciler();
        Operator operator = started(reconciler, Optional.empty());
        try {
            for (String deadline : List.of("5m", "6m", "5m")) {
                await(() -> {
                    reconciler.changeCanaries();
                    return !canaries.waitsForNone() || deadline.equals(deadline());
                });
                await(() -> deadline.equals(deadline()) && canaries.waitsForNone());
            }
            now = now.plus(Duration.ofHours(1));

            assertThat(new CanaryCheck(canaries).call().getStatus()).isEqualTo(Status.UP);
            assertThat(admin.apps().deployments().inNamespace(NAMESPACE).list().getItems())
                    .isEmpty();
            assertThat(canary().getStatus()).isNull();
            assertThat(canary().getSpec().suspend()).as("is the user's").isTrue();
        } finally {
            operator.stop();
        }
    }

    @Test
    void when_another_operator_leads_then_this_one_changes_no_canary_and_is_well() throws IOException {
        PipelineReconciler reconciler = reconciler();
        lead("another");
        Operator operator =
                started(reconciler, Optional.of(new LeaderElectionConfiguration(LEASE, NAMESPACE, "standby")));
        try {
            long before = canary().getMetadata().getGeneration();
            reconciler.changeCanaries();
            now = now.plusSeconds(61);

            assertThat(new CanaryCheck(canaries).call().getStatus()).isEqualTo(Status.UP);
            assertThat(canary().getMetadata().getGeneration()).isEqualTo(before);
        } finally {
            operator.stop();
        }
    }

    @Test
    void when_a_pipeline_that_is_run_has_the_label_then_it_is_no_canary_and_looked_after() throws IOException {
        admin.resource(canary()).editStatus(pipeline -> {
            pipeline.setStatus(admin.getKubernetesSerialization().unmarshal("phase: Suspended", PipelineStatus.class));
            return pipeline;
        });
        long before = canary().getMetadata().getGeneration();
        Operator operator = started(reconciler(), Optional.empty());
        try {
            await(() -> canary().getStatus().observedGeneration() != null);
            canaries.change(List.of(canary()));

            assertThat(canaries.waitsForNone()).isTrue();
            assertThat(canary().getMetadata().getGeneration()).isEqualTo(before);
        } finally {
            operator.stop();
        }
    }

    @Test
    void when_canaries_have_no_spec_or_are_being_deleted_then_the_others_are_changed_all_the_same() {
        StreamPipeline empty = admin.resource(admin.getKubernetesSerialization().unmarshal("""
                        apiVersion: weir.stream/v1alpha1
                        kind: StreamPipeline
                        metadata: {name: empty, namespace: canaries, labels: {weir.stream/canary: "true"}}
                        """, StreamPipeline.class))
                .serverSideApply();
        admin.resource(admin.getKubernetesSerialization().unmarshal("""
                        apiVersion: weir.stream/v1alpha1
                        kind: StreamPipeline
                        metadata: {name: held, namespace: canaries, labels: {weir.stream/canary: "true"},
                          finalizers: [example.com/somebody]}
                        spec: {stages: [{name: never, source: {generator: {fields: {k: {sequence: 0}}}}}]}
                        """, StreamPipeline.class))
                .serverSideApply();
        admin.resource(pipeline("held")).delete();
        StreamPipeline held = pipeline("held");
        assertThat(held.isMarkedForDeletion()).isTrue();

        canaries.change(List.of(empty, held, canary()));
        now = now.plusSeconds(61);

        assertThat(canaries.silent()).containsExactly("canaries/canary");
        assertThat(deadline()).isEqualTo("5m");
        assertThat(pipeline("held").getMetadata().getGeneration())
                .isEqualTo(held.getMetadata().getGeneration());
    }

    @Test
    void when_its_manifest_is_applied_again_then_no_field_is_in_conflict() {
        canaries.change(List.of(canary()));
        assertThat(deadline()).isEqualTo("5m");

        admin.resource(manifest()).serverSideApply();

        assertThat(deadline()).as("stays").isEqualTo("5m");
    }

    @Test
    void when_nothing_is_heard_of_a_change_for_a_minute_then_the_operator_is_not_well_until_something_is() {
        CanaryCheck check = new CanaryCheck(canaries);
        StreamPipeline before = canary();
        canaries.change(List.of(before));
        assertThat(deadline()).isEqualTo("5m");
        now = now.plusSeconds(59);
        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
        now = now.plusSeconds(2);
        canaries.change(List.of(canary()));

        assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(check.call().getData().orElseThrow()).containsEntry("silent", "canaries/canary");
        canaries.heard(before);
        assertThat(check.call().getStatus()).as("that was no change").isEqualTo(Status.DOWN);
        canaries.heard(canary());
        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void when_a_canary_is_gone_then_nothing_is_waited_for() {
        StreamPipeline canary = canary();
        canaries.change(List.of(canary));
        canaries.change(List.of());
        now = now.plusSeconds(61);
        assertThat(canaries.silent()).as("not known any more").isEmpty();

        admin.resource(canary).delete();
        canaries.change(List.of(canary));
        now = now.plusSeconds(61);
        assertThat(canaries.silent()).as("deleted, which was not heard of yet").isEmpty();
    }

    private PipelineReconciler reconciler() throws IOException {
        HttpJobApi jobs = new HttpJobApi(http, Duration.ofSeconds(1));
        JobWatch watch = new JobWatch(jobs, Runnable::run, () -> now);
        return new PipelineReconciler(
                PipelineControl.of(ApiServer.shared().operator(), jobs, OperatorSettings.defaults(), () -> now, watch),
                watch,
                new ScalingMetrics(new SimpleMeterRegistry()),
                canaries);
    }

    /** Its caches are filled. */
    private static Operator started(PipelineReconciler reconciler, Optional<LeaderElectionConfiguration> election)
            throws IOException {
        KubernetesClient client = ApiServer.shared().operator();
        Operator operator = new Operator(its -> {
            its.withKubernetesClient(client).withCloseClientOnStop(false);
            election.ifPresent(its::withLeaderElectionConfiguration);
        });
        operator.register(reconciler, its -> its.settingNamespace(NAMESPACE));
        operator.start();
        return operator;
    }

    private void lead(String holder) {
        ZonedDateTime real = ZonedDateTime.now(ZoneOffset.UTC);
        admin.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(LEASE)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(holder)
                        .withLeaseDurationSeconds(3600)
                        .withAcquireTime(real)
                        .withRenewTime(real)
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    /** For what becomes so in another thread of this process, and what no watch tells. */
    private static void await(BooleanSupplier condition) {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            assertThat(i).as("polls, each after 50 ms").isLessThan(1200);
            LockSupport.parkNanos(50_000_000L);
        }
    }

    private StreamPipeline manifest() {
        return admin.getKubernetesSerialization().unmarshal("""
                        apiVersion: weir.stream/v1alpha1
                        kind: StreamPipeline
                        metadata: {name: canary, namespace: canaries, labels: {weir.stream/canary: "true"}}
                        spec:
                          suspend: true
                          stages: [{name: never, source: {generator: {fields: {k: {sequence: 0}}}}}]
                        """, StreamPipeline.class);
    }

    private String deadline() {
        return Optional.ofNullable(canary().getSpec().upgrade())
                .map(UpgradePolicy::progressDeadline)
                .orElse("");
    }

    private StreamPipeline canary() {
        return pipeline("canary");
    }

    private StreamPipeline pipeline(String name) {
        return admin.resources(StreamPipeline.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }
}
