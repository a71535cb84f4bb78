package stream.weir.benchmarks.workload;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Schema;
import stream.weir.api.function.Aggregator;

/** @param time of the bid, or the end of the window it is the highest of */
record HighBid(long time, long price, long auction, long bidder) {
    static final Codec<HighBid> CODEC = new Codec<>() {
        @Override
        public void encode(HighBid bid, ByteWriter out) {
            out.writeLong(bid.time);
            out.writeLong(bid.price);
            out.writeLong(bid.auction);
            out.writeLong(bid.bidder);
        }

        @Override
        public HighBid decode(ByteReader in) {
            return new HighBid(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }

        @Override
        public Schema schema() {
            return new Schema.Opaque("benchmark.high-bid");
        }

        @Override
        public Codec<HighBid> reading(Schema written) {
            return this;
        }
    };

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
