package stream.weir.api.pipeline;

import java.util.HashMap;
import java.util.Map;

/**
 * Default names of the steps of one stage: the kind, then {@code kind-2}, {@code kind-3}. Steps of another kind that are put between
 * them do not change a name, so state is found again. One for each stage; not thread-safe.
 */
public final class StepNames {
    private final Map<String, Integer> counts = new HashMap<>();

    /** The name of the next step of this kind; to be asked also for steps that have a name of their own. */
    public String next(String kind) {
        int count = counts.merge(kind, 1, Integer::sum);
        return count == 1 ? kind : kind + "-" + count;
    }
}
