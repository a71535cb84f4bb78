package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.definition.PipelineOutline;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.kubernetes.resource.PipelineStatus;
import stream.weir.kubernetes.resource.StageStatus;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.operator.autoscale.StageAdvice;
import stream.weir.operator.job.JobAddress;
import stream.weir.operator.job.JobApi;
import stream.weir.operator.job.JobRefusedException;
import stream.weir.operator.job.JobUnreachableException;
import stream.weir.operator.plan.Observed;
import stream.weir.operator.plan.Observed.Job;
import stream.weir.operator.plan.Plan;
import stream.weir.operator.plan.Planner;
import stream.weir.operator.plan.Step;
import stream.weir.operator.plan.Wanted;
import stream.weir.operator.plan.Wanted.WantedStage;
import stream.weir.operator.resource.PipelineFileText;
import stream.weir.operator.resource.SharedObjects;
import stream.weir.operator.resource.StageObjects;
import stream.weir.operator.resource.Subject;
import stream.weir.operator.status.StalledReason;
import stream.weir.operator.validation.PipelineCheck;

/** Brings one pipeline a step further, or finds that there is nothing to do. Not at the same time for the same pipeline. */
public final class PipelineControl {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineControl.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration REPAIR_EVERY = Duration.ofMinutes(5);

    private final Cluster cluster;
    private final JobApi jobs;
    private final OperatorSettings settings;
    private final InstantSource clock;
    private final Observer observer;
    private final Steps steps;
    private final Deletion deletion;
    private final RestoreSource restores;
    private final Autoscaling autoscaling;
    private final Announcer announcer;
    private final JobWatch watch;
    private final Map<String, Instant> silentSince = new ConcurrentHashMap<>();
    private final Map<String, Applied> applied = new ConcurrentHashMap<>();
    private final Map<String, List<StageAdvice>> advised = new ConcurrentHashMap<>();

    private record Applied(int what, Instant at) {}

    private PipelineControl(
            Cluster cluster,
            JobApi jobs,
            OperatorSettings settings,
            InstantSource clock,
            EventLog events,
            JobWatch watch) {
        this.watch = watch;
        this.cluster = cluster;
        this.jobs = jobs;
        this.settings = settings;
        this.clock = clock;
        this.observer = new Observer(cluster);
        this.steps = new Steps(cluster, jobs, events, clock);
        this.deletion = new Deletion(cluster, jobs, events, settings, clock);
        this.restores = new RestoreSource(cluster);
        this.autoscaling = new Autoscaling(cluster);
        this.announcer = new Announcer(events);
    }

    /** @param watch is told of each coordinator */
    public static PipelineControl of(
            KubernetesClient client, JobApi jobs, OperatorSettings settings, InstantSource clock, JobWatch watch) {
        return new PipelineControl(new Cluster(client), jobs, settings, clock, new EventLog(client, clock), watch);
    }

    /** @return when to look again, if nothing happens before; empty when the pipeline is gone */
    public Optional<Duration> reconcile(String namespace, String name) {
        try {
            return look(namespace, name);
        } catch (KubernetesClientException e) {
            if (!hasChangedMeanwhile(e)) {
                throw e;
            }
            LOG.info("{}/{} changes under this look, the next one sees how: {}", namespace, name, e.getMessage());
            return Optional.of(SOON);
        }
    }

    /** What the autoscaler said when the pipeline was looked at last; nothing of one that cannot run. Any thread. */
    public List<StageAdvice> advice(String namespace, String name) {
        return advised.getOrDefault(namespace + "/" + name, List.of());
    }

