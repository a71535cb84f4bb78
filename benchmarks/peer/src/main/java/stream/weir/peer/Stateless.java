package stream.weir.peer;

import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.functions.MapFunction;
import stream.weir.peer.Types.*;

/** Functions of w1 and w2. */
final class Stateless {
    private Stateless() {}

    static long channel(String u) {
        return Long.parseLong(u, u.indexOf('=') + 1, u.length(), 16);
    }

    static long channel(byte[] u) {
        int i = 0;
        while (u[i] != '=') i++;
        long v = 0;
        for (i++; i < u.length; i++) {
            int c = u[i];
            v = v << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
        }
        return v;
    }

    public static final class F1 implements FilterFunction<Bid> {
        @Override
        public boolean filter(Bid b) {
            return (b.price & 3) != 0;
        }
    }

    public static final class F1B implements FilterFunction<BidB> {
        @Override
        public boolean filter(BidB b) {
            return (b.price & 3) != 0;
        }
    }

    public static final class M1 implements MapFunction<Bid, Row5> {

        private transient Row5 r;

        @Override
        public Row5 map(Bid b) {
            if (r == null) r = new Row5();
            r.a = b.auction;
            r.b = b.bidder;
            r.c = b.price * 908 / 1000;
            r.d = b.dateTime;
            r.e = channel(b.url);
            return r;
        }
    }

    public static final class M1B implements MapFunction<BidB, Row5> {
        private transient Row5 r;

        @Override
        public Row5 map(BidB b) {
            if (r == null) r = new Row5();
            r.a = b.auction;
            r.b = b.bidder;
            r.c = b.price * 908 / 1000;
            r.d = b.dateTime;
            r.e = channel(b.url);
            return r;
        }
    }

    public static final class M2 implements MapFunction<Bid, Row5> {
        private transient Row5 r;

        @Override
        public Row5 map(Bid b) {
            if (r == null) r = new Row5();
            r.a = b.auction;
            r.b = b.bidder;
            r.c = b.price * 908 / 1000;
            r.d = b.dateTime;
            r.e = b.url.charAt((int) (b.bidder % 100));
            return r;
        }
    }

    public static final class M2B implements MapFunction<BidB, Row5> {
        private transient Row5 r;

        @Override
        public Row5 map(BidB b) {
            if (r == null) r = new Row5();
            r.a = b.auction;
            r.b = b.bidder;
            r.c = b.price * 908 / 1000;
            r.d = b.dateTime;
            r.e = b.url[(int) (b.bidder % 100)];
            return r;
        }
    }
}
