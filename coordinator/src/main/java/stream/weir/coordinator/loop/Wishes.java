package stream.weir.coordinator.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.checkpoint.JobState;
import stream.weir.coordinator.checkpoint.StoreResult;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.store.AskedEnd;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.SavepointWishes;

/**
 * What people have asked for, on record until it has come about, so that a later leader carries it out. Where nobody can lead later,
 * nothing is written. Belongs to the loop's thread.
 */
final class Wishes {
    private static final Logger LOG = LoggerFactory.getLogger(Wishes.class);

    private final CheckpointStore store;
    private final SavepointWishes savepoints;
    private final StoreCalls calls;
    private final LoopThread thread;
    private boolean led;
    private boolean staying;
    private int endsUnderWay;
    private boolean forgetting;

    /** Ends to write down as soon as earlier ones are forgotten, or cannot be: a deletion takes all that are there. */
    private final List<Runnable> held = new ArrayList<>();

    /** Heard whenever what is on record must not be forgotten from then on. */
    private Runnable stands = () -> {};

    Wishes(CheckpointStore store, StoreCalls calls, LoopThread thread) {
        this.store = store;
        this.savepoints = new SavepointWishes(store);
        this.calls = calls;
        this.thread = thread;
    }

    /** From now on another coordinator may go on with the run. */
    void others() {
        led = true;
    }

    void end(AskedEnd how, long run, Runnable recorded, Runnable act) {
        endsUnderWay++;
        Runnable write = () -> note(
                "to end with a " + how,
                () -> store.putEnd(how, run),
                () -> {
                    stands.run();
                    recorded.run();
                },
                () -> {
                    endsUnderWay--;
                    act.run();
                });
        if (forgetting) {
            held.add(write);
        } else {
            write.run();
        }
    }

    /** Whether such a wish is being written down: nobody can know yet that it is forgotten. */
    boolean isWritingEnd() {
        return endsUnderWay > 0;
    }

    void savepoint(String name, Runnable recorded, Runnable act) {
        if (Savepoints.problemWith(name).isPresent()) {
            // Refused when it is acted on.
            act.run();
            recorded.run();
            return;
        }
        note("for savepoint " + name, () -> savepoints.put(name), recorded, act);
    }

    /** Acts in any case, but says that it is on record only where it is. */
    private void note(String what, Supplier<StoreResult> record, Runnable recorded, Runnable act) {
        if (!led) {
            act.run();
            recorded.run();
            return;
        }
        calls.make(
                record,
                result -> thread.post(() -> {
                    act.run();
                    if (result instanceof StoreResult.Durable) {
                        recorded.run();
                    } else {
                        LOG.warn(
                                "{}: only this coordinator knows that it was asked {}: {}",
                                store.pipeline(),
                                what,
                                result);
                    }
                }));
    }

    /** The job has ended: the next start goes on. */
    void forgetEnds() {
        if (led) {
            calls.make(store::forgetEnds, result -> {
                if (!(result instanceof StoreResult.Durable)) {
                    LOG.warn("{}: that it was to end may still be on record: {}", store.pipeline(), result);
                }
            });
        }
    }

    /**
     * Before the job starts again: how it was to end counts no more.
     *
     * @param standing called as soon as what is on record stands, perhaps more than once: when earlier ends are forgotten, and
     *     when a later one is beside them
     * @param done on the loop's thread
     */
    void forgetEarlierEnds(Runnable standing, Consumer<StoreResult> done) {
        stands = standing;
        forgetting = true;
        calls.make(
                store::forgetEnds,
                result -> thread.post(() -> {
                    forgetting = false;
                    if (result instanceof StoreResult.Durable) {
                        standing.run();
                    }
                    done.accept(result);
                    held.forEach(Runnable::run);
                    held.clear();
                }));
    }

    /** A job that has failed, or that somebody else leads, may go on: what is asked for now stands. */
    void ended(JobState.Ended how) {
        staying = how instanceof JobState.Failed;
    }

    /** It has come about, or never will. */
    void forgetSavepoint(String name) {
        if (led && !staying) {
            calls.make(() -> savepoints.forget(name), result -> {});
        }
    }
}
