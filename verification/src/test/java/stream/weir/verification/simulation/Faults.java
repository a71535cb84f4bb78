package stream.weir.verification.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Which faults a seed has, and how often: each seed has some of the kinds only, as faults of one kind may keep those of another
 * from being reached. None happens after {@link #quietNanos}.
 */
final class Faults {
    private final Chance chance;
    private final VirtualTime time;
    private final Trace trace;
    private final Coverage coverage;
    private final Map<Fault, Integer> oneIn = new EnumMap<>(Fault.class);
    private long quietNanos;

    private Faults(Chance chance, VirtualTime time, Trace trace, Coverage coverage) {
        this.chance = chance;
        this.time = time;
        this.trace = trace;
        this.coverage = coverage;
    }

    /** Some kinds; none at all in some seeds. */
    static Set<Fault> kinds(Chance chance) {
        Set<Fault> kinds = EnumSet.noneOf(Fault.class);
        int share = chance.between(2, 8);
        if (!chance.oneIn(20)) {
            for (Fault fault : Fault.values()) {
                if (chance.oneIn(share)) {
                    kinds.add(fault);
                }
            }
        }
        return kinds;
    }

    static Faults of(Set<Fault> kinds, Chance chance, VirtualTime time, Trace trace, Coverage coverage) {
        Faults faults = new Faults(chance, time, trace, coverage);
        if (!kinds.isEmpty()) {
            faults.quietNanos = chance.between(50, 600) * 1_000_000L;
            kinds.forEach(fault -> faults.oneIn.put(fault, often(fault, chance)));
        }
        return faults;
    }

    private static int often(Fault fault, Chance chance) {
        return switch (fault) {
            case REPLICA_KILLED_IN_STEP, FRAME_CORRUPTED -> chance.between(200, 2_000);
            case KILLED_BEFORE_COMMIT, KILLED_AFTER_COMMIT, COMMIT_FAILED, PREPARE_FAILED -> chance.between(5, 40);
            case COORDINATOR_KILLED_IN_CALL -> chance.between(10, 80);
            case COORDINATOR_KILLED_IN_SEND -> chance.between(50, 400);
            case UPLOAD_OUTLIVES_RUN -> 2;
            default -> chance.between(8, 80);
        };
    }

    /** From here on nothing goes wrong any more. */
    long quietNanos() {
        return quietNanos;
    }

    boolean areOver() {
        return time.nanos() >= quietNanos;
    }

    /** Whether it goes wrong now. */
    boolean strikes(Fault fault) {
        Integer odds = oneIn.get(fault);
        if (odds == null || areOver() || !chance.oneIn(odds)) {
            return false;
        }
        struck(fault, "");
        return true;
    }

    /** Counts a fault that has just happened. */
    void struck(Fault fault, Object where) {
        coverage.happened(fault);
        trace.note("FAULT " + fault, where);
    }

    /** Lets a fault of kind TIMED happen again and again; {@code task} says whether it could. */
    void schedule(Fault fault, BooleanSupplier task) {
        if (oneIn.containsKey(fault)) {
            long pauseNanos = chance.between(15, 250) * 1_000_000L + chance.between(0, 999_999);
            time.after(pauseNanos, "fault", fault, () -> {
                if (!areOver()) {
                    if (task.getAsBoolean()) {
                        struck(fault, "");
                    }
                    schedule(fault, task);
                }
            });
        }
    }
}
