package stream.weir.connector.kafka;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import stream.weir.api.sink.SinkContext;

/**
 * One writer's transactions in Kafka, known by an id.
 *
 * <p>Whether something was committed is never guessed. After any error the producer is given up; a new one of the same id is made,
 * which ends whatever the old one had begun (its requests are refused from then on, also those still under way); then the {@link
 * CommitRecord} is read back. It was written in the same transaction as the rows, so rows and record are there together or not at
 * all. Used on the replica's thread.
 */
final class TransactionalOutput implements AutoCloseable {
    private static final int SENDS_BETWEEN_LOOKS = 1_000;

    private final String id;
    private final String anchor;
    private final SinkSettings settings;
    private final Cluster cluster;
    private final SinkContext context;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private Optional<CommitRecord> record = Optional.empty();

    /** @param anchor an existing topic, under which the record is kept */
    TransactionalOutput(String id, String anchor, SinkSettings settings, Cluster cluster, SinkContext context) {
        this.id = id;
        this.anchor = anchor;
        this.settings = settings;
        this.cluster = cluster;
        this.context = context;
    }

    /** Opens the rows of a transaction, from the beginning. */
    interface Rows {
        DataInputStream open() throws IOException;
    }

    private interface Attempt {
        void run(KafkaProducer<byte[], byte[]> producer) throws IOException, KafkaProblemException;
    }

    /** What was committed last; empty before {@link #takeOver}, and where nothing is known. */
    Optional<CommitRecord> record() {
        return record;
    }

    /** Fences earlier writers of this id, and finds out what was committed. */
    void takeOver() throws IOException, KafkaProblemException {
        attempt("taking over the transactions of " + id, producer -> {});
    }

    /** Counts something as committed that Kafka does not know to be. */
    void assume(CommitRecord assumed) {
        record = Optional.of(assumed);
    }

    /** Puts down a record without rows. */
    void note(CommitRecord noted) throws IOException, KafkaProblemException {
        attempt("noting checkpoint " + noted.checkpoint() + " for " + id, with -> {
            with.beginTransaction();
            commit(with, noted);
        });
    }

    /** Commits rows unless that has been done; when this returns, they are committed. */
    void commit(SinkTransaction transaction, Rows rows) throws IOException, KafkaProblemException {
        if (!isCommitted(transaction)) {
            attempt("committing the rows of checkpoint " + transaction.checkpoint() + " for " + id, with -> {
                if (!isCommitted(transaction)) {
                    write(with, transaction, rows);
                }
            });
        }
    }

    private boolean isCommitted(SinkTransaction transaction) {
        return record.isPresent() && record.get().covers(transaction.checkpoint());
    }

    private void attempt(String what, Attempt attempt) throws IOException, KafkaProblemException {
        Patience patience = new Patience(context, what);
        while (true) {
            try {
                attempt.run(connected());
                return;
            } catch (KafkaException | UncheckedIOException e) {
                close();
                if (Patience.kind(e) == Patience.Kind.FENCED) {
                    refuseIfReplaced(e);
                }
                patience.afterFailure(e);
            } catch (IOException | RuntimeException e) {
                close();
                throw e;
            }
        }
    }

    private KafkaProducer<byte[], byte[]> connected() throws KafkaProblemException {
        if (producer != null) {
            return producer;
        }
        KafkaProducer<byte[], byte[]> made =
                new KafkaProducer<>(settings.producer(id), new ByteArraySerializer(), new ByteArraySerializer());
        producer = made;
        made.initTransactions();
        Optional<CommitRecord> found = readBack();
        if (found.isPresent()) {
            record = found;
        }
        return made;
    }

    /** That of the present topic; the newest of others, should the sink have had another topic until now. */
    private Optional<CommitRecord> readBack() throws KafkaProblemException {
        Map<TopicPartition, OffsetAndMetadata> committed = cluster.committed(id);
        OffsetAndMetadata present = committed.get(new TopicPartition(anchor, 0));
        if (present != null) {
            return CommitRecord.decode(id, present);
        }
        Optional<CommitRecord> newest = Optional.empty();
        for (OffsetAndMetadata stored : committed.values()) {
            if (stored != null) {
                Optional<CommitRecord> each = CommitRecord.decode(id, stored);
                if (newest.isEmpty() || isNewer(each.orElseThrow(), newest.get())) {
                    newest = each;
                }
            }
        }
        return newest;
    }

    private static boolean isNewer(CommitRecord one, CommitRecord other) {
        if (one.run() != other.run()) {
            return one.run() > other.run();
        }
        return one.checkpoint() > other.checkpoint()
                || (one.checkpoint() == other.checkpoint() && one.part() > other.part());
    }

    /** A writer of a later run has put down its run: this one is not wanted any more and must not fence it in turn. */
    private void refuseIfReplaced(RuntimeException fenced) throws KafkaProblemException {
        Optional<CommitRecord> found;
        try {
            found = readBack();
        } catch (UncheckedIOException e) {
            fenced.addSuppressed(e);
            return;
        }
        if (found.isPresent() && found.get().run() > context.run()) {
            throw new KafkaProblemException(
                    "FENCED: run " + context.run() + " < " + found.get().run() + " has taken over the transactions of "
                            + id,
                    fenced);
        }
    }

    private void write(KafkaProducer<byte[], byte[]> with, SinkTransaction transaction, Rows rows) throws IOException {
        long checkpoint = transaction.checkpoint();
        int resumeAt = record.map(each -> each.nextPart(checkpoint)).orElse(0);
        int part = 0;
        long bytes = 0;
        long sent = 0;
        boolean begun = false;
        try (DataInputStream in = rows.open()) {
            Optional<OutRecord> next = OutRecord.decode(in);
            while (next.isPresent()) {
                OutRecord row = next.get();
                next = OutRecord.decode(in);
                bytes += row.size();
                if (part >= resumeAt) {
                    if (!begun) {
                        with.beginTransaction();
                        begun = true;
                    }
                    with.send(row.toKafka());
                    if (++sent % SENDS_BETWEEN_LOOKS == 0) {
                        requireWanted(transaction);
                    }
                }
                if (transaction.partBytes() > 0 && bytes >= transaction.partBytes() && next.isPresent()) {
                    if (begun) {
                        commit(with, new CommitRecord(context.run(), checkpoint, part, false));
                        begun = false;
                    }
                    part++;
                    bytes = 0;
                }
            }
        }
        if (!begun) {
            with.beginTransaction();
        }
        commit(with, new CommitRecord(context.run(), checkpoint, part, true));
    }

    private void requireWanted(SinkTransaction transaction) throws IOException {
        if (context.stopping()) {
            throw new IOException("the rows of checkpoint " + transaction.checkpoint()
                    + " were not committed, as the replica was told to end; the next run does it");
        }
    }

    /** Waits for the rows first: only the flush is as patient as it takes. */
    private void commit(KafkaProducer<byte[], byte[]> with, CommitRecord committed) {
        with.flush();
        with.sendOffsetsToTransaction(
                Map.of(new TopicPartition(anchor, 0), committed.encode()), new ConsumerGroupMetadata(id));
        with.commitTransaction();
        record = Optional.of(committed);
    }

    /** Gives the producer up, with what it has not committed. */
    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
