package stream.weir.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.operator.job.HttpJobApi;
import stream.weir.operator.reconcile.ApiServer;
import stream.weir.operator.reconcile.JobWatch;
import stream.weir.operator.reconcile.OperatorSettings;
import stream.weir.operator.reconcile.PipelineControl;

/** Canaries of an operator with the rights of its role, against a real API server. */
@Timeout(300)
final class CanariesIT {
    private static final String NAMESPACE = "canaries";

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
        admin.resource(admin.getKubernetesSerialization().unmarshal("""
                        apiVersion: weir.stream/v1alpha1
                        kind: StreamPipeline
                        metadata: {name: canary, namespace: canaries, labels: {weir.stream/canary: "true"}}
                        spec:
                          suspend: true
                          stages: [{name: never, source: {generator: {fields: {k: {sequence: 0}}}}}]
                        """, StreamPipeline.class))
                .forceConflicts()
                .serverSideApply();
    }

    @AfterEach
    void end() {
        admin.resources(StreamPipeline.class)
                .inNamespace(NAMESPACE)
                .withName("canary")
                .delete();
        http.close();
    }

    @Test
    void when_the_operator_hears_of_changes_then_it_is_well_and_makes_nothing_of_a_canary() throws IOException {
        KubernetesClient client = ApiServer.shared().operator();
        HttpJobApi jobs = new HttpJobApi(http, Duration.ofSeconds(1));
        JobWatch watch = new JobWatch(jobs, Runnable::run, () -> now);
        PipelineReconciler reconciler = new PipelineReconciler(
                PipelineControl.of(client, jobs, OperatorSettings.defaults(), () -> now, watch),
                watch,
                new ScalingMetrics(new SimpleMeterRegistry()),
                canaries);
        Operator operator = new Operator(its -> its.withKubernetesClient(client).withCloseClientOnStop(false));
        operator.register(reconciler, its -> its.settingNamespace(NAMESPACE));
        operator.start();
        try {
            for (boolean suspended : List.of(false, true)) {
                reconciler.changeCanaries();
                admin.resource(canary())
                        .waitUntilCondition(
                                one -> Boolean.valueOf(suspended)
                                                .equals(one.getSpec().suspend())
                                        && canaries.waitsForNone(),
                                60,
                                TimeUnit.SECONDS);
            }
            now = now.plus(Duration.ofHours(1));

            assertThat(new CanaryCheck(canaries).call().getStatus()).isEqualTo(Status.UP);
            assertThat(admin.apps().deployments().inNamespace(NAMESPACE).list().getItems())
                    .isEmpty();
            assertThat(canary().getStatus()).isNull();
        } finally {
            operator.stop();
        }
    }

    @Test
    void when_nothing_is_heard_of_a_change_for_a_minute_then_the_operator_is_not_well_until_something_is() {
        CanaryCheck check = new CanaryCheck(canaries);
        canaries.change(List.of(canary()));
        assertThat(canary().getSpec().suspend()).isFalse();
        now = now.plusSeconds(59);
        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
        now = now.plusSeconds(2);
        canaries.change(List.of(canary()));

        assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(check.call().getData().orElseThrow()).containsEntry("silent", "canaries/canary");
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

    private StreamPipeline canary() {
        return admin.resources(StreamPipeline.class)
                .inNamespace(NAMESPACE)
                .withName("canary")
                .get();
    }
}
