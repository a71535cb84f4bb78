package stream.weir.coordinator.membership;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.control.Assignment;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** A stage process as the protocol wants it, with a replica that has nothing to do but to answer. */
final class FakeInstance {
    private final String name;
    private final String stage;
    private final ProcessWorld world;
    private final Map<Long, Long> triggeredBy = new HashMap<>();
    private Optional<Assignment> held = Optional.empty();
    private long term;
    private long highest;
    private long committed;
    private boolean opened;
    private boolean finished;
    private boolean ended;

    FakeInstance(String name, String stage, ProcessWorld world) {
        this.name = name;
        this.stage = stage;
        this.world = world;
    }

    String name() {
        return name;
    }

    String stage() {
        return stage;
    }

    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** The run it is in, 0 for none. */
    long run() {
        return held.map(each -> each.fence().run()).orElse(0L);
    }

    boolean isReplica() {
        return held.isPresent();
    }

    void hear(ToInstance message) {
        switch (message) {
            case ToInstance.Lead lead -> {
                if (lead.term() >= term) {
                    term = lead.term();
                    sayAll();
                }
            }
            case ToInstance.Assign(Assignment assignment) -> {
                if (assignment.fence().term() == term) {
                    assign(assignment);
                }
            }
            case ToInstance.Tell(ToReplica told) -> {
                if (told.fence().term() == term && told.fence().run() == run()) {
                    told(told);
                }
            }
            case ToInstance.Prepare prepare -> {
                if (prepare.fence().term() == term && prepare.fence().run() >= run()) {
                    world.asked(prepare, () -> say(new FromInstance.Prepared(prepare.fence(), prepare.number())));
                }
            }
            case ToInstance.Routes routes -> {}
            case ToInstance.Release release -> {
                if (release.fence().term() == term && release.fence().run() == run()) {
                    held = Optional.empty();
                }
            }
            case ToInstance.Leave leave -> world.leaves(this);
        }
    }

    private void sayAll() {
        Optional<FromInstance.Held> running = held.map(each -> new FromInstance.Held(
                fence(each), each.replica(), world.bug() == ProcessWorld.Bug.HEARD_OF_NOTHING ? 0 : highest));
        say(new FromInstance.Holding(running, held.map(Assignment::replica)));
        held.ifPresent(each -> {
            if (opened) {
                report(new ToCoordinator.Opened(fence(each), each.replica(), new StageSchema(stage, 1, List.of())));
            }
            if (finished && world.bug() != ProcessWorld.Bug.FINISHED_NOT_REPEATED) {
                report(new ToCoordinator.Finished(fence(each), each.replica()));
            }
            if (committed > 0 && stage.equals("write")) {
                report(new ToCoordinator.Committed(fence(each), each.replica(), committed));
            }
        });
    }

    private void assign(Assignment assignment) {
        if (held.isPresent()
                && held.get().fence().run() == assignment.fence().run()
                && held.get().replica().equals(assignment.replica())) {
            return;
        }
        world.require(
                assignment.fence().run() > run(),
                name + " goes back to run " + assignment.fence().run());
        world.assigned(assignment);
        world.restarted(this, assignment.fence());
        held = Optional.of(assignment);
        opened = false;
        finished = false;
        highest = 0;
        committed = 0;
        triggeredBy.clear();
        world.after(10, 200, () -> {
            if (!ended && held.equals(Optional.of(assignment))) {
                opened = true;
                report(new ToCoordinator.Opened(
                        fence(assignment), assignment.replica(), new StageSchema(stage, 1, List.of())));
                work();
            }
        });
    }

    /** The input may be over. */
    void work() {
        if (world.inputIsOver()) {
            finish();
        }
    }

    private void finish() {
        if (opened && !finished && held.isPresent()) {
            finished = true;
            report(new ToCoordinator.Finished(fence(held.get()), held.get().replica()));
        }
    }

    private void told(ToReplica message) {
        switch (message) {
            case ToReplica.Trigger trigger -> {
                long id = trigger.checkpoint();
                long by = triggeredBy.merge(id, trigger.fence().term(), (old, now) -> old);
                world.require(
                        by == trigger.fence().term(),
                        "checkpoint " + id + " was triggered by term " + by + " and again by "
                                + trigger.fence().term());
                highest = Math.max(highest, id);
                Assignment present = held.orElseThrow();
                world.after(5, 1_500, () -> acknowledge(present, trigger));
            }
            case ToReplica.Complete(var _, long id) -> {
                world.require(world.isComplete(id, run()), "told that checkpoint " + id + " is complete");
                committed = Math.max(committed, id);
                if (stage.equals("write")) {
                    report(new ToCoordinator.Committed(
                            fence(held.orElseThrow()), held.get().replica(), committed));
                }
            }
            case ToReplica.EndInput _ -> finish();
            case ToReplica.Abort(var _, long id, var _) ->
                world.require(!world.isComplete(id, run()), "told that checkpoint " + id + " is aborted");
        }
    }

    private void acknowledge(Assignment present, ToReplica.Trigger trigger) {
        if (ended || !held.equals(Optional.of(present))) {
            return;
        }
        ReplicaId replica = present.replica();
        ReplicaSnapshot snapshot = new ReplicaSnapshot(
                replica.stage(),
                replica.index(),
                new KeyGroupRange(0, 127),
                finished,
                List.of(new StateHandle.RocksDb(new KeyGroupRange(0, 127), List.of())),
                List.<OperatorState>of(),
                SnapshotTimes.NONE);
        report(new ToCoordinator.Acknowledge(trigger.fence(), replica, trigger.checkpoint(), snapshot));
    }

    private Fence fence(Assignment assignment) {
        return new Fence(assignment.fence().pipeline(), assignment.fence().run(), term);
    }

    private void report(ToCoordinator message) {
        say(new FromInstance.Report(message));
    }

    private void say(FromInstance message) {
        world.say(this, message);
    }
}
