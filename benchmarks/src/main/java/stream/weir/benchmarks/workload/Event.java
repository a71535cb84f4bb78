package stream.weir.benchmarks.workload;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Schema;

/** An event of an auction house: persons, auctions and bids as 1 : 3 : 46, 100 events in a millisecond of event time. Mutable, as {@link Bid}. */
public final class Event {
    /** Events are used up in the stage that makes them; none is ever sent. */
    static final Codec<Event> CODEC = new Codec<>() {
        @Override
        public void encode(Event event, ByteWriter out) {
            throw new UnsupportedOperationException("events are not sent");
        }

        @Override
        public Event decode(ByteReader in) {
            throw new UnsupportedOperationException("events are not sent");
        }

        @Override
        public Schema schema() {
            return new Schema.Opaque("benchmark.event");
        }

        @Override
        public Codec<Event> reading(Schema written) {
            return this;
        }
    };

    private static final int CYCLE = 50;

    /** What happened. */
    enum Kind {
        PERSON,
        AUCTION,
        BID
    }

    Kind kind = Kind.PERSON;
    long timestamp;
    /** Person, auction, or the auction bid on. */
    long id;
    /** Seller or bidder. */
    long person;

    long price;

    /** Of a person: {@code p---} and sixteen hexadecimal digits. */
    byte[] name() {
        byte[] name = {'p', '-', '-', '-', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        Hex.write(Numbers.random(id * CYCLE, 0), name, 4);
        return name;
    }

    long timestamp() {
        return timestamp;
    }

    void fill(long i) {
        long epoch = i / CYCLE;
        int offset = (int) (i - epoch * CYCLE);
        timestamp = i / 100;
        if (offset == 0) {
            kind = Kind.PERSON;
            id = epoch;
        } else if (offset < 4) {
            kind = Kind.AUCTION;
            id = epoch * 3 + offset - 1;
            person = epoch - Numbers.bounded(Numbers.random(i, 0), Math.min(epoch + 1, 20_000));
        } else {
            kind = Kind.BID;
            fillBid(i, epoch);
        }
    }

    private void fillBid(long i, long epoch) {
        long last = epoch * 3 + 2;
        long random = Numbers.random(i, 0);
        id = (random & 1) == 0 ? last / 100 * 100 : last - Numbers.bounded(random, Math.min(last + 1, 1000));
        person = epoch - Numbers.bounded(Numbers.random(i, 1), Math.min(epoch + 1, 1000));
        price = 1 + Numbers.bounded(Numbers.random(i, 2), 100_000_000);
    }
}
