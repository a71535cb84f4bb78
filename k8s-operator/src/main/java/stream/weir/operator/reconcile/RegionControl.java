package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.definition.PipelineOutline;
import stream.weir.kubernetes.resource.CheckpointCoordinator;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.operator.autoscale.StageAdvice;
import stream.weir.operator.job.JobAddress;
import stream.weir.operator.job.JobApi;
import stream.weir.operator.job.JobRefusedException;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobUnreachableException;
import stream.weir.operator.plan.Observed;
import stream.weir.operator.plan.Observed.AbandonedOffice;
import stream.weir.operator.plan.Observed.Job;
import stream.weir.operator.plan.Plan;
import stream.weir.operator.plan.Planner;
import stream.weir.operator.plan.Step;
import stream.weir.operator.plan.Wanted;
import stream.weir.operator.plan.Wanted.WantedStage;
import stream.weir.operator.resource.SharedObjects;
import stream.weir.operator.resource.StageObjects;
import stream.weir.operator.resource.Subject;

/**
 * Brings one job a step further: a pipeline, or one of its regions, which know nothing of each other. Not at the same time for the same
 * pipeline.
 */
final class RegionControl {
    private static final Logger LOG = LoggerFactory.getLogger(RegionControl.class);
    private static final Duration REPAIR_EVERY = Duration.ofMinutes(5);

    private final Cluster cluster;
    private final JobApi jobs;
    private final OperatorSettings settings;
    private final InstantSource clock;
    private final Observer observer;
    private final Steps steps;
    private final Autoscaling autoscaling;
    private final JobWatch watch;
    private final Map<JobKey, Instant> silentSince = new ConcurrentHashMap<>();
    private final Offices offices;
    private final BetweenLeaders betweenLeaders = new BetweenLeaders();
    private final Map<JobKey, Applied> applied = new ConcurrentHashMap<>();

    private record Applied(int what, Instant at) {}

    RegionControl(Cluster cluster, Asked asked, OperatorSettings settings, InstantSource clock, Steps steps) {
        this.cluster = cluster;
        this.jobs = asked.jobs();
        this.watch = asked.watch();
        this.settings = settings;
        this.clock = clock;
        this.observer = new Observer(cluster);
        this.steps = steps;
        this.autoscaling = new Autoscaling(cluster);
        this.offices = new Offices(cluster);
    }

    /** How coordinators are asked. */
    record Asked(JobApi jobs, JobWatch watch) {}

    Autoscaling autoscaling() {
        return autoscaling;
    }

    /**
     * Applies what a job has once: when something of it has changed, and from time to time, in case that somebody else has changed it.
     *
     * @return why it cannot be
     */
    Optional<String> prepare(Subject subject) {
        JobKey key = JobKey.of(subject);
        int what = Objects.hash(subject, settings);
        Instant now = clock.instant();
        Applied last = applied.get(key);
        if (last != null
                && last.what() == what
                && Duration.between(last.at(), now).compareTo(REPAIR_EVERY) < 0) {
            return Optional.empty();
        }
        Optional<String> taken = taken(subject);
        if (taken.isEmpty()) {
            for (HasMetadata object : new SharedObjects(subject).all()) {
                cluster.apply(object);
            }
            applied.put(key, new Applied(what, now));
            LOG.debug("Applied what {} has once", key);
        }
        return taken;
    }

    /** Regions are called {@code PIPELINE-STAGE}, as another pipeline may be: objects and data would be those of both. */
    private Optional<String> taken(Subject subject) {
        return Optional.ofNullable(cluster.client()
                        .resources(CheckpointCoordinator.class)
                        .inNamespace(subject.namespace())
                        .withName(subject.job())
                        .get())
                .map(there -> there.getSpec().pipeline())
                .filter(other -> !other.equals(subject.name()))
                .map(other -> "metadata.name: " + subject.job() + " is the name of "
                        + subject.region().map(_ -> "a region of this pipeline").orElse("this pipeline") + " and of "
                        + (other.equals(subject.job()) ? "a pipeline" : "a region of pipeline " + other)
                        + " in the same namespace, and coordinators, checkpoints and data are found by it: rename the"
                        + " pipeline, or the stage that the region is called after");
    }

