package stream.weir.runtime.alignment;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.FrameCodec;
import stream.weir.runtime.alignment.AlignmentEffect.Decline;
import stream.weir.runtime.alignment.AlignmentEffect.ForwardCancel;
import stream.weir.runtime.alignment.AlignmentEffect.Release;
import stream.weir.runtime.alignment.AlignmentEffect.Snapshot;

/**
 * The inputs of a replica behind one alignment. What arrives goes in with {@link #arrived}; what has to be done comes out of
 * {@link #next}, one turn at a time, whenever the replica is ready for it. Not thread-safe: used on the replica's thread.
 *
 * <p>Frames of one input keep their order. Inputs with frames that may be read take turns. Everything on a blocked input,
 * later barriers and the end included, waits and goes through the alignment again once it is released. What waits without
 * being held back (the replica was not ready) stays in memory and keeps its credit.
 *
 * <p>Barriers and cancel markers are consumed here. The end of an input is delivered first and then counted, so a final
 * snapshot sees what the end has brought about.
 */
public final class AlignedInputs implements AutoCloseable {
    private final Alignment alignment;
    private final HeldFrames held;

    /** Per input, what came after the held frames. Bounded by the links' credit. */
    private final List<Queue<Arrival>> waiting;

    /** Inputs with something to read that are not blocked, each once. */
    private final Queue<Integer> ready = new ArrayDeque<>();

    private final BitSet inReady = new BitSet();
    private final Queue<Turn> turns = new ArrayDeque<>();

    private AlignedInputs(Alignment alignment, HeldFrames held, List<Queue<Arrival>> waiting) {
        this.alignment = alignment;
        this.held = held;
        this.waiting = waiting;
    }

    public static AlignedInputs of(int inputs, Alignment alignment, HeldFrames held) {
        List<Queue<Arrival>> waiting = new ArrayList<>(inputs);
        for (int i = 0; i < inputs; i++) {
            waiting.add(new ArrayDeque<>());
        }
        return new AlignedInputs(alignment, held, waiting);
    }

    /**
     * As {@code mode}, {@code alignment.maxBytes} and {@code alignment.spill} say.
     *
     * @param spillDirectory where this replica alone may keep frames; not touched unless {@code alignment.spill}
     */
    public static AlignedInputs configured(
            int inputs, CheckpointConfig config, Path spillDirectory, FrameCodec spillCodec) {
        Alignment alignment =
                switch (config.mode()) {
                    case EXACTLY_ONCE ->
                        new ExactlyOnceAlignment(inputs, config.alignment().maxBytes());
                    case AT_LEAST_ONCE -> new AtLeastOnceAlignment(inputs);
                };
        HeldFrames held = config.alignment().spill()
                ? SpilledFrames.forInputs(inputs, spillDirectory, spillCodec)
                : FramesInMemory.forInputs(inputs);
        return of(inputs, alignment, held);
    }

    /** A frame has come in on an input. */
    public void arrived(int input, Arrival arrival) {
        if (alignment.blocks(input)) {
            held.hold(input, arrival);
            apply(alignment.on(
                    new AlignmentEvent.FrameHeld(input, arrival.frame().creditBytes())));
        } else {
            waiting.get(input).add(arrival);
            makeReady(input);
        }
    }

    /** The coordinator says that a checkpoint has been triggered. */
    public void announced(long checkpoint, CheckpointKind kind) {
        apply(alignment.on(new AlignmentEvent.Announced(checkpoint, kind)));
    }

    /** The coordinator says that a checkpoint will not come about. */
    public void aborted(long checkpoint, CheckpointFailure reason) {
        apply(alignment.on(new AlignmentEvent.Aborted(checkpoint, reason)));
    }

    /** What to do next; empty when nothing is to be done until something arrives. */
    public Optional<Turn> next() {
        while (turns.isEmpty() && !ready.isEmpty()) {
            readOne(ready.remove());
        }
        return Optional.ofNullable(turns.poll());
    }

    /** Whether turns are left of a frame that was read: what is decided by it has to be done before anything else is told here. */
    public boolean isDecided() {
        return !turns.isEmpty();
    }

    /** Whether there is a turn, or a frame that may be read. */
    public boolean hasNext() {
        return !turns.isEmpty() || !ready.isEmpty();
    }

    public boolean blocks(int input) {
        return alignment.blocks(input);
    }

    /** Credit bytes of all frames that alignment has held back and that have not been read yet. */
    public long heldBytes() {
        long bytes = 0;
        for (int input = 0; input < waiting.size(); input++) {
            bytes += held.bytes(input);
        }
        return bytes;
    }

    /** Forgets everything; credit is not given back. */
    @Override
    public void close() {
        ready.clear();
        inReady.clear();
        turns.clear();
        waiting.forEach(Queue::clear);
        held.close();
    }

    private void readOne(int input) {
        inReady.clear(input);
        held.poll(input)
                .or(() -> Optional.ofNullable(waiting.get(input).poll()))
                .ifPresent(arrival -> read(input, arrival));
        if (alignment.blocks(input)) {
            holdWaiting(input);
        } else if (!isEmpty(input)) {
            makeReady(input);
        }
    }

    private void read(int input, Arrival arrival) {
        switch (arrival.frame().content()) {
            case Frame.Barrier barrier -> {
                arrival.consumed().run();
                apply(alignment.on(new AlignmentEvent.BarrierArrived(input, barrier.checkpoint(), barrier.kind())));
            }
            case Frame.Cancel cancel -> {
                arrival.consumed().run();
                apply(alignment.on(new AlignmentEvent.CancelArrived(input, cancel.checkpoint(), cancel.reason())));
            }
            case Frame.End _ -> {
                turns.add(new Turn.Deliver(input, arrival));
                apply(alignment.on(new AlignmentEvent.InputEnded(input)));
            }
            case Frame.Records _, Frame.Watermark _, Frame.Idle _ -> turns.add(new Turn.Deliver(input, arrival));
        }
    }

    /** The input has just been blocked: what waits on it counts as held back from now on. */
    private void holdWaiting(int input) {
        Queue<Arrival> behind = waiting.get(input);
        while (!behind.isEmpty()) {
            held.hold(input, behind.remove());
        }
        if (!held.isEmpty(input)) {
            apply(alignment.on(new AlignmentEvent.FrameHeld(input, held.bytes(input))));
        }
    }

    private void apply(List<AlignmentEffect> effects) {
        for (AlignmentEffect effect : effects) {
            switch (effect) {
                case Snapshot snapshot -> turns.add(snapshot);
                case Decline decline -> turns.add(decline);
                case ForwardCancel cancel -> turns.add(cancel);
                case Release release -> {
                    if (!isEmpty(release.input())) {
                        makeReady(release.input());
                    }
                }
            }
        }
    }

    private boolean isEmpty(int input) {
        return held.isEmpty(input) && waiting.get(input).isEmpty();
    }

    private void makeReady(int input) {
        if (!inReady.get(input)) {
            inReady.set(input);
            ready.add(input);
        }
    }
}
