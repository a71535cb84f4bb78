package stream.weir.operator.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import stream.weir.operator.job.HttpJobApi;
import stream.weir.operator.job.JobApi;
import stream.weir.operator.reconcile.JobWatch;
import stream.weir.operator.reconcile.OperatorSettings;
import stream.weir.operator.reconcile.PipelineControl;
import stream.weir.operator.reconcile.SavepointControl;
import stream.weir.operator.resource.PodSettings;

/** Puts the operator together. */
final class OperatorParts {
    private OperatorParts() {}

    static OperatorSettings settings(OperatorConfiguration configured) {
        PodSettings defaults = PodSettings.defaults();
        PodSettings pods = new PodSettings(
                configured.stage().image(),
                configured.coordinator().image(),
                configured.imagePullPolicy(),
                or(configured.stage().requests(), defaults.requests()),
                or(configured.stage().limits(), defaults.limits()),
                or(configured.coordinator().requests(), defaults.coordinatorRequests()),
                or(configured.coordinator().limits(), defaults.coordinatorLimits()),
                configured.stage().localStorage(),
                Math.toIntExact(configured.evictAfter().toSeconds()),
                configured.jsonLogs());
        return new OperatorSettings(
                pods,
                configured.upgrade().progressDeadline(),
                configured.upgrade().checkState(),
                configured.cleanupTimeout(),
                configured.savepointTimeout());
    }

    private static Map<String, String> or(Map<String, String> told, Map<String, String> otherwise) {
        return told.isEmpty() ? otherwise : told;
    }

    /** Makes the beans. */
    @Singleton
    static class Beans {
        @Produces
        @Singleton
        JobApi jobs(OperatorConfiguration configured) {
            HttpClient client = HttpClient.newBuilder()
                    .connectTimeout(configured.requestTimeout())
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
            return new HttpJobApi(client, configured.requestTimeout());
        }

        @Produces
        @Singleton
        JobWatch watch(JobApi jobs) {
            return new JobWatch(jobs, Executors.newVirtualThreadPerTaskExecutor(), InstantSource.system());
        }

        @Produces
        @Singleton
        PipelineControl pipelines(
                KubernetesClient client, JobApi jobs, OperatorConfiguration configured, JobWatch watch) {
            return PipelineControl.of(client, jobs, settings(configured), InstantSource.system(), watch);
        }

        @Produces
        @Singleton
        SavepointControl savepoints(KubernetesClient client, JobApi jobs, OperatorConfiguration configured) {
            return SavepointControl.of(client, jobs, settings(configured), InstantSource.system());
        }

        @Produces
        @Singleton
        Metrics metrics(MeterRegistry registry) {
            return MicrometerMetricsV2.newBuilder(registry).build();
        }
    }
}
