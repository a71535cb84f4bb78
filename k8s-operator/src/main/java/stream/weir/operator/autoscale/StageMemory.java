package stream.weir.operator.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of a stage.
 *
 * @param wishes counts that were wished for, oldest first, since the last scaling
 */
record StageMemory(List<Wish> wishes, Optional<Ceiling> ceiling) {
    /** So that somebody who asks every few milliseconds does not fill the memory. */
    private static final int MOST = 2000;

    static final StageMemory EMPTY = new StageMemory(List.of(), Optional.empty());

    StageMemory {
        wishes = List.copyOf(wishes);
    }

    record Wish(Instant at, int count) {}

    StageMemory with(Instant now, int wish, Duration longest) {
        List<Wish> all = new ArrayList<>(wishes.subList(Math.max(0, wishes.size() - MOST), wishes.size()));
        all.add(new Wish(now, wish));
        Instant oldest = now.minus(longest);
        // One that is older than the window stays: it says what was wished for when the window began.
        while (all.size() > 1 && !all.get(1).at().isAfter(oldest)) {
            all.removeFirst();
        }
        return new StageMemory(all, ceiling);
    }

    StageMemory withoutWishes() {
        return new StageMemory(List.of(), ceiling);
    }

    StageMemory with(Ceiling remembered) {
        return new StageMemory(wishes, Optional.of(remembered));
    }

    /** Whether all wishes of that time were for more than that, and it has been seen in full. */
    boolean aboveFor(Duration window, int count, Instant now) {
        return coversAll(window, now) && in(window, now).stream().allMatch(wish -> wish.count() > count);
    }

    /** The most that was wished for in that time; empty if it has not been seen in full. */
    Optional<Integer> mostIn(Duration window, Instant now) {
        return coversAll(window, now)
                ? in(window, now).stream().map(Wish::count).max(Integer::compare)
                : Optional.empty();
    }

    private boolean coversAll(Duration window, Instant now) {
        return !wishes.isEmpty() && !wishes.getFirst().at().isAfter(now.minus(window));
    }

    private List<Wish> in(Duration window, Instant now) {
        return wishes.stream()
                .filter(wish -> !wish.at().isBefore(now.minus(window)))
                .toList();
    }
}
