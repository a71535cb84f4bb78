package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import stream.weir.kubernetes.resource.DeletionPolicy;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.operator.job.JobAddress;
import stream.weir.operator.job.JobApi;
import stream.weir.operator.job.JobRefusedException;
import stream.weir.operator.job.JobUnreachableException;
import stream.weir.operator.reconcile.EventLog.Kind;
import stream.weir.operator.resource.CoordinatorObjects;
import stream.weir.operator.status.EventReason;

/**
 * The end of a pipeline: a last savepoint, or the deletion of its data, if that was asked for; data first, then the record. Bounded
 * in time from the moment of deletion, whatever is down, and whatever the status says.
 */
final class Deletion {
    private final Cluster cluster;
    private final JobApi jobs;
    private final EventLog events;
    private final OperatorSettings settings;
    private final InstantSource clock;

    Deletion(Cluster cluster, JobApi jobs, EventLog events, OperatorSettings settings, InstantSource clock) {
        this.cluster = cluster;
        this.jobs = jobs;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** Puts the finalizer there, or takes it away, as the policy has it. */
    void guard(StreamPipeline pipeline) {
        boolean needed = policy(pipeline) != DeletionPolicy.Retain;
        if (needed != pipeline.hasFinalizer(Weir.FINALIZER)) {
            cluster.client().resource(pipeline).edit(fresh -> {
                if (needed) {
                    fresh.addFinalizer(Weir.FINALIZER);
                } else {
                    fresh.removeFinalizer(Weir.FINALIZER);
                }
                return fresh;
            });
        }
    }

    /** Does the next thing; whether the record may go now. */
    boolean proceed(StreamPipeline pipeline, Observer.Found found) {
        if (!pipeline.hasFinalizer(Weir.FINALIZER)) {
            return true;
        }
        boolean done = false;
        String why = "";
        try {
            done = switch (policy(pipeline)) {
                case Retain -> true;
                case Savepoint -> savepoint(pipeline, found);
                case Delete -> deleteData(pipeline, found);
            };
        } catch (JobUnreachableException | JobRefusedException e) {
            why = String.valueOf(e.getMessage());
        }
        Instant begun = Instant.parse(pipeline.getMetadata().getDeletionTimestamp());
        boolean late = Duration.between(begun, clock.instant()).compareTo(settings.cleanupTimeout()) > 0;
        if (!done && late) {
            events.record(
                    pipeline,
                    Kind.WARNING,
                    EventReason.CLEANUP_FAILED,
                    "deletionPolicy " + policy(pipeline) + " could not be carried out within "
                            + settings.cleanupTimeout().toSeconds() + " s; the data stay where they are. " + why);
        }
        if (done) {
            events.record(
                    pipeline,
                    Kind.NORMAL,
                    EventReason.CLEANUP_COMPLETED,
                    "deletionPolicy " + policy(pipeline) + " is carried out");
        }
        if (done || late) {
            release(pipeline);
        }
        return done || late;
    }

    /** The name says which life of the pipeline it is of: one of an earlier life does not count. */
    static String lastSavepoint(StreamPipeline pipeline) {
        return "final-" + pipeline.getMetadata().getUid().substring(0, 8);
    }

    private boolean savepoint(StreamPipeline pipeline, Observer.Found found)
            throws JobUnreachableException, JobRefusedException {
        JobAddress job = address(pipeline, found);
        String name = lastSavepoint(pipeline);
        if (jobs.savepoints(job).contains(name)) {
            return true;
        }
        jobs.takeSavepoint(job, name);
        return false;
    }

    private boolean deleteData(StreamPipeline pipeline, Observer.Found found)
            throws JobUnreachableException, JobRefusedException {
        String namespace = pipeline.getMetadata().getNamespace();
        List<Deployment> stages = found.deployments().stream()
                .filter(one -> !one.getMetadata()
                        .getName()
                        .equals(Weir.coordinator(pipeline.getMetadata().getName())))
                .toList();
        for (Deployment stage : stages) {
            if (replicas(stage) > 0) {
                cluster.scale(namespace, stage.getMetadata().getName(), 0);
            }
        }
        Optional<Deployment> coordinator = found.coordinator();
        if (coordinator.isEmpty()) {
            // Nothing was ever started.
            return true;
        }
        if (replicas(coordinator.get()) == 0) {
            cluster.scale(namespace, coordinator.get().getMetadata().getName(), 1);
            return false;
        }
        boolean podsThere = found.pods().stream().anyMatch(pod -> !Optional.ofNullable(
                        pod.getMetadata().getLabels().get("app.kubernetes.io/component"))
                .orElse("")
                .equals(CoordinatorObjects.COMPONENT));
        if (podsThere) {
            return false;
        }
        return jobs.deleteData(address(pipeline, found));
    }

    private void release(StreamPipeline pipeline) {
        try {
            cluster.client().resource(pipeline).edit(fresh -> {
                fresh.removeFinalizer(Weir.FINALIZER);
                return fresh;
            });
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private static JobAddress address(StreamPipeline pipeline, Observer.Found found) {
        return Observer.address(
                pipeline.getMetadata().getNamespace(), pipeline.getMetadata().getName(), found);
    }

    private static int replicas(Deployment deployment) {
        return Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
    }

    private static DeletionPolicy policy(StreamPipeline pipeline) {
        return Optional.ofNullable(pipeline.getSpec().deletionPolicy()).orElse(DeletionPolicy.Retain);
    }
}
