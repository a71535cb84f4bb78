package stream.weir.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.api.sink.SinkContext;

/**
 * Waits for Kafka as long as it takes: rows of a complete checkpoint are safe where they are, and upstream is held back meanwhile.
 * What waiting does not heal is thrown.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration SLICE = Duration.ofMillis(50);
    private static final int FIRST_SLICES = 2;
    private static final int MOST_SLICES = 60;
    private static final int MOST_FENCINGS = 3;

    private final SinkContext context;
    private final String what;
    private int slices = FIRST_SLICES;
    private int fencings;
    private int failures;

    /** @param what is being tried, for messages */
    Patience(SinkContext context, String what) {
        this.context = context;
        this.what = what;
    }

    /** What an error means. */
    enum Kind {
        /** May pass. */
        PASSING,
        /** Somebody else has the producer's id, or its transaction took too long. */
        FENCED,
        FATAL
    }

    static Kind kind(Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            switch (each) {
                case ProducerFencedException e -> {
                    return Kind.FENCED;
                }
                case InvalidProducerEpochException e -> {
                    return Kind.FENCED;
                }
                case AuthenticationException e -> {
                    return Kind.FATAL;
                }
                case AuthorizationException e -> {
                    return Kind.FATAL;
                }
                case UnsupportedVersionException e -> {
                    return Kind.FATAL;
                }
                case RecordTooLargeException e -> {
                    return Kind.FATAL;
                }
                case InvalidTopicException e -> {
                    return Kind.FATAL;
                }
                case ConfigException e -> {
                    return Kind.FATAL;
                }
                default -> {}
            }
        }
        return Kind.PASSING;
    }

    /** Returns when it is time to try again. */
    void afterFailure(RuntimeException error) throws KafkaProblemException, IOException {
        Kind kind = kind(error);
        if (kind == Kind.FATAL) {
            throw new KafkaProblemException(what + " is not possible: " + rootOf(error), error);
        }
        if (kind == Kind.FENCED && ++fencings > MOST_FENCINGS) {
            throw new KafkaProblemException(
                    what + " was fenced " + fencings + " times: another writer has the same transactional id, or a"
                            + " transaction takes longer than transactionTimeout; give the sink a transactionalId of its"
                            + " own, raise transactionTimeout, or set maxTransactionSize",
                    error);
        }
        failures++;
        if (Integer.bitCount(failures) == 1) {
            LOG.warn("{} has failed {} times and is tried again: {}", what, failures, rootOf(error));
        }
        for (int i = 0; i < slices; i++) {
            requireWanted(error);
            LockSupport.parkNanos(SLICE.toNanos());
        }
        slices = Math.min(MOST_SLICES, slices * 2);
    }

    private void requireWanted(RuntimeException error) throws IOException {
        if (context.stopping() || Thread.currentThread().isInterrupted()) {
            throw new IOException(what + " was given up, as the replica was told to end; the next run does it", error);
        }
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && !(root instanceof ApiException)) {
            root = root.getCause();
        }
        return root instanceof KafkaException || root instanceof IOException ? root : error;
    }
}
