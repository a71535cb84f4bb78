package stream.weir.benchmarks.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.StageView.ReplicaView;

/**
 * When the replicas with state were open again after the process of one was killed, as the coordinator saw it: the ones that stayed,
 * and the one that was put in another process. Hears views on one thread; asked on any.
 */
final class Reopening {
    private final List<JobView> views = new ArrayList<>();

    /**
     * In milliseconds since the kill; -1 where it did not come to that.
     *
     * @param noticed the coordinator has begun another run
     * @param survivors the last of the replicas that stayed in their process is open
     * @param replaced the replica of the killed process is open
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
     * A process is killed.
     *
     * @param before the view at that moment
     */
    record Kill(JobView before, String process, long atMillis) {}

    synchronized void changed(JobView view) {
        views.add(view);
    }

    /** @throws IllegalStateException where nothing was heard yet */
    synchronized JobView newest() {
        if (views.isEmpty()) {
            throw new IllegalStateException("the coordinator has shown nothing yet");
        }
        return views.getLast();
    }

    synchronized Found after(Kill kill) {
        Predicate<ReplicaView> replaced = replica -> had(kill, replica.index());
        return new Found(
                first(kill, view -> true),
                first(kill, view -> opened(view, replaced.negate())),
                first(kill, view -> opened(view, replaced)));
    }

    private long first(Kill kill, Predicate<JobView> wanted) {
        return views.stream()
                .filter(view -> view.run() > kill.before.run())
                .filter(wanted)
                .findFirst()
                .map(view -> view.atMillis() - kill.atMillis)
                .orElse(-1L);
    }

    private static boolean opened(JobView view, Predicate<ReplicaView> which) {
        return view.stages().getLast().replicas().stream().filter(which).allMatch(ReplicaView::opened);
    }

    private static boolean had(Kill kill, int index) {
        return kill.before.stages().getLast().replicas().stream()
                .anyMatch(replica ->
                        replica.index() == index && replica.instance().equals(Optional.of(kill.process)));
    }
}
