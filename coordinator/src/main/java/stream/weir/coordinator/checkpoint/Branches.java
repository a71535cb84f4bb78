package stream.weir.coordinator.checkpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tree of runs. The branch of a run is what it took itself, what the run it came from had taken up to there, and so on; a
 * newer checkpoint of a branch that was left is not part of it.
 */
public record Branches(Map<Long, RunRecord> runs) {
    public Branches {
        runs = Map.copyOf(runs);
    }

    public static Branches of(Collection<RunRecord> runs) {
        return new Branches(runs.stream().collect(Collectors.toMap(RunRecord::run, Function.identity())));
    }

    /** Checkpoints of one run that belong to a branch, by id, both inclusive. */
    public record Segment(long run, long first, long last) {
        public boolean holds(long checkpoint) {
            return checkpoint >= first && checkpoint <= last;
        }
    }

    /** A run that another one came from is not on record. */
    public static final class UnknownRunException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long run;

        UnknownRunException(long run, long child) {
            super("run " + child + " came from a checkpoint of run " + run + ", which is not on record");
            this.run = run;
        }

        public long run() {
            return run;
        }
    }

    /**
     * The branch that ends in {@code run}, newest part first.
     *
     * @throws UnknownRunException when the tree has a hole
     */
    public List<Segment> branchOf(long run) {
        List<Segment> branch = new ArrayList<>();
        RunRecord current = record(run, run);
        long last = Long.MAX_VALUE;
        while (true) {
            branch.add(new Segment(current.run(), current.firstCheckpoint(), last));
            if (current.from() == 0) {
                return List.copyOf(branch);
            }
            last = current.from();
            current = record(current.parent(), current.run());
        }
    }

    /** Whether checkpoint {@code checkpoint}, taken by run {@code takenBy}, belongs to {@code branch}. */
    public static boolean holds(List<Segment> branch, long checkpoint, long takenBy) {
        return branch.stream().anyMatch(segment -> segment.run() == takenBy && segment.holds(checkpoint));
    }

    private RunRecord record(long run, long child) {
        RunRecord found = runs.get(run);
        if (found == null || (run != child && run > child)) {
            throw new UnknownRunException(run, child);
        }
        return found;
    }
}