    /** Somebody else wrote at the same time, or what was looked at goes, alone or with its namespace. */
    private static boolean hasChangedMeanwhile(KubernetesClientException e) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND -> true;
            case HttpURLConnection.HTTP_FORBIDDEN ->
                String.valueOf(e.getMessage()).contains("it is being terminated");
            default -> false;
        };
    }

    private Optional<Duration> look(String namespace, String name) {
        StreamPipeline pipeline = cluster.client()
                .resources(StreamPipeline.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (pipeline == null) {
            forget(namespace + "/" + name);
            watch.forget(namespace, name);
            return Optional.empty();
        }
        Observer.Found found = observer.find(namespace, name);
        if (pipeline.isMarkedForDeletion()) {
            advised.remove(namespace + "/" + name);
            return deletion.proceed(pipeline, found) ? Optional.empty() : Optional.of(SOON);
        }
        deletion.guard(pipeline);
        return Optional.of(
                switch (restores.find(pipeline, found.coordinator())) {
                    case RestoreSource.Result.Missing missing ->
                        refuse(pipeline, StalledReason.RESTORE_FAILED, List.of(missing.why()));
                    case RestoreSource.Result.AsWritten asWritten ->
                        reconcile(pipeline, found, Optional.empty(), Optional.empty());
                    case RestoreSource.Result.At at ->
                        reconcile(pipeline, found, Optional.of(at.uri()), Optional.of(at.note()));
                });
    }

    private Duration reconcile(
            StreamPipeline pipeline, Observer.Found found, Optional<String> restoreFrom, Optional<String> note) {
        PipelineFileText file = PipelineFileText.of(pipeline, restoreFrom);
        List<String> problems = new ArrayList<>(autoscaling.problems(pipeline));
        Optional<PipelineOutline> outline = Optional.empty();
        switch (PipelineCheck.check(file.text())) {
            case PipelineCheck.Result.Unsound unsound -> problems.addAll(0, unsound.problems());
            case PipelineCheck.Result.Sound sound -> outline = Optional.of(sound.outline());
        }
        if (!problems.isEmpty() || outline.isEmpty()) {
            return refuse(pipeline, StalledReason.INVALID_SPEC, problems);
        }
        Subject subject = Subject.of(pipeline, file);
        Wanted wanted = Wishes.of(subject, outline.get(), settings);
        JobAddress address = Observer.address(subject.namespace(), subject.name(), found);
        watch.watch(address);
        applyShared(pipeline, subject);
        applyStages(subject, wanted, found);
        Observed seen =
                observer.observed(observer.find(subject.namespace(), subject.name()), job(address), clock.instant());
        Plan plan = Planner.plan(wanted, seen);
        Optional<String> refused = run(plan, new Steps.Target(pipeline, subject, settings.pods(), address, note));
        List<StageAdvice> advice = autoscaling.advise(pipeline, outline.get(), seen);
        advised.put(subject.namespace() + "/" + subject.name(), advice);
        report(
                pipeline,
                wanted,
                seen,
                refused.map(why -> Refusals.refused(plan, why)).orElse(plan),
                advice);
        if (plan.phase() == PipelinePhase.Running || plan.phase() == PipelinePhase.Completed) {
            prune(subject, wanted);
        }
        return plan.phase() == PipelinePhase.Running && plan.steps().isEmpty() ? LATER : SOON;
    }

    private Job job(JobAddress address) {
        String key = address.namespace() + "/" + address.pipeline();
        try {
            Job seen = new Job.Seen(jobs.status(address));
            silentSince.remove(key);
            return seen;
        } catch (JobUnreachableException | JobRefusedException e) {
            LOG.debug("No status of {}", key, e);
            Instant since = silentSince.computeIfAbsent(key, _ -> clock.instant());
            return new Job.Unreachable(String.valueOf(e.getMessage()), since);
        }
    }

    /** What the coordinator refused, where it did. What it could not be asked for is tried again with the next plan. */
    private Optional<String> run(Plan plan, Steps.Target target) {
        for (Step step : plan.steps()) {
            try {
                LOG.debug("{}/{}: {}", target.namespace(), target.subject().name(), step);
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

    /** Applied when something of it has changed, and from time to time, in case that somebody else has changed it. */
    private void applyShared(StreamPipeline pipeline, Subject subject) {
        String key = subject.namespace() + "/" + subject.name();
        int what = Objects.hash(subject, settings);
        Instant now = clock.instant();
        Applied last = applied.get(key);
        if (last != null
                && last.what() == what
                && Duration.between(last.at(), now).compareTo(REPAIR_EVERY) < 0) {
            return;
        }
        cluster.create(new SharedObjects(subject).file());
        for (HasMetadata object : new SharedObjects(subject).all()) {
            cluster.apply(object);
        }
        applied.put(key, new Applied(what, now));
        LOG.debug("Applied what {} has once", pipeline.getMetadata().getName());
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

    private void report(StreamPipeline pipeline, Wanted wanted, Observed seen, Plan plan, List<StageAdvice> advice) {
        PipelineStatus status = Statuses.pipeline(pipeline, wanted, seen, plan, advice);
        announcer.announce(pipeline, status);
        if (!status.equals(pipeline.getStatus())) {
            cluster.applyStatus(pipeline, status);
        }
        Subject subject = Subject.of(pipeline, new PipelineFileText("", ""));
        StageObjects objects = new StageObjects(subject, settings.pods());
        for (StreamStage record : cluster.stages(subject.namespace(), subject.name())) {
            wanted.stages().stream()
                    .filter(stage -> stage.name().equals(record.getSpec().stage()))
                    .forEach(stage -> {
                        StageStatus now = Statuses.stage(
                                record,
                                stage,
                                objects.selector(stage.name()),
                                seen,
                                plan,
                                advice.stream()
                                        .filter(one -> one.stage().equals(stage.name()))
                                        .findFirst());
                        if (!Drift.isSame(now, record.getStatus())) {
                            cluster.applyStatus(record, now);
                        }
                    });
        }
    }

    private Duration refuse(StreamPipeline pipeline, StalledReason reason, List<String> problems) {
        advised.remove(pipeline.getMetadata().getNamespace() + "/"
                + pipeline.getMetadata().getName());
        Plan plan = Refusals.of(pipeline, reason, problems);
        PipelineStatus status = Statuses.refused(pipeline, plan, clock.instant());
        announcer.announce(pipeline, status);
        if (!status.equals(pipeline.getStatus())) {
            cluster.applyStatus(pipeline, status);
        }
        return LATER;
    }

    /** Records of stages that are no more, and files that no pod mounts. */
    private void prune(Subject subject, Wanted wanted) {
        Set<String> stages = wanted.stages().stream().map(WantedStage::name).collect(Collectors.toSet());
        cluster.stages(subject.namespace(), subject.name()).stream()
                .filter(record -> !stages.contains(record.getSpec().stage()))
                .forEach(record -> cluster.client().resource(record).delete());
        Set<String> mounted = cluster.deployments(subject.namespace(), subject.name()).stream()
                .flatMap(deployment -> deployment.getSpec().getTemplate().getSpec().getVolumes().stream())
                .flatMap(volume -> Optional.ofNullable(volume.getConfigMap()).stream())
                .map(source -> source.getName())
                .collect(Collectors.toSet());
        cluster.files(subject.namespace(), subject.name()).stream()
                .filter(map ->
                        "pipeline-file".equals(map.getMetadata().getLabels().get("app.kubernetes.io/component")))
                .filter(map -> !mounted.contains(map.getMetadata().getName())
                        && !map.getMetadata().getName().equals(subject.configMap()))
                .forEach(map -> cluster.client().resource(map).delete());
    }

    private void forget(String key) {
        silentSince.remove(key);
        applied.remove(key);
        advised.remove(key);
        autoscaling.forget(key);
    }
}
