package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.operator.job.JobAddress;
import stream.weir.operator.job.JobApi;
import stream.weir.operator.job.JobRefusedException;
import stream.weir.operator.job.JobUnreachableException;
import stream.weir.operator.plan.Step;
import stream.weir.operator.reconcile.EventLog.Kind;
import stream.weir.operator.resource.CoordinatorObjects;
import stream.weir.operator.resource.PodSettings;
import stream.weir.operator.resource.StageObjects;
import stream.weir.operator.resource.Subject;
import stream.weir.operator.status.EventReason;

/** Does the steps of one plan. */
final class Steps {
    private final Cluster cluster;
    private final JobApi jobs;
    private final EventLog events;
    private final LostNodes nodes;
    private final InstantSource clock;

    Steps(Cluster cluster, JobApi jobs, EventLog events, LostNodes nodes, InstantSource clock) {
        this.cluster = cluster;
        this.jobs = jobs;
        this.events = events;
        this.nodes = nodes;
        this.clock = clock;
    }

    /** Whom the steps are about. */
    record Target(
            StreamPipeline pipeline, Subject subject, PodSettings settings, JobAddress job, Optional<String> restored) {
        String namespace() {
            return subject.namespace();
        }

        StageObjects stages() {
            return new StageObjects(subject, settings);
        }
    }

    void run(Step step, Target target) throws JobUnreachableException, JobRefusedException {
        String namespace = target.namespace();
        switch (step) {
            case Step.CreateStage create ->
                cluster.create(target.stages().deployment(create.stage(), create.revision(), create.replicas()));
            case Step.ScaleDeployment scale -> cluster.scale(namespace, scale.deployment(), scale.replicas());
            case Step.DeleteDeployment delete -> cluster.deleteDeployment(namespace, delete.deployment());
            case Step.ApplyCoordinator apply -> applyCoordinator(apply, target);
            case Step.ScaleCoordinator scale ->
                cluster.scale(namespace, Weir.coordinator(target.subject().job()), scale.replicas());
            case Step.RememberCompleted remember ->
                cluster.annotateDeployment(
                        namespace,
                        Weir.coordinator(target.subject().job()),
                        Map.of(CoordinatorObjects.COMPLETED, target.subject().fileHash()));
            case Step.StartCheck check -> cluster.create(target.stages().check(check.stage(), check.revision()));
            case Step.DropChecks drop -> dropChecks(drop, target);
            case Step.AskReplicas ask -> {
                jobs.setReplicas(target.job(), ask.replicas());
                events.record(
                        target.pipeline(),
                        Kind.NORMAL,
                        EventReason.STAGE_RESCALING,
                        "replicas are to be " + new java.util.TreeMap<>(ask.replicas()));
            }
            case Step.AskCheckpoint ask -> jobs.takeCheckpoint(target.job());
            case Step.AskStop stop -> jobs.stop(target.job());
            case Step.MarkPod mark ->
                ifThere(() -> cluster.annotatePod(
                        namespace, mark.pod(), Map.of(Observer.DELETION_COST, String.valueOf(mark.cost()))));
            case Step.ReplacePod replace -> {
                cluster.forget(namespace, replace.pod());
                events.record(
                        target.pipeline(),
                        Kind.WARNING,
                        EventReason.POD_LOST,
                        "pod " + replace.pod() + " is gone and is replaced: " + replace.why());
            }
            case Step.ReleaseLease release -> release(release, namespace, target);
            case Step.TaintNode taint -> {
                if (nodes.mark(taint.node())) {
                    events.record(
                            target.pipeline(),
                            Kind.WARNING,
                            EventReason.NODE_LOST,
                            "node " + taint.node() + " looks lost; no new pods go there until its kubelet is back");
                }
            }
        }
    }

    /** Whoever renews a lease lives: nothing that was planned for want of that may be done. */
    private void release(Step.ReleaseLease release, String namespace, Target target) throws JobUnreachableException {
        String lease = Weir.coordinator(target.subject().job());
        if (!cluster.releaseLease(namespace, lease, release.version())) {
            throw new JobUnreachableException("lease " + lease + " was renewed or taken meanwhile", Set.of());
        }
    }

    private void applyCoordinator(Step.ApplyCoordinator apply, Target target) {
        var objects = new CoordinatorObjects(target.subject(), target.settings());
        var deployment = objects.deployment(apply.replicas(), clock.instant(), target.restored());
        // Whatever file the job had come to its end with, it was not this one.
        deployment.getMetadata().getAnnotations().put(CoordinatorObjects.COMPLETED, "");
        cluster.apply(deployment);
        events.record(
                target.pipeline(),
                Kind.NORMAL,
                EventReason.SPEC_CHANGED,
                "the coordinator"
                        + target.subject()
                                .region()
                                .map(region -> " of region " + region.name())
                                .orElse("")
                        + " works by " + target.subject().configMap());
    }

    private void dropChecks(Step.DropChecks drop, Target target) {
        cluster.client()
                .pods()
                .inNamespace(target.namespace())
                .withLabel(Weir.LABEL_PIPELINE, target.subject().name())
                .withLabel("app.kubernetes.io/component", StageObjects.CHECK_COMPONENT)
                .withLabel(Weir.LABEL_STAGE, drop.stage())
                .withGracePeriod(0)
                .delete();
    }

    private static void ifThere(Runnable call) {
        try {
            call.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
