package stream.weir.runtime.stage;

import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.frame.Frame;
import stream.weir.runtime.alignment.AlignmentEffect;
import stream.weir.runtime.alignment.Turn;
import stream.weir.runtime.source.SourceDriver;

/**
 * One replica of a stage: reads its links (or its source) through alignment, runs the steps, sends on, and snapshots itself. It
 * has no thread of its own: whoever drives it calls {@link #handle} for each mail and {@link #work} in between, always from the
 * same thread. An exception means that the run is over for this replica.
 */
public final class Replica implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final long PROCESSING_TICK_NANOS = 20_000_000;

    /** Frames read at once, before mail is looked at again. */
    static final int MOST_TURNS = 64;

    /** What {@link #work} found to do. */
    public enum Work {
        /** Something; there may be more at once. */
        DONE,
        /** Nothing until mail comes or {@link #pauseNanos} have passed. */
        NONE
    }

    private final ReplicaParts parts;
    private final ReplicaEnvironment environment;
    private final ReplicaMetrics metrics;
    private final ReplicaSnapshots snapshots;
    private Fence fence;
    private boolean finished;
    private boolean sourceWaiting;
    private long lastFlushNanos;
    private long lastTickNanos;

    Replica(ReplicaParts parts, ReplicaEnvironment environment, ReplicaMetrics metrics) {
        this.parts = parts;
        this.environment = environment;
        this.metrics = metrics;
        this.snapshots = new ReplicaSnapshots(parts, environment);
        this.fence = parts.setup().fence();
        metrics.traffic(parts.inputs().traffic());
    }

    public ReplicaId id() {
        return parts.id();
    }

    /** What the steps of this replica keep. */
    public StageSchema schema() {
        return parts.schema();
    }

    /** Goes to work; to be called once, when all replicas are open. */
    public void start() {
        lastFlushNanos = environment.nanos().getAsLong();
        lastTickNanos = lastFlushNanos;
        if (parts.restoredFinished()) {
            finish();
        }
    }

    /** Takes a mail. */
    public void handle(Inbox.Mail mail) throws Exception {
        switch (mail) {
            case Inbox.Mail.Incoming(var link, var frame, var consumed) -> {
                if (isOfThisRun(frame)) {
                    if (frame.content() instanceof Frame.Barrier(var checkpoint, var _)) {
                        snapshots.barrierArrived(checkpoint);
                    }
                    parts.inputs().arrived(link, frame, consumed);
                } else {
                    consumed.run();
                }
            }
            case Inbox.Mail.LinkClosed closed -> linkClosed(closed);
            case Inbox.Mail.Control(var message) -> control(message);
        }
        takeTurns();
        tick();
    }

    /** Reads frames that alignment has released, or from the source, and does what time asks for. */
    public Work work() throws Exception {
        Work work = takeTurns();
        SourceDriver<?> source = parts.source();
        if (source != null && !finished) {
            work = read(source);
        }
        tick();
        return work;
    }

    /** Takes in what came home from asynchronous functions. */
    public void drain() throws Exception {
        parts.chain().drain();
        parts.outputs().watermark(parts.chain().outputWatermark());
    }

    /** After {@link Work#NONE}: the longest time to wait for mail. */
    public long pauseNanos() {
        long now = environment.nanos().getAsLong();
        long pause = PROCESSING_TICK_NANOS - (now - lastTickNanos);
        if (parts.outputs().hasPending()) {
            pause = Math.min(pause, batchNanos() - (now - lastFlushNanos));
        }
        SourceDriver<?> source = parts.source();
        if (source != null && sourceWaiting && !finished) {
            pause = Math.min(pause, source.pauseNanos());
        }
        return Math.max(0, pause);
    }

    /** Whether everything is read and sent on; only checkpoints and commits are left. */
    public boolean isFinished() {
        return finished;
    }

    @Override
    public void close() throws Exception {
        parts.close();
    }

    private boolean isOfThisRun(Frame frame) {
        if (frame.run() == fence.run() && frame.pipeline().equals(fence.pipeline())) {
            return true;
        }
        LOG.warn(
                "{} refused a frame on {}: FENCED: {} run {}, here is {} run {}",
                parts.id(),
                frame.link(),
                frame.pipeline(),
                frame.run(),
                fence.pipeline(),
                fence.run());
        return false;
    }

    private void linkClosed(Inbox.Mail.LinkClosed closed) throws LinkLostException {
        if (closed.error().isPresent() && !finished && !parts.inputs().hasEnded(closed.link())) {
            throw new LinkLostException(closed.link(), closed.error().get());
        }
    }

    private Work read(SourceDriver<?> source) throws Exception {
        SourceDriver.Poll poll = source.poll();
        metrics.read(source.emitted());
        metrics.lag(source.lag());
        sourceWaiting = poll == SourceDriver.Poll.WAITING;
        if (poll == SourceDriver.Poll.ENDED) {
            endOfInput();
        }
        return sourceWaiting ? Work.NONE : Work.DONE;
    }

    /** Reads a bounded number of frames: what an alignment releases may be a lot, and mail and a stop must not wait for all of it. */
    private Work takeTurns() throws Exception {
        ReplicaInputs inputs = parts.inputs();
        for (int taken = 0; taken < MOST_TURNS || inputs.isDecided(); taken++) {
            Optional<Turn> turn = inputs.next();
            if (turn.isEmpty()) {
                return Work.NONE;
            }
            take(turn.get());
        }
        return inputs.hasNext() ? Work.DONE : Work.NONE;
    }

    private void take(Turn turn) throws Exception {
        switch (turn) {
            case Turn.Deliver deliver -> deliver(deliver);
            case AlignmentEffect.Snapshot(var checkpoint, var kind, var lastInput) ->
                snapshot(checkpoint, kind, lastInput);
            case AlignmentEffect.Decline(var checkpoint, var reason, var detail) ->
                environment
                        .coordinator()
                        .accept(new ToCoordinator.Decline(fence, parts.id(), checkpoint, reason, detail));
            case AlignmentEffect.ForwardCancel(var checkpoint, var reason) -> {
                if (!finished) {
                    parts.outputs().control(new Frame.Cancel(checkpoint, reason));
                }
            }
        }
    }

    private void deliver(Turn.Deliver deliver) throws Exception {
        if (finished) {
            deliver.arrival().consumed().run();
            return;
        }
        metrics.read(parts.inputs().deliver(deliver));
        parts.outputs().watermark(parts.chain().outputWatermark());
        parts.outputs().activity(activity(parts.inputs().isIdle()));
        if (parts.inputs().allEnded()) {
            endOfInput();
        }
    }

    private void control(ToReplica message) throws Exception {
        if (message.fence().isOlderThan(fence)) {
            LOG.warn("{} refused {}: FENCED: it is older than {}", parts.id(), message, fence);
            return;
        }
        fence = message.fence();
        switch (message) {
            case ToReplica.Trigger(var _, var checkpoint, var kind) -> triggered(checkpoint, kind);
            case ToReplica.Abort(var _, var checkpoint, var reason) -> {
                snapshots.aborted(checkpoint);
                if (parts.source() == null) {
                    parts.inputs().aborted(checkpoint, reason);
                } else if (!finished) {
                    parts.outputs().control(new Frame.Cancel(checkpoint, reason));
                }
            }
            case ToReplica.Complete(var _, var checkpoint) -> completed(checkpoint);
            case ToReplica.EndInput _ -> {
                if (!finished) {
                    endAsAsked();
                }
            }
        }
    }

    /** Who reads links waits for their end, and who reads what another stage has stored, for that stage to say there that it has ended. */
    private void endAsAsked() throws Exception {
        SourceDriver<?> source = parts.source();
        if (source == null) {
            return;
        }
        Optional<String> above = source.above();
        if (above.isPresent()) {
            LOG.info("{} is asked to end: it reads until {} has ended", parts.id(), above.get());
        } else {
            LOG.info("{} takes its input for ended, as asked", parts.id());
            endOfInput();
        }
    }

    private void triggered(long checkpoint, CheckpointKind kind) throws Exception {
        if (snapshots.isBehind(checkpoint)) {
            return;
        }
        if (parts.source() != null || finished) {
            snapshot(checkpoint, kind, OptionalInt.empty());
        } else {
            snapshots.announced(checkpoint);
            parts.inputs().announced(checkpoint, kind);
        }
    }

    /** The barrier goes first, then the state is captured, then reading goes on. */
    private void snapshot(long checkpoint, CheckpointKind kind, OptionalInt lastInput) throws Exception {
        if (!finished) {
            parts.chain().beforeSnapshot();
            parts.outputs().watermark(parts.chain().outputWatermark());
            parts.outputs().control(new Frame.Barrier(checkpoint, kind));
        }
        snapshots.capture(
                fence, checkpoint, finished ? ReplicaSnapshots.Finished.YES : ReplicaSnapshots.Finished.NO, lastInput);
        parts.backend().opened().ifPresent(backend -> metrics.state(backend.figures()));
    }

    private void completed(long checkpoint) throws Exception {
        snapshots.completed(checkpoint);
        if (parts.source() != null) {
            parts.source().completed(checkpoint);
        }
        if (parts.sink() != null) {
            parts.sink().commit(checkpoint);
        }
        environment.coordinator().accept(new ToCoordinator.Committed(fence, parts.id(), checkpoint));
    }

    private void endOfInput() throws Exception {
        parts.chain().advanceWatermark(Long.MAX_VALUE);
        parts.chain().endOfInput();
        parts.chain().beforeSnapshot();
        finish();
    }

    private void finish() {
        parts.outputs().watermark(Long.MAX_VALUE);
        parts.outputs().control(new Frame.End());
        finished = true;
        environment.coordinator().accept(new ToCoordinator.Finished(fence, parts.id()));
    }

    private void tick() throws Exception {
        long now = environment.nanos().getAsLong();
        if (now - lastTickNanos >= PROCESSING_TICK_NANOS) {
            lastTickNanos = now;
            parts.chain().advanceProcessingTime(environment.millis().getAsLong());
            metrics.watermark(
                    parts.source() == null
                            ? parts.inputs().watermark()
                            : parts.source().watermark());
        }
        if (now - lastFlushNanos >= batchNanos() && !finished) {
            lastFlushNanos = now;
            flush();
        }
    }

    private void flush() throws Exception {
        SourceDriver<?> source = parts.source();
        if (source != null && source.hasEventTime()) {
            parts.outputs().watermark(parts.chain().advanceWatermark(source.watermark()));
            parts.outputs().activity(activity(source.isIdle()));
        }
        parts.outputs().flush();
    }

    private static ReplicaOutputs.Activity activity(boolean idle) {
        return idle ? ReplicaOutputs.Activity.IDLE : ReplicaOutputs.Activity.ACTIVE;
    }

    private long batchNanos() {
        return environment.tuning().batchTimeout().toNanos();
    }
}
