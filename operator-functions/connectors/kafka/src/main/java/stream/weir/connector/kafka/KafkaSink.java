package stream.weir.connector.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import stream.weir.api.row.Row;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/** Writes rows to topics of Kafka, each exactly once for those who read committed records. */
final class KafkaSink implements Sink<Row> {
    private final SinkSettings settings;

    KafkaSink(SinkSettings settings) {
        this.settings = settings;
    }

    /**
     * Fences earlier writers, and commits what the restored checkpoint names.
     *
     * @throws KafkaProblemException when there is no such topic, or it is not known what was committed
     */
    @Override
    public SinkWriter<Row> open(SinkContext context) throws Exception {
        Cluster cluster = Cluster.open(settings.brokers(), settings.admin());
        try {
            SizeLimits limits = new SizeLimits(cluster, settings.producer());
            var unused = limits.ofTopic(settings.topic());
            return switch (settings.delivery()) {
                case AT_LEAST_ONCE ->
                    new AtLeastOnceWriter(
                            new KafkaProducer<>(
                                    settings.producer(), new ByteArraySerializer(), new ByteArraySerializer()),
                            RecordEncoder.of(settings),
                            limits,
                            cluster);
                case EXACTLY_ONCE -> exactlyOnce(context, cluster, limits);
            };
        } catch (Exception | Error e) {
            cluster.close();
            throw e;
        }
    }

    private SinkWriter<Row> exactlyOnce(SinkContext context, Cluster cluster, SizeLimits limits) throws Exception {
        RecordEncoder encoder = RecordEncoder.of(settings);
        String id = settings.transactionalId().orElse("weir." + context.pipeline() + "." + context.stage()) + "."
                + context.replica();
        List<SinkTransaction> restored =
                context.restored().stream().map(SinkTransaction::decode).toList();
        Map<String, List<SinkTransaction>> writers = ownShare(restored, context);
        Optional<Long> checkpoint =
                restored.stream().map(SinkTransaction::checkpoint).max(Comparator.naturalOrder());
        List<SinkTransaction> own = Optional.ofNullable(writers.remove(id)).orElse(List.of());
        for (Map.Entry<String, List<SinkTransaction>> writer : writers.entrySet()) {
            String anchor = writer.getValue().getFirst().anchor();
            try (TransactionalOutput output =
                    new TransactionalOutput(writer.getKey(), anchor, settings, cluster, context)) {
                recover(output, writer.getValue(), checkpoint, context);
            }
        }
        TransactionalOutput output = new TransactionalOutput(id, settings.topic(), settings, cluster, context);
        try {
            recover(output, own, checkpoint, context);
        } catch (Exception | Error e) {
            output.close();
            throw e;
        }
        return new ExactlyOnceWriter(settings, context, limits, output, id, cluster, encoder);
    }

    /** Each earlier writer is answered for by one replica, also those that are more than there are now. */
    private static Map<String, List<SinkTransaction>> ownShare(List<SinkTransaction> restored, SinkContext context) {
        Map<String, List<SinkTransaction>> own = new TreeMap<>();
        restored.stream()
                .filter(each -> each.writer() % context.replicas() == context.replica())
                .sorted(Comparator.comparingLong(SinkTransaction::checkpoint))
                .forEach(each -> own.computeIfAbsent(each.id(), unknown -> new ArrayList<>())
                        .add(each));
        return own;
    }

    /** @param checkpoint the restored one; empty on a start from nothing */
    private void recover(
            TransactionalOutput output,
            List<SinkTransaction> transactions,
            Optional<Long> checkpoint,
            SinkContext context)
            throws IOException, KafkaProblemException {
        output.takeOver();
        if (checkpoint.isPresent()) {
            refuseLaterRun(output, context);
            long restored = checkpoint.get();
            if (output.record().filter(done -> done.checkpoint() > restored).isPresent()) {
                goBack(output, restored);
            } else {
                if (output.record().isEmpty() && transactions.stream().anyMatch(each -> !each.isEmpty())) {
                    decideUnknown(output, transactions, restored, context);
                }
                for (SinkTransaction transaction : transactions) {
                    ExactlyOnceWriter.commit(transaction, output, context);
                }
            }
        }
        output.note(CommitRecord.opened(context.run(), checkpoint.orElse(0L)));
    }

    private static void refuseLaterRun(TransactionalOutput output, SinkContext context) throws KafkaProblemException {
        Optional<CommitRecord> later = output.record().filter(done -> done.run() > context.run());
        if (later.isPresent()) {
            throw new KafkaProblemException("FENCED: run " + context.run() + " < "
                    + later.get().run() + ", which has written to the sink of the stage " + context.stage());
        }
    }

    private void goBack(TransactionalOutput output, long restored) throws KafkaProblemException {
        if (settings.beyond() == SinkSettings.Beyond.FAIL) {
            throw new KafkaProblemException("cannot go on from checkpoint " + restored + " of " + settings.topic()
                    + ": rows up to checkpoint " + output.record().orElseThrow().checkpoint()
                    + " are committed there, and would be written twice; restore a newer checkpoint, name another topic and"
                    + " transactionalId, or accept duplicates with onCommittedBeyond: duplicate");
        }
    }

    /** The record is gone, for instance because the group's offsets have expired. */
    private void decideUnknown(
            TransactionalOutput output, List<SinkTransaction> transactions, long restored, SinkContext context)
            throws KafkaProblemException {
        switch (settings.unknownCommit()) {
            case FAIL ->
                throw new KafkaProblemException("it is not known whether the rows of checkpoint " + restored
                        + " were committed to " + settings.topic() + ": the group "
                        + transactions.getFirst().id()
                        + " has no offset any more, though the sink puts one down before its first row; was the pipeline"
                        + " stopped for longer than the brokers' offsets.retention.minutes? Look whether the rows are"
                        + " there, and set onUnknownCommit: skip or write");
            case SKIP -> output.assume(CommitRecord.opened(context.run(), restored));
            case WRITE -> {}
        }
    }

    @Override
    public String toString() {
        return "topic " + settings.topic() + " of " + settings.brokers();
    }
}
