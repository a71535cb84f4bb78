package stream.weir.coordinator.status;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.JobFailure;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.checkpoint.Reshape;
import stream.weir.coordinator.loop.CoordinatorListener;
import stream.weir.coordinator.membership.KnownProcess;
import stream.weir.coordinator.membership.Member;
import stream.weir.coordinator.status.JobView.Checkpoints;
import stream.weir.coordinator.status.JobView.LostView;
import stream.weir.coordinator.status.JobView.Phase;
import stream.weir.coordinator.status.JobView.Reason;
import stream.weir.coordinator.status.JobView.RecoveryView;
import stream.weir.coordinator.store.StartRefusedException;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ReplicaProgress;
import stream.weir.protocol.control.ToCoordinator;

/**
 * Keeps the view of a job up to date: hears the coordinator's loop and what is known of the processes. Methods that change it
 * belong to the loop's thread; {@link #view} is for any thread. What happens to the job shows in the view at once, what replicas
 * do with the next {@link #refresh}, as there may be thousands of them.
 */
public final class StatusBoard implements CoordinatorListener {
    private static final int HISTORY = 60;
    private static final int RECOVERIES = 20;

    private final InstantSource clock;
    private final Consumer<JobView> changed;
    private final TreeMap<ReplicaId, ReplicaStatus> replicas = new TreeMap<>();
    private final TreeMap<Long, CheckpointView> inProgress = new TreeMap<>();
    private final Deque<CheckpointView> history = new ArrayDeque<>();
    private final Deque<RecoveryView> recoveries = new ArrayDeque<>();
    private final LostProcesses lost = new LostProcesses();
    private final CheckpointParts parts = new CheckpointParts(HISTORY);
    private final RecentSavepoints savepoints = new RecentSavepoints();
    private final Stalls stalls = new Stalls();
    private List<String> stalled = List.of();

    private PipelineDescription pipeline;
    private Map<String, Integer> wanted = Map.of();
    private List<KnownProcess> processes = List.of();
    private List<StageView> stages;
    private final Phases phases = new Phases();
    private String note = "";
    private boolean dropsState;

    private Fence fence;
    private Optional<CheckpointView> newest = Optional.empty();
    private long completed;
    private long failed;
    private volatile JobView view;

