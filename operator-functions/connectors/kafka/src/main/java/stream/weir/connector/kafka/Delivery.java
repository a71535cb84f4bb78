package stream.weir.connector.kafka;

import java.util.List;
import stream.weir.api.row.Row;

/** What a fetcher tells the replica's thread. */
sealed interface Delivery {
    /** Counted against the limit of the hand-over. */
    long bytes();

    /** How many records it has. */
    int count();

    /** A partition that was not there before. */
    record Found(String split, SplitPosition position) implements Delivery {
        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public int count() {
            return 0;
        }
    }

    /**
     * Records of one partition in order; none where only offsets moved.
     *
     * @param after the position behind them
     */
    record Records(String split, List<Item> items, SplitPosition after, long bytes) implements Delivery {
        @Override
        public int count() {
            return items.size();
        }
    }

    /** One record. */
    sealed interface Item {
        long offset();

        /** Taken before this record's number is known to be read: where the next one begins. */
        int leaderEpoch();
    }

    record Good(long offset, int leaderEpoch, Row row) implements Item {}

    record Bad(long offset, int leaderEpoch, byte[] raw, String reason) implements Item {}
}
