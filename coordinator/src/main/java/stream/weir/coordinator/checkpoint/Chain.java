package stream.weir.coordinator.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Collecting;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Undecided;

/**
 * The checkpoints whose entries are not in the store yet, oldest first. Every id below them has its entry.
 *
 * @param nextId of the checkpoint after them; {@code nextId - 1} is the last of {@code pending} where there is one
 */
public record Chain(long nextId, List<PendingCheckpoint> pending) {
    public Chain {
        pending = List.copyOf(pending);
    }

    static Chain startingAt(long nextId) {
        return new Chain(nextId, List.of());
    }

    Optional<PendingCheckpoint> head() {
        return pending.isEmpty() ? Optional.empty() : Optional.of(pending.getFirst());
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    int size() {
        return pending.size();
    }

    List<Collecting> collecting() {
        return pending.stream()
                .filter(Collecting.class::isInstance)
                .map(Collecting.class::cast)
                .toList();
    }

    List<Undecided> undecided() {
        return pending.stream()
                .filter(Undecided.class::isInstance)
                .map(Undecided.class::cast)
                .toList();
    }

    Optional<Collecting> collecting(long checkpoint) {
        return collecting().stream()
                .filter(pending -> pending.checkpoint() == checkpoint)
                .findFirst();
    }

    /** Whether a checkpoint of this id or a later one is under way. */
    boolean mayComplete(long from) {
        return pending.stream().filter(each -> each.checkpoint() >= from).anyMatch(each -> switch (each) {
            case Undecided undecided -> true;
            case PendingCheckpoint.Aborted aborted -> false;
            case PendingCheckpoint.Storing storing -> storing.entry() instanceof Entry.Complete;
            case PendingCheckpoint.Unsettled unsettled -> unsettled.entry() instanceof Entry.Complete;
        });
    }

    Chain append(Collecting next) {
        if (next.checkpoint() != nextId) {
            throw new IllegalStateException("checkpoint " + next.checkpoint() + " cannot follow " + (nextId - 1));
        }
        List<PendingCheckpoint> more = new ArrayList<>(pending);
        more.add(next);
        return new Chain(nextId + 1, more);
    }

    Chain replace(PendingCheckpoint changed) {
        List<PendingCheckpoint> all = new ArrayList<>(pending);
        all.replaceAll(old -> old.checkpoint() == changed.checkpoint() ? changed : old);
        return new Chain(nextId, all);
    }

    Chain withoutHead() {
        return new Chain(nextId, pending.subList(1, pending.size()));
    }
}
