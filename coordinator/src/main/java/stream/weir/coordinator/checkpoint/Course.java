package stream.weir.coordinator.checkpoint;

import java.util.Optional;
import java.util.OptionalLong;
import stream.weir.coordinator.schedule.Schedule;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;

/**
 * What every state of a job that is not over has.
 *
 * @param roster the run's replicas
 * @param ancestry where its run came from
 * @param newest the newest complete checkpoint of the current branch
 * @param failures checkpoints that failed in a row
 * @param restarts since the last complete checkpoint
 * @param requested a checkpoint that somebody asked for and that has not started
 * @param reshape other replicas that the next run is to have
 * @param stopBy when the job stops at the latest; somebody wants a savepoint of it before, in a later run if need be
 */
public record Course(
        Fence fence,
        Roster roster,
        Ancestry ancestry,
        Chain chain,
        Optional<Manifest> newest,
        ReplicaReports reports,
        Schedule schedule,
        int failures,
        int restarts,
        Optional<CheckpointKind> requested,
        Optional<Reshape> reshape,
        OptionalLong stopBy) {
    Course withChain(Chain changed) {
        return new Course(
                fence, roster, ancestry, changed, newest, reports, schedule, failures, restarts, requested, reshape,
                stopBy);
    }

    Course withReports(ReplicaReports changed) {
        return new Course(
                fence, roster, ancestry, chain, newest, changed, schedule, failures, restarts, requested, reshape,
                stopBy);
    }

    Course withRequested(Optional<CheckpointKind> changed) {
        return new Course(
                fence, roster, ancestry, chain, newest, reports, schedule, failures, restarts, changed, reshape,
                stopBy);
    }

    Course started(Chain changed, Now now) {
        return new Course(
                fence,
                roster,
                ancestry,
                changed,
                newest,
                reports,
                schedule.started(now.nanos()),
                failures,
                restarts,
                Optional.empty(),
                reshape,
                stopBy);
    }

    Course failed(Chain changed, int failuresNow, Now now) {
        return new Course(
                fence,
                roster,
                ancestry,
                changed,
                newest,
                reports,
                schedule.ended(now.nanos()),
                failuresNow,
                restarts,
                requested,
                reshape,
                stopBy);
    }

    Course completed(Manifest manifest, Now now) {
        return new Course(
                fence,
                roster,
                ancestry,
                chain.withoutHead(),
                Optional.of(manifest),
                reports,
                schedule.ended(now.nanos()),
                0,
                0,
                requested,
                reshape,
                stopBy);
    }

    Course withRestarts(int changed) {
        return new Course(
                fence, roster, ancestry, chain, newest, reports, schedule, failures, changed, requested, reshape,
                stopBy);
    }

    Course withReshape(Optional<Reshape> changed) {
        return new Course(
                fence, roster, ancestry, chain, newest, reports, schedule, failures, restarts, requested, changed,
                stopBy);
    }

    Course withStopBy(long nanos) {
        return new Course(
                fence,
                roster,
                ancestry,
                chain,
                newest,
                reports,
                schedule,
                failures,
                restarts,
                requested,
                reshape,
                OptionalLong.of(nanos));
    }

    /** The course of the run that follows. */
    Course next(RunRecord run, Schedule fresh) {
        Fence next = new Fence(fence.pipeline(), run.run(), fence.term());
        return new Course(
                next,
                Roster.of(run.described(roster.pipeline())),
                Ancestry.of(run),
                chain,
                newest,
                ReplicaReports.NONE,
                fresh,
                failures,
                restarts,
                requested,
                Optional.empty(),
                stopBy);
    }

    /** Whether all replicas hear what they are told. */
    public boolean allOpened() {
        return roster.isAll(reports.opened().size());
    }

    boolean allFinished() {
        return roster.isAll(reports.finished().size());
    }

    long newestId() {
        return newest.map(Manifest::checkpoint).orElse(0L);
    }

    /** Whether the newest checkpoint has all that the job will ever do. */
    boolean isFinal() {
        return newest.filter(manifest -> manifest.kind() == CheckpointKind.FINAL || manifest.isFinal())
                .isPresent();
    }
}
