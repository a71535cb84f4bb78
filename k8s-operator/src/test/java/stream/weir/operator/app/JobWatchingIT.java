package stream.weir.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.operator.job.JobAddress;
import stream.weir.operator.job.JobApi;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobUnreachableException;
import stream.weir.operator.reconcile.ApiServer;
import stream.weir.operator.reconcile.JobWatch;
import stream.weir.operator.reconcile.OperatorSettings;
import stream.weir.operator.reconcile.PipelineControl;

/** What is done from time to time, by an operator with the rights of its role, against a real API server. */
@Timeout(300)
final class JobWatchingIT {
    private static final String NAMESPACE = "watching";
    private static final int WITHIN_SECONDS = 60;

    private final Coordinators jobs = new Coordinators();
    private final CountDownLatch turns = new CountDownLatch(2);
    private KubernetesClient admin;
    private Operator operator;
    private JobWatching watching;

    @BeforeEach
    void connect() throws IOException {
        admin = ApiServer.shared().admin();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        KubernetesClient client = ApiServer.shared().operator();
        JobWatch watch = new JobWatch(jobs, Runnable::run, InstantSource.system());
        PipelineReconciler reconciler = new Counting(
                PipelineControl.of(client, jobs, OperatorSettings.defaults(), InstantSource.system(), watch),
                watch,
                new Canaries(client));
        operator = new Operator(its -> its.withKubernetesClient(client).withCloseClientOnStop(false));
        operator.register(reconciler, its -> its.settingNamespace(NAMESPACE));
        watching = new JobWatching(watch, reconciler, configured());
    }

    @AfterEach
    void end() {
        jobs.answer.countDown();
        watching.stop(new ShutdownEvent());
        operator.stop();
        admin.resources(StreamPipeline.class).inNamespace(NAMESPACE).list().getItems().stream()
                .filter(pipeline -> !pipeline.getMetadata().getFinalizers().isEmpty())
                .forEach(pipeline -> admin.resource(pipeline).edit(one -> {
                    one.getMetadata().setFinalizers(List.of());
                    return one;
                }));
        admin.apps().deployments().inNamespace(NAMESPACE).delete();
    }

    @Test
    void when_a_task_fails_then_it_has_its_next_turn_all_the_same() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        watching.every(Duration.ofMillis(1), "a test", () -> {
            runs.countDown();
            throw new IllegalStateException("each time");
        });
        assertThat(runs.await(WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** A machine may be slow: the SDK's caches throw until they are started. */
    @Test
    void when_turns_come_before_there_are_caches_then_what_is_deleted_later_goes_all_the_same()
            throws InterruptedException {
        // given
        watching.start();
        assertThat(turns.await(WITHIN_SECONDS, TimeUnit.SECONDS))
                .as("a turn after the first one, which has failed")
                .isTrue();
        operator.start();
        // when
        delete("late");
        // then
        awaitGone("late");
    }

    @Test
    void when_the_coordinator_of_one_pipeline_does_not_answer_then_another_pipeline_goes() throws InterruptedException {
        // given
        operator.start();
        watching.start();
        coordinator("held");
        delete("held");
        assertThat(jobs.asked.await(WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        // when
        delete("other");
        // then
        awaitGone("other");
        assertThat(jobs.answer.getCount()).as("it is waited for still").isOne();
        assertThat(pipeline("held").get()).isNotNull();
    }

    private void delete(String name) {
        admin.resource(admin.getKubernetesSerialization().unmarshal("""
                        apiVersion: weir.stream/v1alpha1
                        kind: StreamPipeline
                        metadata: {name: @name@, namespace: watching, finalizers: [weir.stream/cleanup],
                          labels: {weir.stream/canary: "true"}}
                        spec:
                          deletionPolicy: Delete
                          stages: [{name: never, source: {generator: {fields: {k: {sequence: 0}}}}}]
                        """.replace("@name@", name), StreamPipeline.class))
                .create();
        pipeline(name).delete();
    }

    private void awaitGone(String name) {
        pipeline(name).waitUntilCondition(pipeline -> pipeline == null, WITHIN_SECONDS, TimeUnit.SECONDS);
    }

    private void coordinator(String pipeline) {
        Map<String, String> labels = Map.of(
                "weir.stream/pipeline", pipeline,
                "app.kubernetes.io/component", "coordinator",
                "app.kubernetes.io/instance", pipeline);
        admin.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(pipeline + "-coordinator")
                        .withNamespace(NAMESPACE)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .withMatchLabels(labels)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("coordinator")
                        .withImage("none")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private Resource<StreamPipeline> pipeline(String name) {
        return admin.resources(StreamPipeline.class).inNamespace(NAMESPACE).withName(name);
    }

    private static OperatorConfiguration configured() {
        // Without Quarkus nobody reads "5m".
        Map<String, String> settings = new HashMap<>(Map.of("weir.operator.watch-interval", "PT0.02S"));
        for (String time : List.of(
                "evict-after",
                "cleanup-timeout",
                "savepoint-timeout",
                "request-timeout",
                "upgrade.progress-deadline")) {
            settings.put("weir.operator." + time, "PT1M");
        }
        return new SmallRyeConfigBuilder()
                .withMapping(OperatorConfiguration.class)
                .withSources(new PropertiesConfigSource(settings, "test", 0))
                .build()
                .getConfigMapping(OperatorConfiguration.class);
    }

    private final class Counting extends PipelineReconciler {
        Counting(PipelineControl control, JobWatch watch, Canaries canaries) {
            super(control, watch, new ScalingMetrics(new SimpleMeterRegistry()), canaries);
        }

        @Override
        void goOnDeleting(Executor threads) {
            turns.countDown();
            super.goOnDeleting(threads);
        }
    }

    /** Those of a pipeline that is being deleted are asked for nothing but that, and answer when they are told to. */
    private static final class Coordinators implements JobApi {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch answer = new CountDownLatch(1);

        @Override
        public boolean deleteData(JobAddress job) throws JobUnreachableException {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new JobUnreachableException("told so");
        }

        @Override
        public JobStatus status(JobAddress job) throws JobUnreachableException {
            throw new JobUnreachableException("there is none");
        }

        @Override
        public List<String> savepoints(JobAddress job) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void takeCheckpoint(JobAddress job) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void takeSavepoint(JobAddress job, String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop(JobAddress job) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setReplicas(JobAddress job, Map<String, Integer> replicas) {
            throw new UnsupportedOperationException();
        }
    }
}
