package stream.weir.kubernetes.resource;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Since when conditions have their status. */
public final class Transitions {
    private Transitions() {}

    /**
     * @param before conditions that stand there now; may be empty at any time
     * @return the time that stands there while the status stays, else {@code now} in whole seconds, as Kubernetes keeps them
     */
    public static String time(String type, String status, List<Condition> before, Instant now) {
        return before.stream()
                .filter(was -> was.getType().equals(type) && was.getStatus().equals(status))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
