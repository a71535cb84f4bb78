package stream.weir.coordinator.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.schedule.Schedule;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ToReplica;

/**
 * Decides on checkpoints and recovery of one job.
 *
 * <pre>
 *        ┌───────────────────────── run is recorded ─────────────────────────┐
 *        ▼                                                                   │
 *     Running ──a replica is lost──► BackingOff ──delay is over──► OpeningRun
 *      │   │                          ▲    │                         │
 *      │   │     a replica is lost    │    └──stop──┐                │stop
 *      │   └──all have finished──► Finishing        │                │
 *      │                            │   │           ▼                │
 *      └──stop──► Stopping ◄──stop──┘   │        Stopped ◄───────────┘
 *                  │    └──committed────┼───────────▲
 *                  └──input was over──► Completed ◄─┘ committed
 *
 *     Stopping ──a replica is lost, and a savepoint is wanted──► BackingOff
 *     every state that is not an end ──restarts used up, checkpoints failed, fenced──► Failed
 * </pre>
 *
 * Pure and without state of its own: safe for use by any number of threads. What it decides about a checkpoint's own way is in
 * {@link PendingCheckpoint}.
 */
public final class CheckpointMachine {
    private final PipelineDescription pipeline;
    private final CoordinatorConfig config;
    private final Inbox inbox;
    private final Triggering triggering;
    private final Completion completion;
    private final Recovery recovery;
    private final Reshaping reshaping;
    private final Endings endings;
    private final Wakes wakes;

    private CheckpointMachine(PipelineDescription pipeline, CoordinatorConfig config, Aborts aborts) {
        this.pipeline = pipeline;
        this.config = config;
        this.recovery = new Recovery(config, aborts);
        this.reshaping = new Reshaping(aborts);
        this.inbox = new Inbox(config, aborts, recovery);
        this.triggering = new Triggering(config, aborts);
        this.completion = new Completion(config, aborts);
        this.endings = new Endings(config, recovery);
        this.wakes = new Wakes(triggering);
    }

    /** @param pipeline what runs have whose records do not say it */
    public static CheckpointMachine of(PipelineDescription pipeline, CoordinatorConfig config) {
        return new CheckpointMachine(pipeline, config, new Aborts(config));
    }

    /**
     * The state in which a run begins that is recorded in the store.
     *
     * @param newest where it starts from
     * @param nextCheckpoint every smaller id has its entry in the store
     */
    public JobState begin(RunRecord run, Optional<Manifest> newest, long nextCheckpoint, Now now) {
        return new JobState.Running(new Course(
                new Fence(run.pipeline(), run.run(), run.term()),
                Roster.of(run.described(pipeline)),
                Ancestry.of(run),
                Chain.startingAt(nextCheckpoint),
                newest,
                ReplicaReports.NONE,
                Schedule.from(config.interval(), config.minPause(), now.nanos()),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty()));
    }

    /**
     * The state in which a run goes on under a new term, and what its replicas are told for it: to commit what is complete, and to
     * forget what the leader before had begun. A checkpoint is due at once, as nobody knows how long there was none.
     */
    public Decision takeOver(Continued continued, Now now) {
        Fence fence = continued.fence();
        JobState state = new JobState.Running(new Course(
                fence,
                Roster.of(continued.run().described(pipeline)),
                Ancestry.of(continued),
                Chain.startingAt(continued.nextCheckpoint()),
                continued.newest(),
                ReplicaReports.NONE,
                Schedule.due(config.interval(), config.minPause(), now.nanos()),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty()));
        List<Effect> effects = new ArrayList<>();
        continued
                .newest()
                .map(manifest -> new ToReplica.Complete(fence, manifest.checkpoint()))
                .ifPresent(complete -> effects.add(new Effect.ToAll(complete)));
        continued
                .aborted()
                .forEach(id -> effects.add(new Effect.ToAll(new ToReplica.Abort(fence, id, CheckpointFailure.FENCED))));
        return new Decision(state, effects);
    }

    public Decision decide(JobState state, Command command, Now now) {
        Turn turn = new Turn(state, now);
        switch (command) {
            case Command.Tick tick -> {}
            case Command.FromReplica(var message) -> inbox.receive(turn, message);
            case Command.ReplicaLost lost -> inbox.lost(turn, lost);
            case Command.DoesNotFit unfit -> inbox.doesNotFit(turn, unfit);
            case Command.Fenced(String detail) -> inbox.fenced(turn, detail);
            case Command.RequestCheckpoint(var kind) -> triggering.request(turn, kind);
            case Command.Stop(var with) -> endings.stop(turn, with);
            case Command.Reshape reshape -> reshaping.ask(turn, reshape);
            case Command.EntryStored(long checkpoint, var result) -> completion.onStored(turn, checkpoint, result);
            case Command.RunStored(long run, var result) -> recovery.onRunStored(turn, run, result);
        }
        triggering.expire(turn);
        reshaping.advance(turn);
        completion.storeNext(turn);
        recovery.advance(turn);
        endings.stopLate(turn);
        endings.enter(turn);
        endings.leave(turn);
        triggering.startDue(turn);
        return turn.decision();
    }

    /** When the machine wants a {@link Command.Tick}, in nanoseconds of its clock; empty when only a command can change anything. */
    public OptionalLong nextWake(JobState state) {
        return wakes.next(state);
    }
}
