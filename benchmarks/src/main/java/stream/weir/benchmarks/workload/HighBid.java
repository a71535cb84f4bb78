package stream.weir.benchmarks.workload;

import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.codec.Encoded;
import stream.weir.api.function.Aggregator;

/** @param time of the bid, or the end of the window it is the highest of */
@Encoded
record HighBid(long time, long price, long auction, long bidder) {
    static final Codec<HighBid> CODEC = Codecs.of(HighBid.class);

    long hash() {
        return Checksum.row(time, price, auction, bidder);
    }

    private boolean isHigherThan(HighBid other) {
        if (price != other.price) {
            return price > other.price;
        }
        return auction != other.auction ? auction > other.auction : bidder > other.bidder;
    }

    /** The greatest price, then auction, then bidder. */
    static final class Highest implements Aggregator<HighBid, HighBid, HighBid> {
        @Override
        public HighBid create() {
            return new HighBid(0, -1, -1, -1);
        }

        @Override
        public HighBid add(HighBid accumulator, HighBid input) {
            return merge(accumulator, input);
        }

        @Override
        public HighBid merge(HighBid left, HighBid right) {
            return right.isHigherThan(left) ? right : left;
        }

        @Override
        public HighBid result(HighBid accumulator) {
            return accumulator;
        }
    }
}
