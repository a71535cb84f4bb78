package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.kubernetes.resource.DeletionPolicy;
import stream.weir.kubernetes.resource.PipelineSpec;
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
    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);

    private final Cluster cluster;
    private final Observer observer;
    private final JobApi jobs;
    private final EventLog events;
    private final OperatorSettings settings;
    private final InstantSource clock;

    Deletion(Cluster cluster, JobApi jobs, EventLog events, OperatorSettings settings, InstantSource clock) {
        this.cluster = cluster;
        this.observer = new Observer(cluster);
        this.jobs = jobs;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** Puts the finalizer there, or takes it away, as the policy has it. */
    void guard(StreamPipeline pipeline) {
        boolean needed = policy(pipeline) != DeletionPolicy.Retain;
        if (needed != pipeline.hasFinalizer(Weir.FINALIZER)) {
            change(
                    pipeline,
                    fresh -> needed ? fresh.addFinalizer(Weir.FINALIZER) : fresh.removeFinalizer(Weir.FINALIZER));
        }
    }

    /** Does the next thing; whether the record may go now. What fails on the way holds it up no longer than agreed. */
    boolean proceed(StreamPipeline pipeline) {
        if (!pipeline.hasFinalizer(Weir.FINALIZER)) {
            return true;
        }
        List<String> failed = new ArrayList<>();
        boolean done = policy(pipeline) == DeletionPolicy.Retain || isDone(pipeline, failed);
        if (!done && !isLate(pipeline)) {
            return false;
        }
        if (!done) {
            failed.addFirst("it took more than " + settings.cleanupTimeout().toSeconds() + " s");
        }
        if (!release(pipeline)) {
            // Whoever else did it says how it went.
            return true;
        }
        if (failed.isEmpty()) {
            events.record(
                    pipeline,
                    Kind.NORMAL,
                    EventReason.CLEANUP_COMPLETED,
                    "deletionPolicy " + policy(pipeline) + " is carried out");
        } else {
            events.record(
                    pipeline,
                    Kind.WARNING,
                    EventReason.CLEANUP_FAILED,
                    "deletionPolicy " + policy(pipeline)
                            + " could not be carried out; data that were not deleted stay where they are: "
                            + String.join("; ", failed));
        }
        return true;
    }

    /** The name says which life of the pipeline it is of: one of an earlier life does not count. */
    static String lastSavepoint(StreamPipeline pipeline) {
        return "final-" + pipeline.getMetadata().getUid().substring(0, 8);
    }

    private boolean isLate(StreamPipeline pipeline) {
        Instant begun = Instant.parse(pipeline.getMetadata().getDeletionTimestamp());
        return Duration.between(begun, clock.instant()).compareTo(settings.cleanupTimeout()) > 0;
    }

    /** Does the next thing; whether nothing is left to do, or can be done. Never fails, as the record would never go. */
    private boolean isDone(StreamPipeline pipeline, List<String> failed) {
        try {
            Observer.Found found = observer.find(
                    pipeline.getMetadata().getNamespace(),
                    pipeline.getMetadata().getName());
            // Nobody makes them again while their pipeline is being deleted, so that nothing is waited for.
            Set<String> gone = new TreeSet<>(Announcer.led(pipeline));
            found.regions().forEach(gone::remove);
            gone.forEach(region -> failed.add("the Deployment of the coordinator of " + region
                    + " was deleted before, and nobody else may delete data or take savepoints"));
            return found.coordinators().findAny().isEmpty()
                    || isReady(pipeline, found) && ofAll(pipeline, found, failed);
        } catch (RuntimeException e) {
            LOG.warn(
                    "{}/{} is being deleted: its deletionPolicy {} could not be carried out, and is tried again",
                    pipeline.getMetadata().getNamespace(),
                    pipeline.getMetadata().getName(),
                    policy(pipeline),
                    e);
            failed.add(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Does the next thing for each region, though another one's coordinator fails; whether nothing is left to do. */
    private boolean ofAll(StreamPipeline pipeline, Observer.Found found, List<String> failed) {
        String name = pipeline.getMetadata().getName();
        boolean done = true;
        for (String region : found.regions()) {
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

    /** Whether it was this process that did. */
    private boolean release(StreamPipeline pipeline) {
        try {
            return change(pipeline, fresh -> fresh.removeFinalizer(Weir.FINALIZER));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            return false;
        }
    }

    /**
     * The whole list of finalizers is replaced, which has those of others: only where the pipeline is as it was read, by its version.
     *
     * @param finalizers changes them; whether there is anything to change
     * @return whether they were changed
     */
    private boolean change(StreamPipeline pipeline, Predicate<StreamPipeline> finalizers) {
        return Cluster.retried(() -> {
            Optional<StreamPipeline> changed = Optional.ofNullable(
                            cluster.client().resource(pipeline).get())
                    .filter(fresh -> fresh.getMetadata()
                            .getUid()
                            .equals(pipeline.getMetadata().getUid()))
                    .filter(finalizers);
            changed.ifPresent(fresh -> cluster.changeMetadata(
                    fresh,
                    Map.of(
                            "resourceVersion", fresh.getMetadata().getResourceVersion(),
                            "finalizers", fresh.getFinalizers())));
            return changed.isPresent();
        });
    }

    private static int replicas(Deployment deployment) {
        return Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
    }

    private static DeletionPolicy policy(StreamPipeline pipeline) {
        return Optional.ofNullable(pipeline.getSpec())
                .map(PipelineSpec::deletionPolicy)
                .orElse(DeletionPolicy.Retain);
    }
}
