package stream.weir.coordinator.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import stream.weir.coordinator.checkpoint.JobState.Active;
import stream.weir.coordinator.checkpoint.JobState.BackingOff;
import stream.weir.coordinator.checkpoint.JobState.Ended;
import stream.weir.coordinator.checkpoint.JobState.Finishing;
import stream.weir.coordinator.checkpoint.JobState.Live;
import stream.weir.coordinator.checkpoint.JobState.OpeningRun;
import stream.weir.coordinator.checkpoint.JobState.Running;
import stream.weir.coordinator.checkpoint.JobState.Stopping;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Collecting;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Unsettled;

/** When time alone makes a difference. */
final class Wakes {
    private final Triggering triggering;

    Wakes(Triggering triggering) {
        this.triggering = triggering;
    }

    OptionalLong next(JobState state) {
        if (!(state instanceof Active active)) {
            return OptionalLong.empty();
        }
        List<Long> times = new ArrayList<>();
        if (active.course().chain().head().orElse(null) instanceof Unsettled unsettled) {
            times.add(unsettled.retryAtNanos());
        }
        if (!(state instanceof Stopping)) {
            active.course().stopBy().ifPresent(times::add);
        }
        switch (state) {
            case Live live -> live(live, times);
            case BackingOff backingOff -> {
                if (backingOff.course().chain().isEmpty()) {
                    times.add(backingOff.untilNanos());
                }
            }
            case OpeningRun opening -> opening.retryAtNanos().ifPresent(times::add);
            case Ended ended -> {}
        }
        return times.stream().mapToLong(Long::longValue).reduce((a, b) -> a - b <= 0 ? a : b);
    }

    private void live(Live live, List<Long> times) {
        for (Collecting pending : live.course().chain().collecting()) {
            times.add(triggering.deadline(pending));
        }
        boolean mayStart = triggering.mayStart(live);
        switch (live) {
            case Running running -> {
                if (mayStart) {
                    times.add(running.course().schedule().dueAt());
                    if (Reshaping.wantsCheckpoint(running.course())) {
                        running.course().reshape().map(Reshape::notBeforeNanos).ifPresent(times::add);
                    }
                }
            }
            case Finishing finishing -> {
                if (mayStart) {
                    times.add(finishing.notBeforeNanos());
                }
                finishing.commitByNanos().ifPresent(times::add);
            }
            case Stopping stopping -> {
                times.add(stopping.deadlineNanos());
                if (mayStart) {
                    times.add(stopping.notBeforeNanos());
                }
            }
        }
    }
}
