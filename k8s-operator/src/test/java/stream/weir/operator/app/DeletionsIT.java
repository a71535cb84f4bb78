package stream.weir.operator.app;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.operator.job.HttpJobApi;
import stream.weir.operator.reconcile.ApiServer;
import stream.weir.operator.reconcile.JobWatch;
import stream.weir.operator.reconcile.OperatorSettings;
import stream.weir.operator.reconcile.PipelineControl;

/** Deletions that an operator goes on with from time to time, against a real API server. */
@Timeout(300)
final class DeletionsIT {
    private static final String NAMESPACE = "deletions";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void when_its_caches_do_not_run_yet_then_the_schedule_goes_on_and_a_later_look_carries_the_deletion_out()
            throws IOException {
        KubernetesClient admin = ApiServer.shared().admin();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        StreamPipeline pipeline = admin.resource(
                        admin.getKubernetesSerialization().unmarshal("""
                        apiVersion: weir.stream/v1alpha1
                        kind: StreamPipeline
                        metadata: {name: sums, namespace: deletions, finalizers: [weir.stream/cleanup]}
                        spec:
                          suspend: true
                          deletionPolicy: Delete
                          stages: [{name: never, source: {generator: {fields: {k: {sequence: 0}}}}}]
                        """, StreamPipeline.class))
                .create();
        admin.resource(pipeline).delete();
        try (HttpClient http = HttpClient.newHttpClient()) {
            PipelineReconciler reconciler = reconciler(http);
            KubernetesClient client = ApiServer.shared().operator();
            Operator operator =
                    new Operator(its -> its.withKubernetesClient(client).withCloseClientOnStop(false));
            operator.register(reconciler, its -> its.settingNamespace(NAMESPACE));

            assertThatCode(reconciler::goOnDeleting)
                    .as("an exception would end the schedule")
                    .doesNotThrowAnyException();
            operator.start();
            try {
                reconciler.goOnDeleting();
                admin.resource(pipeline).waitUntilCondition(there -> there == null, 60, TimeUnit.SECONDS);
            } finally {
                operator.stop();
            }
        }
    }

    private static PipelineReconciler reconciler(HttpClient http) throws IOException {
        HttpJobApi jobs = new HttpJobApi(http, Duration.ofSeconds(1));
        JobWatch watch = new JobWatch(jobs, Runnable::run, CLOCK);
        KubernetesClient client = ApiServer.shared().operator();
        return new PipelineReconciler(
                PipelineControl.of(client, jobs, OperatorSettings.defaults(), CLOCK, watch),
                watch,
                new ScalingMetrics(new SimpleMeterRegistry()),
                new Canaries(client, CLOCK));
    }
}
