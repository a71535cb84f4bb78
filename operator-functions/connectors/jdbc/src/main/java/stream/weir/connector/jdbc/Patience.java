package stream.weir.connector.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.api.sink.SinkContext;

/**
 * Waits for the database as long as it takes: rows of a complete checkpoint are safe where they are, and upstream is held back
 * meanwhile. What waiting does not heal is thrown.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration SLICE = Duration.ofMillis(50);
    private static final int FIRST_SLICES = 2;
    private static final int MOST_SLICES = 60;

    private final SinkContext context;
    private final String what;
    private int slices = FIRST_SLICES;
    private int failures;

    /** @param what is being tried, for messages */
    Patience(SinkContext context, String what) {
        this.context = context;
        this.what = what;
    }

    /** Whether an error may go away by itself; by the classes of SQLSTATE in PostgreSQL's appendix A. */
    static boolean isPassing(SQLException error) {
        String state = error.getSQLState();
        if (state == null) {
            return true;
        }
        return switch (state) {
            // serialization failure, deadlock, lock timeout, read only (a standby, for now), idle in transaction
            case "40001", "40P01", "40003", "55P03", "25006", "25P03", "57014" -> true;
            // administrator's shutdown, crash of another session, not yet started, idle session
            case "57P01", "57P02", "57P03", "57P05" -> true;
            default ->
                // connection, resources (disk, memory, connections), the operating system
                state.startsWith("08") || state.startsWith("53") || state.startsWith("58");
        };
    }

    /** Returns when it is time to try again. */
    void afterFailure(SQLException error) throws JdbcProblemException, IOException {
        if (!isPassing(error)) {
            throw new JdbcProblemException(
                    what + " is not possible: " + error.getMessage() + " (SQLSTATE " + error.getSQLState() + ")",
                    error);
        }
        failures++;
        if (Integer.bitCount(failures) == 1) {
            LOG.warn("{} has failed {} times and is tried again: {}", what, failures, error.getMessage());
        }
        for (int i = 0; i < slices; i++) {
            if (context.stopping() || Thread.currentThread().isInterrupted()) {
                throw new IOException(
                        what + " was given up, as the replica was told to end; the next run does it", error);
            }
            LockSupport.parkNanos(SLICE.toNanos());
        }
        slices = Math.min(MOST_SLICES, slices * 2);
    }
}
