package stream.weir.benchmarks.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.StageView.ReplicaView;

/**
 * When the replicas with state were open again after the process of one was killed, or after there was to be one more, as the
 * coordinator saw it: the ones that stayed, and the one that was put in another process. Hears views on one thread; asked on any.
 */
final class Reopening {
    /** Those in which the run, or what is open, was another than in the one before: a long run has thousands besides. */
    private final List<JobView> turns = new ArrayList<>();

    private @Nullable JobView newest;

    /**
     * In milliseconds since the event; -1 where it did not come to that.
     *
     * @param noticed the coordinator has begun another run
     * @param survivors the last of the replicas that stayed in their process is open
     * @param replaced the replica of the killed process is open; with one more replica, the same as {@code noticed}
     */
    record Found(long noticed, long survivors, long replaced) {
        /** As fields of a line of JSON. */
        String json() {
            return String.format(
                    Locale.ROOT,
                    "\"noticed_ms\":%d,\"survivors_open_ms\":%d,\"replaced_open_ms\":%d",
                    noticed,
                    survivors,
                    replaced);
        }
    }

    /**
     * What happens to the job.
     *
     * @param before the view at that moment
     * @param process that is killed, or that waits to be one more replica
     */
    record Event(JobView before, String process, long atMillis) {}

    synchronized void changed(JobView view) {
        JobView before = newest;
        newest = view;
        if (before == null || before.run() != view.run() || !openIn(before).equals(openIn(view))) {
            turns.add(view);
        }
    }

    /** @throws IllegalStateException where nothing was heard yet */
    synchronized JobView newest() {
        JobView view = newest;
        if (view == null) {
            throw new IllegalStateException("the coordinator has shown nothing yet");
        }
        return view;
    }

    synchronized Found after(Event event) {
        Predicate<ReplicaView> replaced = replica -> had(event, replica.index());
        return new Found(
                first(event, view -> true),
                first(event, view -> opened(view, replaced.negate())),
                first(event, view -> opened(view, replaced)));
    }

    private long first(Event event, Predicate<JobView> wanted) {
        return turns.stream()
                .filter(view -> view.run() > event.before.run())
                .filter(wanted)
                .findFirst()
                .map(view -> view.atMillis() - event.atMillis)
                .orElse(-1L);
    }

    private static boolean opened(JobView view, Predicate<ReplicaView> which) {
        return view.stages().getLast().replicas().stream().filter(which).allMatch(ReplicaView::opened);
    }

    private static List<Boolean> openIn(JobView view) {
        return view.stages().getLast().replicas().stream()
                .map(ReplicaView::opened)
                .toList();
    }

    private static boolean had(Event event, int index) {
        return event.before.stages().getLast().replicas().stream()
                .anyMatch(replica ->
                        replica.index() == index && replica.instance().equals(Optional.of(event.process)));
    }
}
