package stream.weir.coordinator.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.checkpoint.Command.Reshape.Readiness;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.coordinator.gateway.Survey;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Assignment.DroppedState;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.FromInstance.Held;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** Drives a membership of stages read (1) and count (2): verbs on one side, effects as words on the other. Term 7. */
final class Members {
    private static final PipelineDescription PIPELINE = new PipelineDescription(
            "orders", List.of(new StageDescription("read", 1, false), new StageDescription("count", 2, false)));

    private PipelineDescription wanted = PIPELINE;
    private PipelineDescription last = PIPELINE;
    private final Membership membership = Membership.of(PIPELINE, MembershipConfig.defaults(), DroppedState.REFUSE);
    private final List<String> effects = new ArrayList<>();
    private long term = 7;
    private long run;
    private long millis = -1_000;

    /** A process of a stage, by name: {@code c1} is one of count. */
    Members connect(String name) {
        String stage = name.startsWith("r") ? "read" : "count";
        return note(membership.connected(name, stage, "", new Address(name, 1), nanos()));
    }

    Members breaks(String name) {
        return note(membership.disconnected(name, Membership.Ending.LOST, "reset", nanos()));
    }

    Members goodbye(String name) {
        return note(membership.disconnected(name, Membership.Ending.GOODBYE, "bye", nanos()));
    }

    Members holdsNothing(String name) {
        return say(name, new FromInstance.Holding(Optional.empty(), Optional.empty()));
    }

    Members hasFilesOf(String name, String replica) {
        return say(name, new FromInstance.Holding(Optional.empty(), Optional.of(replica(replica))));
    }

    Members holds(String name, long ofRun, String replica, long heard) {
        Held held = new Held(new Fence("orders", ofRun, term), replica(replica), heard);
        return say(name, new FromInstance.Holding(Optional.of(held), Optional.of(held.replica())));
    }

    /** Connected, and waiting. */
    Members spare(String... names) {
        for (String name : names) {
            connect(name).holdsNothing(name);
        }
        return this;
    }

    /** r1, c1 and c2 are read-0, count-0 and count-1 in run 1, and have opened. */
    Members running() {
        return leads(0).spare("r1", "c1", "c2")
                .restarts(1)
                .opened("r1", "read-0")
                .opened("c1", "count-0")
                .opened("c2", "count-1")
                .forget();
    }

    Members leads(long lastRun) {
        run = lastRun;
        return note(
                membership.lead(new Fence("orders", lastRun, term), new ReplicaGateway.Plan(last, wanted), nanos()));
    }

    Members goesOn() {
        return note(membership.goOn(fence(), last, nanos()));
    }

    Members restarts(long newRun) {
        run = newRun;
        return note(membership.restart(fence(), last, Optional.empty(), nanos()));
    }

    /** What the last run has, in the opinion of its record. */
    Members last(PipelineDescription pipeline) {
        last = pipeline;
        return this;
    }

    Members wants(PipelineDescription pipeline) {
        wanted = pipeline;
        return this;
    }

    static PipelineDescription pipeline() {
        return PIPELINE;
    }

    /** The next run has this. */
    Members restarts(long newRun, PipelineDescription pipeline) {
        last = pipeline;
        return restarts(newRun);
    }

    /** A process of another revision than the pipeline's, which has none. */
    Members guest(String name, String revision) {
        String stage = name.startsWith("r") ? "read" : "count";
        note(membership.connected(name, stage, revision, new Address(name, 1), nanos()));
        return holdsNothing(name);
    }

    Members trigger(long checkpoint) {
        return tellAll(new ToReplica.Trigger(fence(), checkpoint, CheckpointKind.PERIODIC));
    }

    Members abort(long checkpoint) {
        return tellAll(new ToReplica.Abort(fence(), checkpoint, CheckpointFailure.TIMED_OUT));
    }

    Members complete(long checkpoint) {
        return tellAll(new ToReplica.Complete(fence(), checkpoint));
    }

    private Members tellAll(ToReplica message) {
        PIPELINE.replicas().forEach(replica -> note(membership.send(replica, message, nanos())));
        return this;
    }

    /** Each replica of count has a file, named after the checkpoint and its index. */
    Members completed(long checkpoint) {
        List<ReplicaSnapshot> snapshots = last.replicas().stream()
                .map(replica -> snapshot(checkpoint, replica))
                .toList();
        return note(membership.newest(
                new Manifest("orders", checkpoint, run, term, 0, 0, CheckpointKind.PERIODIC, 128, List.of(), snapshots),
                nanos()));
    }

    private ReplicaSnapshot snapshot(long checkpoint, ReplicaId replica) {
        KeyGroupRange groups = KeyGroupRange.of(128, last.counts().getOrDefault(replica.stage(), 1), replica.index());
        StoredObject file = new StoredObject(checkpoint + "/" + replica.index(), 1, 1);
        return new ReplicaSnapshot(
                replica.stage(),
                replica.index(),
                groups,
                false,
                replica.stage().equals("count")
                        ? List.of(new StateHandle.RocksDb(
                                groups, List.of(new StateHandle.RocksDbFile("000001.sst", file))))
                        : List.of(),
                List.of(),
                SnapshotTimes.NONE);
    }

    Members prepared(String name, long number) {
        return say(name, new FromInstance.Prepared(fence(), number));
    }

    Members opened(String name, String replica) {
        return report(name, new ToCoordinator.Opened(fence(), replica(replica), new StageSchema("x", 1, List.of())));
    }

    Members finished(String name, String replica) {
        return report(name, new ToCoordinator.Finished(fence(), replica(replica)));
    }

