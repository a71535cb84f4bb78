package stream.weir.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.JobFailure;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.loop.CoordinatorListener;
import stream.weir.coordinator.loop.CoordinatorLoop;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.coordinator.loop.Counts;
import stream.weir.coordinator.loop.Job;
import stream.weir.coordinator.membership.InstanceDesk;
import stream.weir.coordinator.membership.Membership;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.StartRefusal;
import stream.weir.coordinator.store.StartRefusedException;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Assignment.DroppedState;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ReplicaProgress;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToInstance.Departure;
import stream.weir.store.ObjectStore;

/** One leadership, which is one term: made, begun and closed once. */
final class Leading implements AutoCloseable {
    private final CoordinatorLoop loop;
    private final InstanceDesk desk;

    private Leading(CoordinatorLoop loop, InstanceDesk desk) {
        this.loop = loop;
        this.desk = desk;
    }

    /** How a leadership can end by itself; on the loop's thread. */
    interface Endings {
        /** The job is over; the processes have been told. */
        void over();

        /** Another coordinator leads. */
        void fenced(String detail);

        /** The store did not answer; worth another attempt. */
        void storeFailed(String detail);
    }

    /** What a leadership is made with. */
    record Surroundings(
            ObjectStore store, CoordinatorPorts ports, ControlDesk connections, StatusBoard board, Endings endings) {}

    /** @param start where the job begins, unless it goes on */
    static Leading of(JobPlan plan, StartOptions start, Surroundings around) {
        DroppedState dropped =
                start.droppedState() == StartOptions.DroppedState.ALLOW ? DroppedState.ALLOW : DroppedState.REFUSE;
        InstanceDesk desk = new InstanceDesk(
                Membership.of(plan.pipeline(), plan.membership(), dropped),
                around.ports(),
                around.connections(),
                new ToBoard(around.board()));
        CoordinatorLoop loop = CoordinatorLoop.create(
                new Job(plan.pipeline(), plan.config(), Counts.OF_LAST_RUN, plan.home()),
                around.store(),
                around.ports(),
                desk,
                new Ear(around.board(), desk, around.endings()));
        desk.serve(loop);
        return new Leading(loop, desk);
    }

    CoordinatorLoop loop() {
        return loop;
    }

    InstanceDesk desk() {
        return desk;
    }

    @Override
    public void close() {
        loop.close();
        desk.close();
    }

    private record ToBoard(StatusBoard board) implements InstanceDesk.Listener {
        @Override
        public void waiting(List<String> waiting) {
            board.waiting(String.join("; ", waiting));
        }

        @Override
        public void wanted(PipelineDescription wanted, List<String> waiting) {
            board.wanted(wanted, waiting);
        }

        @Override
        public void lost(String instance, String stage, String cause) {
            board.lost(instance, stage, cause);
        }

        @Override
        public void came(String instance) {
            board.came(instance);
        }

        @Override
        public void progressed(ReplicaId replica, ReplicaProgress progress) {
            board.progress(replica, progress);
        }

        @Override
        public void said(ToCoordinator message) {
            switch (message) {
                case ToCoordinator.Opened opened -> board.opened(opened.replica());
                case ToCoordinator.Finished finished -> board.finished(finished.replica());
                case ToCoordinator.Acknowledge acknowledged -> board.acknowledged(acknowledged);
                default -> {}
            }
        }
    }

    /** Passes the loop's news on to the board, and tells processes when nothing more is to be done. */
    private record Ear(StatusBoard board, InstanceDesk desk, Endings endings) implements CoordinatorListener {
        @Override
        public void runs(PipelineDescription pipeline) {
            board.runs(pipeline);
        }

        @Override
        public void goesBack(String cause) {
            board.goesBack(cause);
        }

        @Override
        public void reshapeRefused(PipelineDescription to, String why) {
            board.reshapeRefused(to, why);
        }

        @Override
        public void started(Fence fence, Optional<Manifest> from) {
            board.started(fence, from);
        }

        @Override
        public void tookOver(Fence fence, Optional<Manifest> newest) {
            board.tookOver(fence, newest);
        }

        @Override
        public void checkpointStarted(long checkpoint) {
            board.checkpointStarted(checkpoint);
        }

        @Override
        public void checkpointCompleted(Manifest manifest, Duration duration, long bytes) {
            board.checkpointCompleted(manifest, duration, bytes);
            SlowestReplica.of(manifest).sayWhenSlow(manifest, duration);
        }

        @Override
        public void checkpointFailed(long checkpoint, CheckpointFailure reason, String detail) {
            board.checkpointFailed(checkpoint, reason, detail);
        }

        @Override
        public void restarting(String cause, Fence fence, Optional<Manifest> from) {
            board.restarting(cause, fence, from);
        }

        @Override
        public void savepointMade(String name, Manifest checkpoint) {
            board.savepointMade(name, checkpoint);
        }

        @Override
        public void savepointFailed(String name, String why) {
            board.savepointFailed(name, why);
        }

        @Override
        public void refused(StartRefusedException reason) {
            if (reason.reason() == StartRefusal.FENCED) {
                endings.fenced(String.valueOf(reason.getMessage()));
            } else if (reason.reason() == StartRefusal.STORE_FAILED) {
                board.waiting(String.valueOf(reason.getMessage()));
                endings.storeFailed(String.valueOf(reason.getMessage()));
            } else {
                board.refused(reason);
                endings.over();
            }
        }

        @Override
        public void completed(Manifest last) {
            board.completed(last);
            end(Departure.COMPLETED, "all input is processed, and its output committed");
        }

        @Override
        public void stopped(LastCheckpoint last, Optional<Manifest> newest, String detail) {
            board.stopped(last, newest, detail);
            end(Departure.STOPPED, detail);
        }

        @Override
        public void failed(JobFailure reason, String detail, Optional<Manifest> newest) {
            if (reason == JobFailure.FENCED) {
                endings.fenced(detail);
                return;
            }
            board.failed(reason, detail, newest);
            end(Departure.FAILED, reason + ": " + detail);
        }

        private void end(Departure departure, String detail) {
            desk.dismiss(departure, detail);
            endings.over();
        }
    }
}
