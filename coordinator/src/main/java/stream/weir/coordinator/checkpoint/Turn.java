package stream.weir.coordinator.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.checkpoint.JobState.Active;
import stream.weir.coordinator.checkpoint.JobState.Ended;
import stream.weir.coordinator.checkpoint.JobState.Failed;

/** One decision in the making. The state changes here and nowhere else. */
final class Turn {
    private final Now now;
    private final List<Effect> effects = new ArrayList<>();
    private JobState state;

    Turn(JobState state, Now now) {
        this.state = state;
        this.now = now;
    }

    Now now() {
        return now;
    }

    JobState state() {
        return state;
    }

    /** Empty when the job is over. */
    Optional<Active> active() {
        return state instanceof Active active ? Optional.of(active) : Optional.empty();
    }

    /** @throws IllegalStateException when the job is over */
    Course course() {
        return active().orElseThrow(() -> new IllegalStateException("the job is over: " + state))
                .course();
    }

    void emit(Effect effect) {
        effects.add(effect);
    }

    /** The same state with more known. */
    void update(Course course) {
        state = active().orElseThrow(() -> new IllegalStateException("the job is over: " + state))
                .with(course);
    }

    /** The same kind of state with other deadlines. */
    void update(Active changed) {
        if (changed.getClass() != state.getClass()) {
            throw new IllegalStateException("from " + state + " to " + changed + " without a reason");
        }
        state = changed;
    }

    void moveTo(JobState next, StateReason reason, String detail) {
        moveTo(next, new Effect.StateChanged(nameOf(state), nameOf(next), reason.name(), detail));
    }

    void moveTo(Failed next) {
        moveTo(
                next,
                new Effect.StateChanged(
                        nameOf(state), nameOf(next), next.reason().name(), next.detail()));
    }

    /** The one place where a job comes into another state. */
    private void moveTo(JobState next, Effect.StateChanged change) {
        effects.add(change);
        state = next;
        if (next instanceof Ended ended) {
            effects.add(new Effect.JobEnded(ended));
        }
    }

    Decision decision() {
        return new Decision(state, effects);
    }

    private static String nameOf(JobState state) {
        return state.getClass().getSimpleName();
    }
}
