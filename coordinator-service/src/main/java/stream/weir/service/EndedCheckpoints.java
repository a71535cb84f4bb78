package stream.weir.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;

/**
 * Finds checkpoints that have ended from one view to the next, and tells of each once. Views are shown by one thread, which is the one
 * that tells; listeners may be added by any.
 */
public final class EndedCheckpoints implements Consumer<JobView> {
    private final LongFunction<Optional<CheckpointDetail>> details;
    private final List<BiConsumer<JobView, CheckpointDetail>> listeners = new CopyOnWriteArrayList<>();
    private final Set<Long> known = new HashSet<>();

    /** @param details what replicas contributed to a checkpoint of the newest view */
    public EndedCheckpoints(LongFunction<Optional<CheckpointDetail>> details) {
        this.details = details;
    }

    /** Has the listener told of each checkpoint that ends from now on, with the view that shows it; it must not block. */
    public void listen(BiConsumer<JobView, CheckpointDetail> listener) {
        listeners.add(listener);
    }

    /** Tells of those that were in no earlier view's history, oldest first. */
    @Override
    public void accept(JobView view) {
        for (CheckpointView ended : unknown(view)) {
            details.apply(ended.id()).ifPresent(detail -> listeners.forEach(listener -> listener.accept(view, detail)));
        }
    }

    private List<CheckpointView> unknown(JobView view) {
        List<CheckpointView> history = view.checkpoints().history();
        List<CheckpointView> ended = new ArrayList<>();
        for (CheckpointView each : history.reversed()) {
            if (known.add(each.id())) {
                ended.add(each);
            }
        }
        if (known.size() > 2 * history.size()) {
            known.retainAll(history.stream().map(CheckpointView::id).collect(Collectors.toSet()));
        }
        return ended;
    }
}
