package stream.weir.runtime.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.sink.SinkDriver;
import stream.weir.runtime.sink.SinkException;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.StateTooLargeException;

/**
 * What was captured at a barrier, on its way to the store. Runs on a background thread; tells the coordinator only when
 * everything is durable.
 */
final class SnapshotTask implements Runnable {
    private final Captured captured;
    private final StateFiles files;
    private final LongSupplier nanos;
    private final Consumer<ToCoordinator> coordinator;
    /** When it was captured: waiting for a thread is a part of the upload. */
    private final long begin;

    private volatile boolean abandoned;

    /**
     * @param operator operator state that is complete already
     * @param transactions of the sink, made durable here
     * @param times without upload
     */
    record Captured(
            Fence fence,
            ReplicaId replica,
            long checkpoint,
            KeyGroupRange keyGroups,
            boolean finished,
            Optional<StateCapture> state,
            List<OperatorState> operator,
            Optional<SinkDriver.Transactions> transactions,
            SnapshotTimes times) {}

    SnapshotTask(Captured captured, StateFiles files, LongSupplier nanos, Consumer<ToCoordinator> coordinator) {
        this.captured = captured;
        this.files = files;
        this.nanos = nanos;
        this.coordinator = coordinator;
        this.begin = nanos.getAsLong();
    }

    long checkpoint() {
        return captured.checkpoint;
    }

    /** Nobody waits for this checkpoint any more; what has not begun is left out. */
    void abandon() {
        abandoned = true;
    }

    @Override
    public void run() {
        if (abandoned) {
            captured.state.ifPresent(StateCapture::discard);
            return;
        }
        try {
            ReplicaSnapshot snapshot = store();
            files.stored(captured.checkpoint, snapshot.objects().toList());
            coordinator.accept(
                    new ToCoordinator.Acknowledge(captured.fence, captured.replica, captured.checkpoint, snapshot));
        } catch (SinkException e) {
            decline(CheckpointFailure.SINK_FAILED, e);
            // What was closed off cannot be closed off again: only going back writes those rows anew.
            coordinator.accept(new ToCoordinator.Failed(captured.fence, captured.replica, Causes.describe(e)));
        } catch (StateTooLargeException e) {
            decline(CheckpointFailure.STATE_TOO_LARGE, e);
        } catch (Exception e) {
            decline(CheckpointFailure.UPLOAD_FAILED, e);
        } catch (Error e) {
            // Nobody else hears of it on this thread; a process in that state must not look healthy.
            decline(CheckpointFailure.UPLOAD_FAILED, e);
            coordinator.accept(new ToCoordinator.Failed(captured.fence, captured.replica, Causes.describe(e)));
            throw e;
        }
    }

    private ReplicaSnapshot store() throws Exception {
        StateCapture.Stored stored = captured.state.isPresent()
                ? captured.state.get().store(files)
                : new StateCapture.Stored(List.of(), 0, 0, List.of());
        List<OperatorState> operator = new ArrayList<>(captured.operator);
        if (captured.transactions.isPresent()) {
            operator.addAll(captured.transactions.get().durable());
        }
        return new ReplicaSnapshot(
                captured.replica.stage(),
                captured.replica.index(),
                captured.keyGroups,
                captured.finished,
                stored.handles(),
                operator,
                captured.times.uploaded(nanos.getAsLong() - begin, stored.stateBytes(), stored.uploadedBytes()),
                stored.states());
    }

    private void decline(CheckpointFailure reason, Throwable cause) {
        coordinator.accept(new ToCoordinator.Decline(
                captured.fence, captured.replica, captured.checkpoint, reason, Causes.describe(cause)));
    }
}
