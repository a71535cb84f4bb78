package stream.weir.network;

import java.util.HashSet;
import java.util.Set;

/** Bounds the connections that have said nothing yet. Of the listening side's loop only. */
final class PendingHandshakes {
    private final int most;
    private final Set<Connection> waiting = new HashSet<>();

    PendingHandshakes(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /** Whether there is room for one more. */
    boolean begin(Connection connection) {
        return waiting.size() < most && waiting.add(connection);
    }

    /** Without effect for one that has ended already. */
    void end(Connection connection) {
        waiting.remove(connection);
    }
}
