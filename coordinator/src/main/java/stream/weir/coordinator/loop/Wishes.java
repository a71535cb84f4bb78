package stream.weir.coordinator.loop;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
    private final StoreCalls endCalls;
    private final LoopThread thread;
    private boolean led;
    private boolean staying;
    private int endsUnderWay;
    private @Nullable EndUnderWay newestEnd;

    /**
     * An end that is being written down.
     *
     * @param also what follows, for each who has asked for it meanwhile
     */
    private record EndUnderWay(AskedEnd how, long run, List<Asked> also) {}

    private record Asked(Runnable recorded, Runnable act) {}

    /** @param endCalls one after another: a deletion takes all ends that are there */
    Wishes(CheckpointStore store, StoreCalls calls, StoreCalls endCalls, LoopThread thread) {
        this.store = store;
        this.savepoints = new SavepointWishes(store);
        this.calls = calls;
        this.endCalls = endCalls;
        this.thread = thread;
    }

    /** From now on another coordinator may go on with the run. */
    void others() {
        led = true;
    }

    /** Asked again and again while the store does not answer, it is written down once. */
    void end(AskedEnd how, long run, Runnable recorded, Runnable act) {
        EndUnderWay newest = newestEnd;
        if (newest != null && newest.how() == how && newest.run() == run) {
            newest.also().add(new Asked(recorded, act));
            return;
        }
        EndUnderWay begun = new EndUnderWay(how, run, new ArrayList<>(List.of(new Asked(recorded, act))));
        newestEnd = begun;
        endsUnderWay++;
        Runnable allRecorded =
                () -> begun.also().forEach(asked -> asked.recorded().run());
        note(endCalls, "to end with a " + how, () -> store.putEnd(how, run), allRecorded, () -> {
            endsUnderWay--;
            if (newestEnd == begun) {
                newestEnd = null;
            }
            begun.also().forEach(asked -> asked.act().run());
        });
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
        note(calls, "for savepoint " + name, () -> savepoints.put(name), recorded, act);
    }

    /** Acts in any case, but says that it is on record only where it is. */
    private void note(StoreCalls through, String what, Supplier<StoreResult> record, Runnable recorded, Runnable act) {
        if (!led) {
            act.run();
            recorded.run();
            return;
        }
        through.make(
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
            endCalls.make(() -> store.forgetEnds(EnumSet.allOf(AskedEnd.class)), result -> {
                if (!(result instanceof StoreResult.Durable)) {
                    LOG.warn("{}: that it was to end may still be on record: {}", store.pipeline(), result);
                }
            });
        }
    }

    /**
     * Before the job starts again: how it was to end counts no more.
     *
     * @param since ends that were asked for after that: they stand
     * @param done on the loop's thread
     */
    void forgetEarlierEnds(Set<AskedEnd> since, Consumer<StoreResult> done) {
        Set<AskedEnd> earlier = EnumSet.allOf(AskedEnd.class);
        earlier.removeAll(since);
        endCalls.make(() -> store.forgetEnds(earlier), result -> thread.post(() -> done.accept(result)));
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
