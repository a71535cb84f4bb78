package stream.weir.runtime.alignment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.runtime.alignment.AlignmentEffect.Decline;
import stream.weir.runtime.alignment.AlignmentEffect.ForwardCancel;
import stream.weir.runtime.alignment.AlignmentEffect.Snapshot;
import stream.weir.runtime.alignment.AlignmentEvent.Aborted;
import stream.weir.runtime.alignment.AlignmentEvent.Announced;
import stream.weir.runtime.alignment.AlignmentEvent.BarrierArrived;
import stream.weir.runtime.alignment.AlignmentEvent.CancelArrived;
import stream.weir.runtime.alignment.AlignmentEvent.FrameHeld;
import stream.weir.runtime.alignment.AlignmentEvent.InputEnded;

/**
 * Nothing is ever blocked: arrivals are counted per checkpoint, and the snapshot is taken when the last input has delivered
 * the barrier. It then holds the effects of records that arrived behind the barrier on faster inputs; they come again after a
 * recovery.
 *
 * <p>Several checkpoints may be counted at once, at most {@value PendingBound#MOST}: the oldest is given up for a new one.
 */
public final class AtLeastOnceAlignment implements Alignment {
    /** What is known of a checkpoint that is not settled. */
    private sealed interface Pending {}

    private record Counting(CheckpointKind kind, BitSet arrived) implements Pending {}

    /** Declined or aborted while barriers may still come. */
    private record Dead() implements Pending {}

    private final int inputs;
    private final BitSet ended = new BitSet();
    private final NavigableMap<Long, Pending> pending = new TreeMap<>();
    private final NavigableMap<Long, CheckpointKind> announced = new TreeMap<>();

    /** Everything up to here is decided. */
    private long settled = -1;

    /**
     * @param inputs how many; a replica without inputs takes its snapshots when they are announced
     */
    public AtLeastOnceAlignment(int inputs) {
        this.inputs = inputs;
    }

    @Override
    public boolean blocks(int input) {
        return false;
    }

    @Override
    public OptionalLong aligning() {
        return pending.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Counting)
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public List<AlignmentEffect> on(AlignmentEvent event) {
        List<AlignmentEffect> effects = new ArrayList<>();
        switch (event) {
            case BarrierArrived barrier -> onBarrier(barrier, effects);
            case CancelArrived cancel -> onCancel(cancel, effects);
            case InputEnded end -> onEnd(end, effects);
            case Announced announcement -> onAnnounced(announcement, effects);
            case Aborted abort -> onAborted(abort, effects);
            case FrameHeld held ->
                throw new IllegalStateException("input " + held.input() + " is never blocked at least once, but "
                        + held.bytes() + " bytes were held back on it");
        }
        return effects;
    }

    private void onBarrier(BarrierArrived barrier, List<AlignmentEffect> effects) {
        long checkpoint = barrier.checkpoint();
        if (checkpoint <= settled) {
            return;
        }
        if (!pending.containsKey(checkpoint)) {
            track(checkpoint, new Counting(barrier.kind(), new BitSet()), effects);
        }
        if (pending.get(checkpoint) instanceof Counting counting) {
            counting.arrived().set(barrier.input());
            completeIfAll(checkpoint, counting, barrier.input(), effects);
        }
    }

    private void onCancel(CancelArrived cancel, List<AlignmentEffect> effects) {
        long checkpoint = cancel.checkpoint();
        if (checkpoint > settled && !(pending.get(checkpoint) instanceof Dead)) {
            bury(checkpoint, effects);
            String detail = "a cancel marker with " + cancel.reason() + " arrived on input " + cancel.input();
            effects.add(new Decline(checkpoint, CheckpointFailure.CANCELLED, detail));
            effects.add(new ForwardCancel(checkpoint, cancel.reason()));
        }
    }

    private void onEnd(InputEnded end, List<AlignmentEffect> effects) {
        ended.set(end.input());
        // A newer one that is complete settles the older ones, so the oldest goes first.
        for (Map.Entry<Long, Pending> entry : List.copyOf(pending.entrySet())) {
            if (entry.getKey() > settled && entry.getValue() instanceof Counting counting) {
                completeIfAll(entry.getKey(), counting, end.input(), effects);
            }
        }
        snapshotAnnounced(effects);
    }

    private void onAnnounced(Announced announcement, List<AlignmentEffect> effects) {
        long checkpoint = announcement.checkpoint();
        if (checkpoint > settled && !(pending.get(checkpoint) instanceof Dead)) {
            announced.put(checkpoint, announcement.kind());
            PendingBound.keepNewest(announced);
            snapshotAnnounced(effects);
        }
    }

    private void onAborted(Aborted abort, List<AlignmentEffect> effects) {
        long checkpoint = abort.checkpoint();
        if (checkpoint > settled && !(pending.get(checkpoint) instanceof Dead)) {
            bury(checkpoint, effects);
            effects.add(new ForwardCancel(checkpoint, abort.reason()));
        }
    }

    private void bury(long checkpoint, List<AlignmentEffect> effects) {
        announced.remove(checkpoint);
        track(checkpoint, new Dead(), effects);
    }

    private void track(long checkpoint, Pending state, List<AlignmentEffect> effects) {
        pending.put(checkpoint, state);
        while (pending.size() > PendingBound.MOST) {
            long oldest = pending.firstKey();
            giveUp(
                    oldest,
                    CheckpointFailure.TOO_MANY_PENDING,
                    "checkpoint " + checkpoint + " arrived while " + PendingBound.MOST + " others were pending",
                    effects);
            settle(oldest);
        }
    }

    private void completeIfAll(long checkpoint, Counting counting, int input, List<AlignmentEffect> effects) {
        BitSet there = (BitSet) counting.arrived().clone();
        there.or(ended);
        if (there.cardinality() < inputs) {
            return;
        }
        // Every input has moved past the older ones, so they can never be complete.
        for (long older : List.copyOf(pending.headMap(checkpoint).keySet())) {
            giveUp(
                    older,
                    CheckpointFailure.SUBSUMED,
                    "checkpoint " + checkpoint + " is complete on all inputs",
                    effects);
        }
        effects.add(new Snapshot(checkpoint, counting.kind(), OptionalInt.of(input)));
        settle(checkpoint);
    }

    private void giveUp(long checkpoint, CheckpointFailure reason, String detail, List<AlignmentEffect> effects) {
        if (pending.get(checkpoint) instanceof Counting counting) {
            String progress = "; it had arrived on " + counting.arrived().cardinality() + " of " + inputs + " inputs";
            effects.add(new Decline(checkpoint, reason, detail + progress));
            effects.add(new ForwardCancel(checkpoint, reason));
        }
    }

    private void snapshotAnnounced(List<AlignmentEffect> effects) {
        if (ended.cardinality() == inputs) {
            announced.forEach((checkpoint, kind) -> effects.add(new Snapshot(checkpoint, kind, OptionalInt.empty())));
            if (!announced.isEmpty()) {
                settle(announced.lastKey());
            }
        }
    }

    private void settle(long checkpoint) {
        settled = checkpoint;
        pending.headMap(checkpoint, true).clear();
        announced.headMap(checkpoint, true).clear();
    }
}
