package stream.weir.coordinator.status;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import stream.weir.coordinator.status.JobView.LostView;

/** Processes that went without goodbye and have not come back; the oldest are forgotten. */
final class LostProcesses {
    private static final long KEPT_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final int MOST = 1_000;

    /** Oldest first. */
    private final LinkedHashMap<String, LostView> lost = new LinkedHashMap<>();

    void add(LostView process) {
        lost.putLast(process.instance(), process);
        if (lost.size() > MOST) {
            lost.pollFirstEntry();
        }
    }

    void back(String instance) {
        lost.remove(instance);
    }

    /** Newest first. */
    List<LostView> at(long nowMillis) {
        lost.values().removeIf(each -> nowMillis - each.atMillis() > KEPT_MILLIS);
        return List.copyOf(lost.sequencedValues().reversed());
    }
}
