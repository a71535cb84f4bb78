package stream.weir.coordinator.election;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Leases that somebody has tried to write, and when. Any of them may have been written although its answer was lost. Safe for use by any
 * number of threads.
 */
final class Attempts {
    /** An hour of renewals: longer outages outlive every lease. */
    private static final int MOST = 3_600;

    private final SequencedMap<LeaseDocument, Long> asked = new LinkedHashMap<>();

    synchronized void add(LeaseDocument document, long nanos) {
        asked.put(document, nanos);
        if (asked.size() > MOST) {
            asked.pollFirstEntry();
        }
    }

    /** When it was tried to write this, if it was. */
    synchronized Optional<Long> find(LeaseDocument document) {
        return Optional.ofNullable(asked.get(document));
    }

    /** It is known what has become of them. */
    synchronized void clear() {
        asked.clear();
    }
}
