package stream.weir.coordinator.status;

import java.util.List;
import java.util.stream.Stream;

/** The last savepoints that somebody asked for. Added to by one thread, read by any. */
final class RecentSavepoints {
    private static final int MOST = 20;

    private volatile List<SavepointView> newestFirst = List.of();

    void add(SavepointView savepoint) {
        newestFirst = Stream.concat(Stream.of(savepoint), newestFirst.stream())
                .limit(MOST)
                .toList();
    }

    List<SavepointView> newestFirst() {
        return newestFirst;
    }
}