    Members failed(String name, String replica) {
        return report(name, new ToCoordinator.Failed(fence(), replica(replica), "boom"));
    }

    Members report(String name, ToCoordinator message) {
        return say(name, new FromInstance.Report(message));
    }

    Members say(String name, FromInstance message) {
        return note(membership.received(name, message, nanos()));
    }

    Members scale(String stage, int replicas) {
        return note(membership.scale(Map.of(stage, replicas), nanos()));
    }

    Members dismiss() {
        return note(membership.dismiss(ToInstance.Departure.COMPLETED, "done", nanos()));
    }

    Members follows(long newerTerm, String name) {
        Held held = new Held(new Fence("orders", 3, newerTerm), replica("count-0"), 0);
        return say(name, new FromInstance.Holding(Optional.of(held), Optional.empty()));
    }

    Members pass(long forMillis) {
        long end = nanos() + forMillis * 1_000_000;
        for (OptionalLong wake = membership.nextWake(nanos());
                wake.isPresent() && wake.getAsLong() <= end;
                wake = membership.nextWake(nanos())) {
            millis = Math.max(millis, wake.getAsLong() / 1_000_000);
            note(membership.tick(nanos()));
        }
        millis = end / 1_000_000;
        return this;
    }

    /** What was decided since the last call, but for leads, routes and what is known of processes. */
    List<String> effects() {
        List<String> taken = effects.stream()
                .filter(each -> !each.contains(" lead ")
                        && !each.contains(" routes ")
                        && !each.endsWith(" came")
                        && !each.startsWith("process lost "))
                .toList();
        effects.clear();
        return taken;
    }

    /** Everything that was decided since the last call. */
    List<String> all() {
        List<String> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    Members forget() {
        effects.clear();
        return this;
    }

    Fence fence() {
        return new Fence("orders", run, term);
    }

    static ReplicaId replica(String name) {
        int dash = name.lastIndexOf('-');
        return new ReplicaId(name.substring(0, dash), Integer.parseInt(name.substring(dash + 1)));
    }

    private long nanos() {
        return millis * 1_000_000;
    }

    private Members note(List<MembershipEffect> decided) {
        decided.forEach(effect -> effects.add(describe(effect)));
        return this;
    }

    /** Numbers of replicas, and the revisions where there are any. */
    private static String words(PipelineDescription pipeline) {
        StringBuilder words = new StringBuilder(pipeline.counts().toString());
        pipeline.stages().stream()
                .map(StageDescription::revision)
                .filter(revision -> !revision.isEmpty())
                .forEach(revision -> words.insert(words.length() - 1, ", " + revision));
        return words.toString();
    }

    private String describe(MembershipEffect effect) {
        return switch (effect) {
            case MembershipEffect.Send(String to, ToInstance message) -> to + " " + describe(message);
            case MembershipEffect.Disconnect(String who, String why) -> "disconnect " + who;
            case MembershipEffect.Pass(ToCoordinator said) ->
                "pass " + said.getClass().getSimpleName() + " of " + said.replica();
            case MembershipEffect.ReplicaLost(long run, var replica, String detail) ->
                "lost " + replica + " of run " + run;
            case MembershipEffect.DoesNotFit(long run, var replica, String detail) -> "does not fit " + replica;
            case MembershipEffect.CheckpointWanted(String why) -> "checkpoint wanted";
            case MembershipEffect.Surveyed(Survey.Unbroken(long heard)) -> "unbroken, heard " + heard;
            case MembershipEffect.Surveyed(Survey.Broken(String why, PipelineDescription next)) ->
                (last.equals(wanted) && next.equals(wanted) ? "broken" : "broken for " + words(next)) + ": " + why;
            case MembershipEffect.Surveyed(Survey.Fenced fenced) -> "fenced";
            case MembershipEffect.Fenced(long newer, String who) -> "fenced by " + newer;
            case MembershipEffect.ReshapePossible(PipelineDescription to, Readiness readiness) ->
                (readiness == Readiness.READY ? "possible " : "prepares for ") + to.counts();
            case MembershipEffect.WantedChanged(PipelineDescription to, List<String> waiting) ->
                "wanted " + to.counts() + " " + waiting;
            case MembershipEffect.StatusChanged(List<String> waiting) -> "waiting " + waiting;
            case MembershipEffect.ProcessLost(String instance, String stage, String cause) ->
                "process lost " + instance;
            case MembershipEffect.ProcessCame(String instance) -> instance + " came";
            case MembershipEffect.Progressed(var replica, var progress) -> "progress of " + replica;
        };
    }

    private static String describe(ToInstance message) {
        return switch (message) {
            case ToInstance.Lead lead -> "lead " + lead.term();
            case ToInstance.Assign(var assignment) ->
                "assign " + assignment.replica() + " of run "
                        + assignment.fence().run() + " in " + assignment.replicas();
            case ToInstance.Prepare(var fence, long number, var keyGroups, List<StateHandle> keyed) ->
                "prepare " + number + " in run " + fence.run() + " for "
                        + keyed.stream()
                                .flatMap(StateHandle::objects)
                                .map(StoredObject::name)
                                .toList()
                        + ", groups " + keyGroups.first() + " to " + keyGroups.last();
            case ToInstance.Routes(var fence, var addresses) -> "routes " + addresses;
            case ToInstance.Tell(ToReplica.OfCheckpoint told) ->
                told.getClass().getSimpleName() + " " + told.checkpoint();
            case ToInstance.Tell(ToReplica told) -> told.getClass().getSimpleName();
            case ToInstance.Release(var fence, String reason) -> "release from run " + fence.run();
            case ToInstance.Leave(var departure, String detail) -> "leave " + departure;
        };
    }
}