    /** @param note what is remembered beside the coordinator of where it was restored from */
    Look look(StreamPipeline pipeline, Subject subject, PipelineOutline outline, Optional<String> note) {
        Wanted wanted = Wishes.of(subject, outline, settings);
        Observer.Found found = find(subject);
        JobAddress address = Observer.address(subject.namespace(), subject.name(), subject.job(), found);
        watch.watch(address);
        applyStages(subject, wanted, found);
        Observed seen = observer.observed(find(subject), job(address, found), clock.instant());
        Plan plan = Planner.plan(wanted, seen);
        Optional<String> refused =
                run(plan.steps(), new Steps.Target(pipeline, subject, settings.pods(), address, note));
        List<StageAdvice> advice = autoscaling.advise(pipeline, subject, outline, seen);
        BetweenLeaders.Said said = betweenLeaders.of(
                JobKey.of(subject),
                pipeline.getMetadata().getUid(),
                seen,
                refused.map(why -> Refusals.refused(plan, why)).orElse(plan));
        return new Look(subject, wanted, seen, said.shown(), said.plan(), advice);
    }

    /** What was found of a job whose spec of now cannot be run, and what was done for it. */
    record Tended(Observed seen, Planner.Tending done) {}

    /** Keeps a job going as it is, until it is deleted: nothing of its spec of now counts. */
    Tended tend(StreamPipeline pipeline, Subject subject) {
        Observer.Found found = find(subject);
        JobAddress address = Observer.address(subject.namespace(), subject.name(), subject.job(), found);
        watch.watch(address);
        betweenLeaders.forget(JobKey.of(subject));
        Observed seen = observer.observed(found, job(address, found), clock.instant());
        Planner.Tending tending = Planner.tend(seen, pipeline.isMarkedForDeletion());
        run(tending.steps(), new Steps.Target(pipeline, subject, settings.pods(), address, Optional.empty()));
        return new Tended(seen, tending);
    }

    /** The pipeline is gone. */
    void forget(String namespace, String pipeline) {
        silentSince.keySet().removeIf(job -> job.isOf(namespace, pipeline));
        offices.forget(namespace, pipeline);
        betweenLeaders.forget(namespace, pipeline);
        applied.keySet().removeIf(job -> job.isOf(namespace, pipeline));
        autoscaling.forget(namespace, pipeline);
        watch.forget(namespace, pipeline);
    }

    private Observer.Found find(Subject subject) {
        return observer.find(subject.namespace(), subject.name()).of(subject.job());
    }

    private Job job(JobAddress address, Observer.Found found) {
        JobKey key = JobKey.of(address);
        try {
            JobStatus status = jobs.status(address);
            silentSince.remove(key);
            watch.outOfReach(key, Set.of());
            offices.answered(key, status, clock.instant());
            return new Job.Seen(status);
        } catch (JobUnreachableException e) {
            Map<String, Instant> silent = watch.outOfReach(key, e.silent());
            return unreachable(key, e, offices.abandoned(key, silent, found, clock.instant()), e.silent());
        } catch (JobRefusedException e) {
            watch.outOfReach(key, Set.of());
            return unreachable(key, e, Optional.empty(), Set.of());
        }
    }

    private Job unreachable(JobKey key, Exception why, Optional<AbandonedOffice> office, Set<String> silent) {
        LOG.debug("No status of {}", key, why);
        Instant since = silentSince.computeIfAbsent(key, _ -> clock.instant());
        return new Job.Unreachable(String.valueOf(why.getMessage()), since, office, silent);
    }

    /** What the coordinator refused, where it did. What it could not be asked for is tried again with the next plan. */
    private Optional<String> run(List<Step> planned, Steps.Target target) {
        for (Step step : planned) {
            try {
                LOG.debug("{}: {}", target.job(), step);
                steps.run(step, target);
            } catch (JobUnreachableException e) {
                LOG.debug("{} could not be done", step, e);
                return Optional.empty();
            } catch (JobRefusedException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    /** Their replicas are written when they are created, and never again. */
    private void applyStages(Subject subject, Wanted wanted, Observer.Found found) {
        StageObjects objects = new StageObjects(subject, settings.pods());
        for (WantedStage stage : wanted.stages()) {
            Optional<StreamStage> there = found.stages().stream()
                    .filter(record -> record.getSpec().stage().equals(stage.name()))
                    .findFirst();
            if (there.isEmpty()) {
                cluster.create(objects.scaled(stage.name(), stage.revision(), stage.initialReplicas()));
            }
            StreamStage record = objects.record(stage.name(), stage.revision());
            if (there.isEmpty() || !Drift.isSame(record, there.get())) {
                cluster.apply(record);
            }
        }
    }
}
