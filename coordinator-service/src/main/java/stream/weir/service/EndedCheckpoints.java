package stream.weir.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;

/** Finds checkpoints that have ended from one view to the next. Belongs to one thread. */
public final class EndedCheckpoints {
    private final Set<Long> known = new HashSet<>();

    /** Those that were in no earlier view's history, oldest first. */
    public List<CheckpointView> in(JobView view) {
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
