package stream.weir.connector.kafka;

import org.apache.kafka.common.TopicPartition;

/** Names of partitions, and who reads them. */
final class Splits {
    private Splits() {}

    /** {@code topic/partition}: a topic's name has no slash. */
    static String name(TopicPartition partition) {
        return partition.topic() + "/" + partition.partition();
    }

    static TopicPartition partition(String name) {
        int slash = name.lastIndexOf('/');
        return new TopicPartition(name.substring(0, slash), Integer.parseInt(name.substring(slash + 1)));
    }

    /** Deals a topic's partitions out in turn, each topic from another replica on. */
    static boolean owns(TopicPartition partition, int replica, int replicas) {
        return Math.floorMod(partition.topic().hashCode() + (long) partition.partition(), replicas) == replica;
    }
}
