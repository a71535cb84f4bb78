package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.definition.PipelineOutline;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.kubernetes.resource.PipelineStatus;
import stream.weir.kubernetes.resource.StageStatus;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.operator.autoscale.StageAdvice;
import stream.weir.operator.job.JobApi;
import stream.weir.operator.plan.Observed;
import stream.weir.operator.plan.Plan;
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
    private static final Duration AT_ONCE = Duration.ofMillis(250);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration MUCH_LATER = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final OperatorSettings settings;
    private final InstantSource clock;
    private final Observer observer;
    private final RegionControl regions;
    private final Deletion deletion;
    private final RestoreSource restores;
    private final Announcer announcer;
    private final Leftovers leftovers;
    private final LostNodes nodes;
    private final Map<String, List<StageAdvice>> advised = new ConcurrentHashMap<>();

    private PipelineControl(
            Cluster cluster,
            RegionControl.Asked asked,
            OperatorSettings settings,
            InstantSource clock,
            EventLog events) {
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
        this.leftovers = new Leftovers(cluster, asked.watch());
        this.observer = new Observer(cluster);
        this.nodes = new LostNodes(cluster, events, clock);
        this.regions = new RegionControl(
                cluster, asked, settings, clock, new Steps(cluster, asked.jobs(), events, nodes, clock));
        this.deletion = new Deletion(cluster, asked.jobs(), events, settings, clock);
        this.restores = new RestoreSource(cluster);
        this.announcer = new Announcer(events);
    }

    /** @param watch is told of each coordinator */
    public static PipelineControl of(
            KubernetesClient client, JobApi jobs, OperatorSettings settings, InstantSource clock, JobWatch watch) {
        return new PipelineControl(
                new Cluster(client),
                new RegionControl.Asked(jobs, watch),
                settings,
                clock,
                new EventLog(client, clock));
    }

    /** @return when to look again, if nothing happens before; empty when the pipeline is gone */
    public Optional<Duration> reconcile(String namespace, String name) {
        try {
            return look(namespace, name);
        } catch (KubernetesClientException e) {
            if (isOfDyingNamespace(e)) {
                LOG.debug("{}/{} goes with its namespace", namespace, name, e);
                return Optional.of(MUCH_LATER);
            }
            if (!hasChangedMeanwhile(e)) {
                throw e;
            }
            LOG.info("{}/{} changes under this look, the next one sees how: {}", namespace, name, e.getMessage());
            return Optional.of(SOON);
        }
    }

    /**
     * Lets pods go again to nodes that looked lost and are back, whether or not there is a pipeline still; to be called every few
     * seconds. Any thread.
     */
    public void freeNodes() {
        nodes.free();
    }

    /** What the autoscaler said when the pipeline was looked at last; nothing of one that cannot run. Any thread. */
    public List<StageAdvice> advice(String namespace, String name) {
        return advised.getOrDefault(namespace + "/" + name, List.of());
    }

    /** Somebody else wrote at the same time, or what was looked at goes. */
    private static boolean hasChangedMeanwhile(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** Nothing can be created in it any more, until it is gone. */
    private static boolean isOfDyingNamespace(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                && Optional.ofNullable(e.getStatus()).map(Status::getDetails).map(StatusDetails::getCauses).stream()
                        .flatMap(List::stream)
                        .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    private Optional<Duration> look(String namespace, String name) {
        StreamPipeline pipeline = cluster.client()
                .resources(StreamPipeline.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (pipeline == null) {
            regions.forget(namespace, name);
            advised.remove(namespace + "/" + name);
            return Optional.empty();
        }
        if (pipeline.isMarkedForDeletion()) {
            advised.remove(namespace + "/" + name);
            if (deletion.proceed(pipeline)) {
                return Optional.empty();
            }
            // Its coordinators are needed still, and pods of a node that is gone would be waited for.
            tend(pipeline, observer.find(namespace, name));
            say(pipeline, Refusals.deleting());
            return Optional.of(SOON);
        }
        Observer.Found found = observer.find(namespace, name);
        deletion.guard(pipeline);
        return Optional.of(
                switch (restores.find(pipeline, found.of(name).coordinator())) {
                    case RestoreSource.Result.Missing missing ->
                        refuse(pipeline, found, StalledReason.RESTORE_FAILED, List.of(missing.why()));
                    case RestoreSource.Result.AsWritten asWritten ->
                        reconcile(pipeline, found, Optional.empty(), Optional.empty());
                    case RestoreSource.Result.At at ->
                        reconcile(pipeline, found, Optional.of(at.uri()), Optional.of(at.note()));
                });
    }

    private Duration reconcile(
            StreamPipeline pipeline, Observer.Found found, Optional<String> restoreFrom, Optional<String> note) {
        PipelineFileText file = PipelineFileText.of(pipeline, restoreFrom);
        List<String> problems = new ArrayList<>(regions.autoscaling().problems(pipeline));
        Optional<PipelineOutline> outline = Optional.empty();
        switch (PipelineCheck.check(file.text())) {
            case PipelineCheck.Result.Unsound unsound -> problems.addAll(0, unsound.problems());
            case PipelineCheck.Result.Sound sound -> outline = Optional.of(sound.outline());
        }
        if (!problems.isEmpty() || outline.isEmpty()) {
            return refuse(pipeline, found, StalledReason.INVALID_SPEC, problems);
        }
        Subject whole = Subject.of(pipeline, file);
        List<Subject> jobs = RegionRules.jobs(whole, outline.get());
        problems.addAll(RegionRules.problems(jobs, outline.get(), found));
        if (problems.isEmpty()) {
            cluster.create(new SharedObjects(whole).file());
            jobs.forEach(job -> regions.prepare(job).ifPresent(problems::add));
        }
        if (!problems.isEmpty()) {
            return refuse(pipeline, found, StalledReason.INVALID_SPEC, problems);
        }
        List<Look> looks = new ArrayList<>();
        for (Subject job : jobs) {
            looks.add(regions.look(pipeline, job, RegionRules.outline(job, outline.get()), note));
        }
        advised.put(
                whole.namespace() + "/" + whole.name(),
                looks.stream().flatMap(look -> look.advice().stream()).toList());
        Plan plan = Joined.plan(looks);
        report(pipeline, looks, plan);
        boolean ofNow = looks.stream().allMatch(Look::isOfNow);
        if (ofNow && (plan.phase() == PipelinePhase.Running || plan.phase() == PipelinePhase.Completed)) {
            leftovers.remove(whole, looks);
        }
        if (looks.stream().map(Look::seen).anyMatch(this::mayBeGone)) {
            return AT_ONCE;
        }
        return ofNow && plan.phase() == PipelinePhase.Running && plan.steps().isEmpty() ? LATER : SOON;
    }

    private boolean mayBeGone(Observed seen) {
        return seen.job() instanceof Observed.Job.Unreachable none && none.mayBeGone(clock.instant());
    }

    private void report(StreamPipeline pipeline, List<Look> looks, Plan plan) {
        PipelineStatus status = Statuses.pipeline(pipeline, looks, plan);
        announcer.announce(pipeline, status, looks);
        if (!status.equals(pipeline.getStatus())) {
            cluster.applyStatus(pipeline, status);
        }
        List<StreamStage> records = cluster.stages(
                pipeline.getMetadata().getNamespace(), pipeline.getMetadata().getName());
        for (Look look : looks) {
            StageObjects objects = new StageObjects(look.subject(), settings.pods());
            for (WantedStage stage : look.wanted().stages()) {
                records.stream()
                        .filter(record -> record.getSpec().stage().equals(stage.name()))
                        .forEach(record -> {
                            StageStatus now = Statuses.stage(record, stage, objects.selector(stage.name()), look);
                            announcer.announce(pipeline, record, now);
                            if (!Drift.isSame(now, record.getStatus())) {
                                cluster.applyStatus(record, now);
                            }
                        });
            }
        }
    }

    /** What ran before goes on, and is looked after. */
    private Duration refuse(
            StreamPipeline pipeline, Observer.Found found, StalledReason reason, List<String> problems) {
        advised.remove(pipeline.getMetadata().getNamespace() + "/"
                + pipeline.getMetadata().getName());
        List<RegionControl.Tended> tended = tend(pipeline, found);
        Plan plan = Refusals.of(
                pipeline,
                reason,
                problems,
                tended.stream().map(RegionControl.Tended::done).toList());
        say(pipeline, plan);
        if (tended.stream().map(RegionControl.Tended::seen).anyMatch(this::mayBeGone)) {
            return AT_ONCE;
        }
        return plan.steps().isEmpty() ? LATER : SOON;
    }

    /** What its regions lose is replaced; nothing else is done for them. */
    private List<RegionControl.Tended> tend(StreamPipeline pipeline, Observer.Found found) {
        Subject whole = Subject.of(pipeline, PipelineFileText.of(pipeline, Optional.empty()));
        return found.regions().stream()
                .map(region -> regions.tend(pipeline, whole.of(new Subject.Region(region, List.of()))))
                .toList();
    }

    /** What nothing was observed for. */
    private void say(StreamPipeline pipeline, Plan plan) {
        PipelineStatus status = Statuses.refused(pipeline, plan, clock.instant());
        announcer.announce(pipeline, status, List.of());
        if (!status.equals(pipeline.getStatus())) {
            cluster.applyStatus(pipeline, status);
        }
    }
}