    private StatusBoard(PipelineDescription pipeline, InstantSource clock, Consumer<JobView> changed) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.changed = changed;
        this.fence = new Fence(pipeline.name(), 0, 0);
        pipeline.replicas().forEach(replica -> replicas.put(replica, ReplicaStatus.missing()));
        phases.begins(replicas.size());
        this.stages = StageViews.of(pipeline, wanted, replicas, processes);
        this.view = made();
    }

    /** @param changed hears of each new view, on the loop's thread; must not block */
    public static StatusBoard of(PipelineDescription pipeline, InstantSource clock, Consumer<JobView> changed) {
        return new StatusBoard(pipeline, clock, changed);
    }

    /** The newest view. */
    public JobView view() {
        return view;
    }

    /**
     * What the replicas contributed to a checkpoint, under way or ended, whichever way, as long as the view has it. For any thread.
     */
    public Optional<CheckpointDetail> checkpoint(long id) {
        Checkpoints present = view.checkpoints();
        return Stream.concat(present.inProgress().stream(), present.history().stream())
                .filter(each -> each.id() == id)
                .findFirst()
                .map(parts::of);
    }

    /** What became of the savepoints that were asked for since this process leads, newest first. For any thread. */
    public List<SavepointView> savepoints() {
        return savepoints.newestFirst();
    }

    /** The job waits for something before it can begin or go on: processes, leadership, the store; empty when for nothing. */
    public void waiting(String why) {
        phases.waiting(why);
        publish();
    }

    /** A term of this process begins. What is known of an earlier one counts no more: replicas say again that they are open. */
    public void leads() {
        phases.leads(replicas.size());
        note = "";
        dropsState = false;
        wanted = Map.of();
        inProgress.clear();
        replicas.replaceAll((_, known) -> known.inNextRun());
        publishAll();
    }

    /**
     * What the next run is to have as soon as there are processes for it, and these have prepared.
     *
     * @param waiting for which ones, for people; empty when for none
     */
    public void wanted(PipelineDescription next, List<String> waiting) {
        boolean isKnown = wanted.equals(next.counts());
        wanted = next.counts();
        dropsState = false;
        note = waiting.isEmpty() ? "" : "other replicas are wanted: " + String.join("; ", waiting);
        if (isKnown) {
            publish();
        } else {
            publishAll();
        }
    }

    /** Makes a new view with what has changed since the last; to be called from time to time. */
    public void refresh(List<Member> members, List<KnownProcess> known) {
        processes = List.copyOf(known);
        for (Member member : members) {
            replicas.computeIfPresent(
                    member.replica(),
                    (_, status) ->
                            status.at(member.instance(), member.address().map(Object::toString), member.connected()));
        }
        publishAll();
    }

    /** A process went without goodbye, and did not come back in time. */
    public void lost(String instance, String stage, String cause) {
        lost.add(new LostView(instance, stage, cause, now()));
        publish();
    }

    /** A process is there, for the first time or again. */
    public void came(String instance) {
        lost.back(instance);
    }

    /** A replica has restored its state in the present run. */
    public void opened(ReplicaId replica) {
        ReplicaStatus known = replicas.get(replica);
        if (known == null || known.opened()) {
            return;
        }
        replicas.put(replica, known.withOpened());
        if (phases.opened()) {
            publishAll();
        }
    }

    /** A replica has no more input. */
    public void finished(ReplicaId replica) {
        stalls.forget(replica);
        replicas.computeIfPresent(replica, (_, known) -> known.withFinished());
    }

    /** A replica has stored what belongs to a checkpoint. */
    public void acknowledged(ToCoordinator.Acknowledge message) {
        CheckpointView begun = inProgress.get(message.checkpoint());
        if (begun != null && message.fence().run() == fence.run()) {
            parts.acknowledged(message, Duration.ofMillis(Math.max(0, now() - begun.atMillis())));
        }
    }

    /** How a replica gets on. */
    public void progress(ReplicaId replica, ReplicaProgress progress) {
        stalls.progress(replica, progress, now());
        replicas.computeIfPresent(replica, (_, known) -> known.with(progress));
    }

    @Override
    public void runs(PipelineDescription present) {
        pipeline = present;
        Set<ReplicaId> all = Set.copyOf(present.replicas());
        replicas.keySet().retainAll(all);
        all.forEach(replica -> replicas.putIfAbsent(replica, ReplicaStatus.missing()));
    }

    @Override
    public void reshapeRefused(PipelineDescription to, String why) {
        note = why;
        dropsState = true;
        publish();
    }

    @Override
    public void tookOver(Fence present, Optional<Manifest> from) {
        fence = present;
        newest = from.map(CheckpointView::of);
        inProgress.clear();
        phases.begins(
                (int) replicas.values().stream().filter(each -> !each.opened()).count());
        publishAll();
    }

    @Override
    public void started(Fence present, Optional<Manifest> from) {
        beginRun(present, from);
        publish();
    }

    @Override
    public void restarting(String cause, Fence present, Optional<Manifest> from) {
        if (Reshape.isCause(cause)) {
            phases.restarting(Phase.RESHAPING, cause);
        } else {
            phases.restarting(Phase.RECOVERING, cause);
            keep(recoveries, new RecoveryView(now(), cause, present.run(), id(from)), RECOVERIES);
        }
        beginRun(present, from);
        publish();
    }

    @Override
    public void goesBack(String cause) {
        if (!Reshape.isCause(cause)) {
            phases.goesBack(cause);
            publish();
        }
    }

    @Override
    public void checkpointStarted(long checkpoint) {
        inProgress.put(checkpoint, CheckpointView.begun(checkpoint, now()));
        parts.begun(checkpoint, replicas.keySet());
        publish();
    }

    @Override
    public void checkpointCompleted(Manifest manifest, Duration duration, long bytes) {
        CheckpointView made = CheckpointView.of(manifest);
        inProgress.remove(manifest.checkpoint());
        parts.completed(manifest);
        parts.ended(manifest.checkpoint());
        newest = Optional.of(made);
        completed++;
        keep(history, made.withoutStates(), HISTORY);
        publish();
    }

    @Override
    public void checkpointFailed(long checkpoint, CheckpointFailure reason, String why) {
        CheckpointView begun = Optional.ofNullable(inProgress.remove(checkpoint))
                .orElseGet(() -> CheckpointView.begun(checkpoint, now()));
        parts.ended(checkpoint);
        failed++;
        keep(history, begun.failed(reason, why, now()), HISTORY);
        publish();
    }

    @Override
    public void savepointMade(String name, Manifest checkpoint) {
        savepoints.add(new SavepointView(name, now(), SavepointView.Status.MADE, checkpoint.checkpoint(), ""));
    }

    @Override
    public void savepointFailed(String name, String why) {
        savepoints.add(new SavepointView(name, now(), SavepointView.Status.FAILED, 0, why));
    }

    @Override
    public void refused(StartRefusedException reason) {
        end(Phase.FAILED, reason.reason() + ": " + reason.getMessage());
    }

    @Override
    public void completed(Manifest last) {
        end(Phase.COMPLETED, "");
    }

    @Override
    public void stopped(LastCheckpoint last, Optional<Manifest> from, String why) {
        newest = newest.or(() -> from.map(CheckpointView::of));
        end(Phase.STOPPED, why);
    }

    @Override
    public void failed(JobFailure reason, String why, Optional<Manifest> from) {
        end(Phase.FAILED, reason + ": " + why);
    }

    private void beginRun(Fence present, Optional<Manifest> from) {
        fence = present;
        newest = from.map(CheckpointView::of).or(() -> newest);
        inProgress.clear();
        parts.endAll();
        stalls.clear();
        replicas.replaceAll((_, known) -> known.inNextRun());
        phases.begins(replicas.size());
        stages = StageViews.of(pipeline, wanted, replicas, processes);
    }

    private void end(Phase last, String why) {
        phases.end(last, why);
        inProgress.clear();
        publish();
    }

    /** With what replicas and processes do. */
    private void publishAll() {
        stages = StageViews.of(pipeline, wanted, replicas, processes);
        stalled = stalls.at(now()).stream().map((Reason.STALLED + ": ")::concat).toList();
        publish();
    }

    /** With what happened to the job: as cheap with thousands of replicas as with one. */
    private void publish() {
        view = made();
        changed.accept(view);
    }

    private JobView made() {
        String why = why();
        Map<String, String> revisions = new LinkedHashMap<>();
        pipeline.stages().forEach(stage -> revisions.put(stage.name(), stage.revision()));
        return new JobView(
                pipeline.name(),
                phases.phase(),
                why,
                reasons(),
                fence.run(),
                fence.term(),
                now(),
                revisions,
                stages,
                new Checkpoints(newest, underWay(), List.copyOf(history), completed, failed),
                List.copyOf(recoveries),
                lost.at(now()));
    }

    /** Why the job is in its phase; of one that runs, what in it makes no progress. */
    private String why() {
        List<String> all = new ArrayList<>();
        Stream.of(phases.detail(), note).filter(each -> !each.isEmpty()).forEach(all::add);
        if (phases.phase() == Phase.RUNNING) {
            all.addAll(stalled);
        }
        return String.join("; ", all);
    }

    /** The same for programs. */
    private List<Reason> reasons() {
        return Stream.of(Reason.values())
                .filter(reason -> switch (reason) {
                    case STALLED -> phases.phase() == Phase.RUNNING && !stalled.isEmpty();
                    case STATE_DROPPED -> dropsState;
                })
                .toList();
    }

    /** What is under way, with whom it waits for. */
    private List<CheckpointView> underWay() {
        return inProgress.values().stream()
                .map(each -> each.waitingFor(parts.missing(each.id())))
                .toList();
    }

    private long now() {
        return clock.millis();
    }

    private static long id(Optional<Manifest> from) {
        return from.map(Manifest::checkpoint).orElse(0L);
    }

    private static <T> void keep(Deque<T> last, T newer, int most) {
        last.addFirst(newer);
        if (last.size() > most) {
            last.removeLast();
        }
    }
}
