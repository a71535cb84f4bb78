package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
        List<String> failed = new ArrayList<>();
        boolean done = policy(pipeline) == DeletionPolicy.Retain
                || policy(pipeline) == DeletionPolicy.Delete
                        && found.coordinators().findAny().isEmpty()
                || isReady(pipeline, found) && ofAll(pipeline, found, failed);
        String why = String.join("; ", failed);
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

    /** Does the next thing for each region, though another one's coordinator fails; whether nothing is left to do. */
    private boolean ofAll(StreamPipeline pipeline, Observer.Found found, List<String> failed) {
        String name = pipeline.getMetadata().getName();
        boolean done = true;
        for (String region : found.regions().isEmpty() ? List.of(name) : found.regions()) {
            JobAddress job = Observer.address(pipeline.getMetadata().getNamespace(), name, region, found);
            try {
                done &= policy(pipeline) == DeletionPolicy.Delete
                        ? jobs.deleteData(job)
                        : hasSavepoint(job, lastSavepoint(pipeline));
            } catch (JobUnreachableException | JobRefusedException e) {
                failed.add(String.valueOf(e.getMessage()));
                done = false;
            }
        }
        return done;
    }

    private boolean hasSavepoint(JobAddress job, String name) throws JobUnreachableException, JobRefusedException {
        if (jobs.savepoints(job).contains(name)) {
            return true;
        }
        jobs.takeSavepoint(job, name);
        return false;
    }

    /** Whether data may be deleted: with coordinators that can be asked, and nobody who writes. */
    private boolean isReady(StreamPipeline pipeline, Observer.Found found) {
        if (policy(pipeline) != DeletionPolicy.Delete) {
            return true;
        }
        String namespace = pipeline.getMetadata().getNamespace();
        List<Deployment> coordinators = found.coordinators().toList();
        for (Deployment deployment : found.deployments()) {
            if (!coordinators.contains(deployment) && replicas(deployment) > 0) {
                cluster.scale(namespace, deployment.getMetadata().getName(), 0);
            }
        }
        List<Deployment> asleep =
                coordinators.stream().filter(one -> replicas(one) == 0).toList();
        asleep.forEach(one -> cluster.scale(namespace, one.getMetadata().getName(), 1));
        return asleep.isEmpty()
                && found.pods().stream()
                        .allMatch(pod -> CoordinatorObjects.COMPONENT.equals(
                                pod.getMetadata().getLabels().get("app.kubernetes.io/component")));
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

    private static int replicas(Deployment deployment) {
        return Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
    }

    private static DeletionPolicy policy(StreamPipeline pipeline) {
        return Optional.ofNullable(pipeline.getSpec().deletionPolicy()).orElse(DeletionPolicy.Retain);
    }
}
