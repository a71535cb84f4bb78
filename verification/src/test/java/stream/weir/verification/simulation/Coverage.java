package stream.weir.verification.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** How often each fault happened, and how often the job went back to a checkpoint after it: proof that the paths were taken. */
final class Coverage {
    private final Map<Fault, Long> happened = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> restored = new EnumMap<>(Fault.class);
    private final Set<Fault> sinceRestore = EnumSet.noneOf(Fault.class);
    private long restores;
    private long checkpoints;
    private long emptyStarts;
    private long takeovers;
    private boolean draining;
    private long restoresDraining;
    private long takeoversDraining;

    void happened(Fault fault) {
        happened.merge(fault, 1L, Long::sum);
        sinceRestore.add(fault);
    }

    void restored() {
        restores++;
        restoresDraining += draining ? 1 : 0;
        sinceRestore.forEach(fault -> restored.merge(fault, 1L, Long::sum));
        sinceRestore.clear();
    }

    void startedEmpty() {
        emptyStarts++;
        sinceRestore.clear();
    }

    /** Another leader goes on with the run, and no replica goes back. */
    void tookOver() {
        takeovers++;
        takeoversDraining += draining ? 1 : 0;
    }

    long takeovers() {
        return takeovers;
    }

    /** What comes from here on comes while the job drains. */
    void drains() {
        draining = true;
    }

    long restoresDraining() {
        return restoresDraining;
    }

    long takeoversDraining() {
        return takeoversDraining;
    }

    void checkpointCompleted() {
        checkpoints++;
    }

    /** Adds what another world has seen. */
    void add(Coverage other) {
        other.happened.forEach((fault, count) -> happened.merge(fault, count, Long::sum));
        other.restored.forEach((fault, count) -> restored.merge(fault, count, Long::sum));
        restores += other.restores;
        checkpoints += other.checkpoints;
        emptyStarts += other.emptyStarts;
        takeovers += other.takeovers;
        restoresDraining += other.restoresDraining;
        takeoversDraining += other.takeoversDraining;
    }

    boolean hasSeenAll(Set<Fault> faults) {
        return happened.keySet().containsAll(faults);
    }

    /** Faults that never happened, or never led to a restore. */
    Set<Fault> missing() {
        Set<Fault> missing = EnumSet.allOf(Fault.class);
        missing.removeAll(restored.keySet());
        return missing;
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("restores " + restores + ", takeovers " + takeovers + ", starts from nothing "
                        + emptyStarts + ", checkpoints " + checkpoints + "; faults (happened/then restored):");
        for (Fault fault : Fault.values()) {
            text.append(' ')
                    .append(fault)
                    .append(' ')
                    .append(happened.getOrDefault(fault, 0L))
                    .append('/')
                    .append(restored.getOrDefault(fault, 0L));
        }
        return text.toString();
    }
}
