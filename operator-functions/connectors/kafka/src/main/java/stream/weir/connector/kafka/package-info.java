/**
 * Topics of Apache Kafka as source and as exactly-once sink.
 *
 * <p><b>Source.</b> A split is a partition, named {@code topic/partition}; its position is the offset of the next record. Partitions
 * are dealt out to the replicas by topic, partition and the number of replicas. A {@link stream.weir.connector.kafka.Fetcher} polls
 * Kafka and decodes records on a background thread; what it found waits in a {@link stream.weir.connector.kafka.HandOver}, bounded
 * in bytes, until the replica's thread takes it. Only the hand-over is shared between the two threads.
 *
 * <p><b>Sink.</b> Written ahead: the rows of a checkpoint are kept in a local file, which goes into the checkpoint. Once the
 * checkpoint is complete one Kafka transaction writes them, together with the checkpoint's id as the offset of a consumer group that
 * nobody consumes with. Whoever recovers first fences the earlier producer, then reads that id back, and so knows what was
 * committed. No transaction is open across a checkpoint. Everything happens on the replica's thread.
 */
@NullMarked
package stream.weir.connector.kafka;

import org.jspecify.annotations.NullMarked;
