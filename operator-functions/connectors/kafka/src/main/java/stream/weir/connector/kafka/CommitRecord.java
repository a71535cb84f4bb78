package stream.weir.connector.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What a writer has committed last. It is written in the same Kafka transaction as the rows, as the offset of the writer's group: the
 * offset is the checkpoint, the rest stands in its metadata.
 *
 * @param run that committed
 * @param part of the checkpoint's rows, from 0
 * @param finished whether it was the last part
 */
record CommitRecord(long run, long checkpoint, int part, boolean finished) {
    private static final String VERSION = "weir-1";
    private static final int FIELDS = 4;

    /** Nothing committed after {@code checkpoint}. */
    static CommitRecord opened(long run, long checkpoint) {
        return new CommitRecord(run, checkpoint, 0, true);
    }

    /** Whether all rows of a checkpoint, and those before it, are committed. */
    boolean covers(long other) {
        return other < checkpoint || (other == checkpoint && finished);
    }

    /** The part that a checkpoint's rows have to be gone on with. */
    int nextPart(long other) {
        return other == checkpoint ? part + 1 : 0;
    }

    OffsetAndMetadata encode() {
        return new OffsetAndMetadata(
                checkpoint, VERSION + " " + run + " " + part + " " + (finished ? "finished" : "more"));
    }

    /** Empty where there is nothing. */
    static Optional<CommitRecord> decode(String group, OffsetAndMetadata stored) throws KafkaProblemException {
        String[] fields = stored.metadata().split(" ", -1);
        if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
            throw new KafkaProblemException(
                    "the offset of the group " + group + " is not one of a sink's: \"" + stored.metadata()
                            + "\"; the group belongs to somebody else: give the sink another transactionalId");
        }
        try {
            return Optional.of(new CommitRecord(
                    Long.parseLong(fields[1]),
                    stored.offset(),
                    Integer.parseInt(fields[2]),
                    fields[FIELDS - 1].equals("finished")));
        } catch (NumberFormatException e) {
            throw new KafkaProblemException(
                    "the offset of the group " + group + " cannot be read: \"" + stored.metadata() + "\"", e);
        }
    }
}
