package stream.weir.benchmarks.workload;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Schema;

/** A bid with an address of 100 ASCII bytes. Mutable: a source may fill the same one again, as records are encoded or used up before the next. */
public final class Bid {
    static final int URL_BYTES = 100;
    private static final byte[] TEMPLATE =
            "https://www.nexmark.com/0000000000000000/0000000000000000/0000000000000000/item.htm?channel_id=00000"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    long auction;
    long bidder;
    long price;
    long dateTime;
    final byte[] url;

    /** To be filled. */
    Bid() {
        this(TEMPLATE.clone());
    }

    private Bid(byte[] url) {
        this.url = url;
    }

    /** Becomes record {@code i}. */
    void fill(long i) {
        auction = Numbers.bounded(Numbers.random(i, 0), 100_000);
        bidder = Numbers.bounded(Numbers.random(i, 1), 1_000_000);
        price = 1 + Numbers.bounded(Numbers.random(i, 2), 10_000_000);
        dateTime = 1_700_000_000_000L + i / 100;
        Hex.write(Numbers.random(i, 3), url, 24);
        Hex.write(Numbers.random(i, 4), url, 41);
        Hex.write(Numbers.random(i, 5), url, 58);
        int channel = (int) (Numbers.random(i, 6) >>> 44);
        for (int digit = 0; digit < 5; digit++) {
            url[95 + digit] = HEX[channel >>> (16 - 4 * digit) & 15];
        }
    }

    /** The hexadecimal number behind the first {@code =}. */
    long channel() {
        int at = 0;
        while (url[at] != '=') {
            at++;
        }
        long value = 0;
        for (at++; at < URL_BYTES; at++) {
            value = value << 4 | HexFormat.fromHexDigit(url[at]);
        }
        return value;
    }

    static final Codec<Bid> CODEC = new Codec<>() {
        @Override
        public void encode(Bid bid, ByteWriter out) {
            out.writeLong(bid.auction);
            out.writeLong(bid.bidder);
            out.writeLong(bid.price);
            out.writeLong(bid.dateTime);
            out.writeBytes(bid.url, 0, URL_BYTES);
        }

        @Override
        public Bid decode(ByteReader in) {
            long auction = in.readLong();
            long bidder = in.readLong();
            long price = in.readLong();
            long dateTime = in.readLong();
            Bid bid = new Bid(in.readBytes(URL_BYTES));
            bid.auction = auction;
            bid.bidder = bidder;
            bid.price = price;
            bid.dateTime = dateTime;
            return bid;
        }

        @Override
        public Schema schema() {
            return new Schema.Opaque("benchmark.bid");
        }

        @Override
        public Codec<Bid> reading(Schema written) {
            return this;
        }
    };
}
