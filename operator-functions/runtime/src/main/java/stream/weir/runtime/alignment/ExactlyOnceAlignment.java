package stream.weir.runtime.alignment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.runtime.alignment.AlignmentEffect.Decline;
import stream.weir.runtime.alignment.AlignmentEffect.ForwardCancel;
import stream.weir.runtime.alignment.AlignmentEffect.Release;
import stream.weir.runtime.alignment.AlignmentEffect.Snapshot;
import stream.weir.runtime.alignment.AlignmentEvent.Aborted;
import stream.weir.runtime.alignment.AlignmentEvent.Announced;
import stream.weir.runtime.alignment.AlignmentEvent.BarrierArrived;
import stream.weir.runtime.alignment.AlignmentEvent.CancelArrived;
import stream.weir.runtime.alignment.AlignmentEvent.FrameHeld;
import stream.weir.runtime.alignment.AlignmentEvent.InputEnded;

/**
 * An input that has delivered the barrier is blocked until all have. The aligned snapshot of Carbone et al., "Lightweight
 * Asynchronous Snapshots for Distributed Dataflows" (2015), with cancellation.
 *
 * <pre>
 *            first barrier n                      last barrier n, or end: snapshot
 *   READING ────────────────► ALIGNING n ───────────────────────────────────────────► READING
 *      ▲                       │      │
 *      │  cancel n, abort n,   │      │ barrier or cancel of a newer one: n is subsumed
 *      └───── maxBytes ────────┘      └─────────────────────────────► ALIGNING n' or READING
 * </pre>
 *
 * An input moves past a checkpoint for good when it delivers a newer id, so at most one checkpoint aligns at a time, and
 * everything up to {@code settled} is decided.
 */
public final class ExactlyOnceAlignment implements Alignment {
    private static final long NONE = -1;

    private final int inputs;
    private final long maxBytes;
    private final BitSet ended = new BitSet();
    private final BitSet blocked = new BitSet();

    /** Not settled yet; only of use once all inputs have ended, and gone with the first newer settled id. */
    private final NavigableMap<Long, CheckpointKind> announced = new TreeMap<>();

    /** Aborted before their barrier has come; the cancel marker goes out in the barrier's place. */
    private final NavigableMap<Long, CheckpointFailure> aborted = new TreeMap<>();

    private long aligning = NONE;
    private CheckpointKind kind = CheckpointKind.PERIODIC;
    private long heldBytes;
    private long settled = NONE;

