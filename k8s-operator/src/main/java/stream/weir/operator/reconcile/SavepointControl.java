package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import stream.weir.kubernetes.resource.CheckpointPolicy;
import stream.weir.kubernetes.resource.SavepointStatus;
import stream.weir.kubernetes.resource.SavepointStatus.RegionFolder;
import stream.weir.kubernetes.resource.SnapshotState;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamSavepoint;
import stream.weir.kubernetes.resource.Transitions;
import stream.weir.operator.job.JobAddress;
import stream.weir.operator.job.JobApi;
import stream.weir.operator.job.JobRefusedException;
import stream.weir.operator.job.JobUnreachableException;
import stream.weir.operator.reconcile.EventLog.Kind;
import stream.weir.operator.status.EventReason;

/** Has savepoints taken that resources ask for. The record says what was asked before it is asked. */
public final class SavepointControl {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Observer observer;
    private final JobApi jobs;
    private final OperatorSettings settings;
    private final InstantSource clock;
    private final EventLog events;

    private SavepointControl(
            Cluster cluster, JobApi jobs, OperatorSettings settings, InstantSource clock, EventLog events) {
        this.cluster = cluster;
        this.observer = new Observer(cluster);
        this.jobs = jobs;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
    }

    public static SavepointControl of(
            KubernetesClient client, JobApi jobs, OperatorSettings settings, InstantSource clock) {
        return new SavepointControl(new Cluster(client), jobs, settings, clock, new EventLog(client, clock));
    }

    /** @return when to look again; empty where there is nothing more to do */
    public Optional<Duration> reconcile(String namespace, String name) {
        StreamSavepoint savepoint = cluster.client()
                .resources(StreamSavepoint.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (savepoint == null || savepoint.isMarkedForDeletion() || isOver(savepoint)) {
            return Optional.empty();
        }
        Instant since = Instant.parse(savepoint.getMetadata().getCreationTimestamp());
        Optional<StreamPipeline> pipeline = Optional.ofNullable(cluster.client()
                .resources(StreamPipeline.class)
                .inNamespace(namespace)
                .withName(savepoint.getSpec().pipeline())
                .get());
        String why = "there is no StreamPipeline " + savepoint.getSpec().pipeline();
        if (pipeline.isPresent()) {
            try {
                if (proceed(savepoint, pipeline.get())) {
                    return Optional.empty();
                }
                why = "the coordinator was asked for it and it is not complete yet";
            } catch (JobUnreachableException | JobRefusedException e) {
                why = String.valueOf(e.getMessage());
            }
        }
        if (Duration.between(since, clock.instant()).compareTo(settings.savepointTimeout()) > 0) {
            write(savepoint, SnapshotState.Failed, List.of(), why);
            events.record(savepoint, Kind.WARNING, EventReason.SAVEPOINT_FAILED, why);
            return Optional.empty();
        }
        if (state(savepoint) == SnapshotState.Pending) {
            write(savepoint, SnapshotState.Pending, List.of(), why);
        }
        return Optional.of(SOON);
    }

    private boolean proceed(StreamSavepoint savepoint, StreamPipeline pipeline)
            throws JobUnreachableException, JobRefusedException {
        String namespace = savepoint.getMetadata().getNamespace();
        String name = savepoint.getMetadata().getName();
        List<JobAddress> all = jobs(namespace, pipeline.getMetadata().getName());
        List<JobAddress> missing = new ArrayList<>();
        for (JobAddress job : all) {
            if (!jobs.savepoints(job).contains(name)) {
                missing.add(job);
            }
        }
        if (missing.isEmpty()) {
            write(savepoint, SnapshotState.Completed, folders(pipeline, all, name), "");
            events.record(savepoint, Kind.NORMAL, EventReason.SAVEPOINT_COMPLETED, "is complete");
            return true;
        }
        if (state(savepoint) == SnapshotState.Pending) {
            write(savepoint, SnapshotState.InProgress, List.of(), "");
        }
        for (JobAddress job : missing) {
            jobs.takeSavepoint(job, name);
        }
        return false;
    }

    /** One for each region: the savepoint is that of all of them, of the same name in each folder. */
    private List<JobAddress> jobs(String namespace, String pipeline) {
        Observer.Found found = observer.find(namespace, pipeline);
        List<String> regions = found.regions().isEmpty() ? List.of(pipeline) : found.regions();
        return regions.stream()
                .map(region -> Observer.address(namespace, pipeline, region, found))
                .toList();
    }

    /** @param folders one for each region, the pipeline's first; none while it is not there */
    private void write(StreamSavepoint savepoint, SnapshotState state, List<RegionFolder> folders, String why) {
        Optional<SavepointStatus> before = Optional.ofNullable(savepoint.getStatus());
        Instant moment = clock.instant();
        String now = moment.truncatedTo(ChronoUnit.SECONDS).toString();
        boolean over = state == SnapshotState.Completed || state == SnapshotState.Failed;
        SavepointStatus status = new SavepointStatus(
                savepoint.getMetadata().getGeneration(),
                state,
                before.map(SavepointStatus::requestedAt).orElse(state == SnapshotState.Pending ? null : now),
                over ? now : null,
                folders.isEmpty() ? null : folders.getFirst().uri(),
                folders.size() > 1 ? folders : null,
                null,
                null,
                why.isEmpty() ? null : why,
                List.of(ready(savepoint, state, why, moment)));
        if (!status.equals(savepoint.getStatus())) {
            cluster.applyStatus(savepoint, status);
            savepoint.setStatus(status);
        }
    }

    private static Condition ready(StreamSavepoint savepoint, SnapshotState state, String why, Instant now) {
        String truth = state == SnapshotState.Completed ? "True" : "False";
        List<Condition> before = Optional.ofNullable(savepoint.getStatus())
                .flatMap(status -> Optional.ofNullable(status.conditions()))
                .orElse(List.of());
        return new ConditionBuilder()
                .withType("Ready")
                .withStatus(truth)
                .withReason(state.name())
                .withMessage(why)
                .withObservedGeneration(savepoint.getMetadata().getGeneration())
                .withLastTransitionTime(Transitions.time("Ready", truth, before, now))
                .build();
    }

    private static List<RegionFolder> folders(StreamPipeline pipeline, List<JobAddress> jobs, String name) {
        String main = pipeline.getMetadata().getName();
        return jobs.stream()
                .map(JobAddress::region)
                .sorted(Comparator.comparing((String region) -> !region.equals(main))
                        .thenComparing(Comparator.naturalOrder()))
                .map(region ->
                        new RegionFolder(region, uri(pipeline, region, name).orElse(null)))
                .toList();
    }

    private static Optional<String> uri(StreamPipeline pipeline, String region, String name) {
        return Optional.ofNullable(pipeline.getSpec().checkpoint())
                .map(CheckpointPolicy::snapshots)
                .map(CheckpointPolicy.Snapshots::uri)
                .map(uri -> (uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri) + "/" + region
                        + "/savepoints/" + name);
    }

    private static boolean isOver(StreamSavepoint savepoint) {
        return state(savepoint) == SnapshotState.Completed || state(savepoint) == SnapshotState.Failed;
    }

    private static SnapshotState state(StreamSavepoint savepoint) {
        return Optional.ofNullable(savepoint.getStatus())
                .flatMap(status -> Optional.ofNullable(status.state()))
                .orElse(SnapshotState.Pending);
    }
}
