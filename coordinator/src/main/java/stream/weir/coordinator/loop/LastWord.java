package stream.weir.coordinator.loop;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import stream.weir.coordinator.checkpoint.JobState;

/** Says how the job has ended. Whoever hears of that ends the process: what is being copied is waited for. */
final class LastWord {
    private final CoordinatorListener listener;
    private final BooleanSupplier copying;
    private final Runnable stopped;
    private Optional<JobState.Ended> waiting = Optional.empty();

    /**
     * @param copying whether a savepoint is being copied
     * @param stopped called after it was said that the job has stopped, or is over in another way
     */
    LastWord(CoordinatorListener listener, BooleanSupplier copying, Runnable stopped) {
        this.listener = listener;
        this.copying = copying;
        this.stopped = stopped;
    }

    void say(JobState.Ended ended) {
        if (copying.getAsBoolean()) {
            waiting = Optional.of(ended);
            return;
        }
        waiting = Optional.empty();
        switch (ended) {
            case JobState.Completed(var last) -> {
                listener.completed(last);
                stopped.run();
            }
            case JobState.Stopped(var last, var newest, String detail) -> {
                listener.stopped(last, newest, detail);
                stopped.run();
            }
            // Whoever leads next stops what goes on.
            case JobState.Failed(var reason, String detail, var newest) -> listener.failed(reason, detail, newest);
        }
    }

    void sayWhatWaits() {
        waiting.ifPresent(this::say);
    }
}
