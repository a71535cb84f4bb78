package stream.weir.coordinator.loop;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import stream.weir.coordinator.checkpoint.JobState;

/**
 * Says how the job has ended. Whoever hears of that ends the process: what is being copied is waited for, and so is what is being
 * written down and then to be forgotten. Belongs to the loop's thread.
 */
final class LastWord {
    private final CoordinatorListener listener;
    private final BooleanSupplier copying;
    private final Wishes wishes;
    private Optional<JobState.Ended> waiting = Optional.empty();
    private boolean known;

    /** @param copying whether a savepoint is being copied */
    LastWord(CoordinatorListener listener, BooleanSupplier copying, Wishes wishes) {
        this.listener = listener;
        this.copying = copying;
        this.wishes = wishes;
    }

    /** Whether it is known how the job has ended, be it said or not. */
    boolean isKnown() {
        return known;
    }

    void say(JobState.Ended ended) {
        known = true;
        // What is asked of a job that has failed stands.
        boolean forgets = !(ended instanceof JobState.Failed);
        if (copying.getAsBoolean() || (forgets && wishes.isWritingEnd())) {
            waiting = Optional.of(ended);
            return;
        }
        waiting = Optional.empty();
        switch (ended) {
            case JobState.Completed(var last) -> listener.completed(last);
            case JobState.Stopped(var last, var newest, String detail) -> listener.stopped(last, newest, detail);
            // Whoever leads next stops what goes on.
            case JobState.Failed(var reason, String detail, var newest) -> listener.failed(reason, detail, newest);
        }
        if (forgets) {
            // Not before it is said: a leader that dies in between leaves replicas that the next one has to stop.
            wishes.forgetEnds();
        }
    }

    void sayWhatWaits() {
        waiting.ifPresent(this::say);
    }
}