    /**
     * @param inputs how many; a replica without inputs takes its snapshots when they are announced
     * @param maxBytes {@code alignment.maxBytes}: most bytes that one alignment may hold back, or -1 for no limit
     */
    public ExactlyOnceAlignment(int inputs, long maxBytes) {
        if (maxBytes != -1 && maxBytes <= 0) {
            throw new IllegalArgumentException(
                    "alignment.maxBytes is " + maxBytes + ": it is -1 (no limit) or a positive number of bytes");
        }
        this.inputs = inputs;
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean blocks(int input) {
        return blocked.get(input);
    }

    @Override
    public OptionalLong aligning() {
        return aligning == NONE ? OptionalLong.empty() : OptionalLong.of(aligning);
    }

    @Override
    public List<AlignmentEffect> on(AlignmentEvent event) {
        List<AlignmentEffect> effects = new ArrayList<>();
        switch (event) {
            case BarrierArrived barrier -> onBarrier(barrier, effects);
            case CancelArrived cancel -> onCancel(cancel, effects);
            case InputEnded end -> onEnd(end, effects);
            case FrameHeld held -> onHeld(held, effects);
            case Announced announcement -> onAnnounced(announcement, effects);
            case Aborted abort -> onAborted(abort, effects);
        }
        return effects;
    }

    private void onBarrier(BarrierArrived barrier, List<AlignmentEffect> effects) {
        long checkpoint = barrier.checkpoint();
        if (isPast(checkpoint)) {
            return;
        }
        if (checkpoint > aligning) {
            subsume("barrier " + checkpoint + " arrived on input " + barrier.input(), effects);
            CheckpointFailure reason = aborted.get(checkpoint);
            if (reason != null) {
                effects.add(new ForwardCancel(checkpoint, reason));
                settle(checkpoint);
                return;
            }
            aligning = checkpoint;
            kind = barrier.kind();
        }
        if (blocked.cardinality() + ended.cardinality() + 1 == inputs) {
            complete(OptionalInt.of(barrier.input()), effects);
        } else {
            blocked.set(barrier.input());
        }
    }

    private void onCancel(CancelArrived cancel, List<AlignmentEffect> effects) {
        long checkpoint = cancel.checkpoint();
        if (isPast(checkpoint)) {
            return;
        }
        if (checkpoint > aligning) {
            subsume("the cancel marker of " + checkpoint + " arrived on input " + cancel.input(), effects);
        }
        if (!aborted.containsKey(checkpoint)) {
            String detail = "a cancel marker with " + cancel.reason() + " arrived on input " + cancel.input();
            effects.add(new Decline(checkpoint, CheckpointFailure.CANCELLED, detail));
        }
        effects.add(new ForwardCancel(checkpoint, cancel.reason()));
        release(effects);
        settle(checkpoint);
    }

    private void onEnd(InputEnded end, List<AlignmentEffect> effects) {
        ended.set(end.input());
        if (aligning != NONE && blocked.cardinality() + ended.cardinality() == inputs) {
            complete(OptionalInt.of(end.input()), effects);
        }
        snapshotAnnounced(effects);
    }

    private void onHeld(FrameHeld held, List<AlignmentEffect> effects) {
        heldBytes += held.bytes();
        if (maxBytes != -1 && heldBytes > maxBytes) {
            String detail =
                    heldBytes + " bytes were held back while " + progress() + "; alignment.maxBytes allows " + maxBytes;
            decline(CheckpointFailure.ALIGNMENT_LIMIT_EXCEEDED, detail, effects);
        }
    }

    private void onAnnounced(Announced announcement, List<AlignmentEffect> effects) {
        long checkpoint = announcement.checkpoint();
        if (checkpoint > settled && !aborted.containsKey(checkpoint)) {
            announced.put(checkpoint, announcement.kind());
            PendingBound.keepNewest(announced);
            snapshotAnnounced(effects);
        }
    }

    private void onAborted(Aborted abort, List<AlignmentEffect> effects) {
        long checkpoint = abort.checkpoint();
        if (isPast(checkpoint)) {
            return;
        }
        announced.remove(checkpoint);
        if (checkpoint == aligning) {
            effects.add(new ForwardCancel(checkpoint, abort.reason()));
            release(effects);
            settle(checkpoint);
        } else {
            aborted.put(checkpoint, abort.reason());
            PendingBound.keepNewest(aborted);
        }
    }

    /** Decided, or overtaken by what is being aligned: it can never be complete here. */
    private boolean isPast(long checkpoint) {
        return checkpoint <= settled || checkpoint < aligning;
    }

    private void complete(OptionalInt lastInput, List<AlignmentEffect> effects) {
        long checkpoint = aligning;
        effects.add(new Snapshot(checkpoint, kind, lastInput));
        release(effects);
        settle(checkpoint);
    }

    private void subsume(String cause, List<AlignmentEffect> effects) {
        if (aligning != NONE) {
            decline(CheckpointFailure.SUBSUMED, cause + " while " + progress(), effects);
        }
    }

    private void decline(CheckpointFailure reason, String detail, List<AlignmentEffect> effects) {
        long checkpoint = aligning;
        effects.add(new Decline(checkpoint, reason, detail));
        effects.add(new ForwardCancel(checkpoint, reason));
        release(effects);
        settle(checkpoint);
    }

    private void snapshotAnnounced(List<AlignmentEffect> effects) {
        if (ended.cardinality() == inputs) {
            announced.forEach((checkpoint, announcedKind) ->
                    effects.add(new Snapshot(checkpoint, announcedKind, OptionalInt.empty())));
            if (!announced.isEmpty()) {
                settle(announced.lastKey());
            }
        }
    }

    private void release(List<AlignmentEffect> effects) {
        blocked.stream().forEach(input -> effects.add(new Release(input)));
        blocked.clear();
        heldBytes = 0;
        aligning = NONE;
    }

    private void settle(long checkpoint) {
        settled = checkpoint;
        announced.headMap(checkpoint, true).clear();
        aborted.headMap(checkpoint, true).clear();
    }

    private String progress() {
        return "checkpoint " + aligning + " had arrived on " + blocked.cardinality() + " of "
                + (inputs - ended.cardinality()) + " open inputs";
    }
}
