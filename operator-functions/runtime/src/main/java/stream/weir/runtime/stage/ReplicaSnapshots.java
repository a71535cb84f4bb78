package stream.weir.runtime.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.runtime.sink.SinkDriver;
import stream.weir.runtime.sink.SinkException;
import stream.weir.runtime.state.StateCapture;

/** Captures a replica's state at a barrier and sends it on its way to the store. */
final class ReplicaSnapshots {
    private final ReplicaParts parts;
    private final ReplicaEnvironment environment;
    private final Map<Long, SnapshotTask> underWay = new HashMap<>();
    private final BarrierTimes barriers = new BarrierTimes();
    private long last;

    ReplicaSnapshots(ReplicaParts parts, ReplicaEnvironment environment) {
        this.parts = parts;
        this.environment = environment;
        this.last = parts.setup().restored().checkpoint();
    }

    /** Whether this replica has been at {@code checkpoint} or a later one. */
    boolean isBehind(long checkpoint) {
        return checkpoint <= last;
    }

    /**
     * Captures now; what is written afterwards is not part of it.
     *
     * @param finished whether the replica's input has ended for good
     * @param lastInput the link whose barrier came last
     * @throws SinkException when the sink could not close off its rows: nobody knows what became of them
     */
    void capture(Fence fence, long checkpoint, Finished finished, OptionalInt lastInput) throws SinkException {
        last = checkpoint;
        long begin = environment.nanos().getAsLong();
        Optional<StateCapture> state = parts.backend().opened().map(backend -> backend.capture(checkpoint));
        try {
            Optional<SinkDriver.Transactions> transactions = parts.sink() == null
                    ? Optional.empty()
                    : Optional.of(parts.sink().prepare(checkpoint, watermark(finished)));
            SnapshotTimes times = times(checkpoint, begin, lastInput);
            store(new SnapshotTask.Captured(
                    fence,
                    parts.id(),
                    checkpoint,
                    parts.setup().keyGroups(),
                    finished == Finished.YES,
                    state,
                    operatorState(checkpoint),
                    transactions,
                    times));
        } catch (SinkException e) {
            state.ifPresent(StateCapture::discard);
            throw e;
        } catch (Exception e) {
            state.ifPresent(StateCapture::discard);
            environment
                    .coordinator()
                    .accept(new ToCoordinator.Decline(
                            fence, parts.id(), checkpoint, CheckpointFailure.CAPTURE_FAILED, Causes.describe(e)));
        }
    }

    private long watermark(Finished finished) {
        return finished == Finished.YES ? Long.MAX_VALUE : parts.chain().outputWatermark();
    }

    /** Whether the input had ended for good. */
    enum Finished {
        YES,
        NO
    }

    /** The checkpoint has been triggered: from now on it is waited for. */
    void announced(long checkpoint) {
        barriers.triggered(checkpoint, environment.nanos().getAsLong());
    }

    /** A barrier has come in on a link. */
    void barrierArrived(long checkpoint) {
        if (!isBehind(checkpoint)) {
            barriers.barrier(checkpoint, environment.nanos().getAsLong());
        }
    }

    /** The checkpoint will not come about. */
    void aborted(long checkpoint) {
        barriers.forget(checkpoint);
        SnapshotTask task = underWay.remove(checkpoint);
        if (task != null) {
            task.abandon();
            parts.backend().opened().ifPresent(backend -> backend.aborted(checkpoint));
        }
    }

    /** The checkpoint is complete; those before it can no longer be. */
    void completed(long checkpoint) {
        underWay.keySet().removeIf(each -> each <= checkpoint);
        parts.backend().opened().ifPresent(backend -> backend.completed(checkpoint));
        environment.files().completed(checkpoint);
    }

    private void store(SnapshotTask.Captured captured) {
        SnapshotTask task =
                new SnapshotTask(captured, environment.files(), environment.nanos(), environment.coordinator());
        environment.background().execute(task);
        underWay.put(captured.checkpoint(), task);
    }

    private List<OperatorState> operatorState(long checkpoint) {
        List<OperatorState> all = new ArrayList<>();
        all.add(parts.inputs().snapshot());
        if (parts.source() != null) {
            all.addAll(parts.source().snapshot(checkpoint));
        }
        return all;
    }

    /** What is known when the state is captured, which began at {@code begin}. With one link there is nothing to align. */
    private SnapshotTimes times(long checkpoint, long begin, OptionalInt lastInput) {
        BarrierTimes.Taken taken = barriers.aligned(checkpoint, begin);
        boolean aligned = parts.inputs().count() > 1;
        return new SnapshotTimes(
                taken.barrierNanos(),
                aligned ? taken.alignmentNanos() : 0,
                environment.nanos().getAsLong() - begin,
                0,
                0,
                0,
                0,
                parts.inputs().heldBytes(),
                aligned && lastInput.isPresent()
                        ? parts.inputs().link(lastInput.getAsInt()).toString()
                        : "");
    }
}
