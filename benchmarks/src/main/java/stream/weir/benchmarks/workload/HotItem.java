package stream.weir.benchmarks.workload;

import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.codec.Encoded;
import stream.weir.api.function.Aggregator;

/** How many bids an auction had in the window that ends at {@code end} (milliseconds). */
@Encoded
record HotItem(long end, long auction, long bids) {
    static final Codec<HotItem> CODEC = Codecs.of(HotItem.class);

    long hash() {
        return Checksum.row(end, auction, bids);
    }

    /** Counts what it is given. */
    static final class Count implements Aggregator<Long, Long, Long> {
        @Override
        public Long create() {
            return 0L;
        }

        @Override
        public Long add(Long accumulator, Long input) {
            return accumulator + 1;
        }

        @Override
        public Long merge(Long left, Long right) {
            return left + right;
        }

        @Override
        public Long result(Long accumulator) {
            return accumulator;
        }
    }

    /** The item with most bids; of several the one with the lowest auction. */
    static final class Hottest implements Aggregator<HotItem, HotItem, HotItem> {
        @Override
        public HotItem create() {
            return new HotItem(0, Long.MAX_VALUE, -1);
        }

        @Override
        public HotItem add(HotItem accumulator, HotItem input) {
            return merge(accumulator, input);
        }

        @Override
        public HotItem merge(HotItem left, HotItem right) {
            boolean rightIsHotter = right.bids != left.bids ? right.bids > left.bids : right.auction < left.auction;
            return rightIsHotter ? right : left;
        }

        @Override
        public HotItem result(HotItem accumulator) {
            return accumulator;
        }
    }
}
