package stream.weir.network;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.network.wire.Answer;

/** Logs refusals, once for each peer's host and minute: a scanner does not fill the log. Thread-safe. */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MOST_HOSTS = 1_000;

    private final LongSupplier clock;
    private final Map<String, Long> loggedAt = new LinkedHashMap<>();
    private long refused;
    private long logged;

    RefusalLog(LongSupplier clock) {
        this.clock = clock;
    }

    void refused(String peer, String host, Answer.Refusal refusal) {
        if (isNews(host)) {
            LOG.warn(
                    "refused a connection of {}: {}: {} (further ones of this host are not logged for a minute)",
                    peer,
                    refusal.code(),
                    refusal.text());
        }
    }

    synchronized long count() {
        return refused;
    }

    synchronized long logged() {
        return logged;
    }

    synchronized int hosts() {
        return loggedAt.size();
    }

    private synchronized boolean isNews(String host) {
        refused++;
        long now = clock.getAsLong();
        Long before = loggedAt.get(host);
        if (before != null && now - before < QUIET_NANOS) {
            return false;
        }
        loggedAt.remove(host);
        if (loggedAt.size() >= MOST_HOSTS) {
            Iterator<Long> oldest = loggedAt.values().iterator();
            oldest.next();
            oldest.remove();
        }
        loggedAt.put(host, now);
        logged++;
        return true;
    }
}
