package stream.weir.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import stream.weir.peer.Types.*;

/** What the generator makes of each number. */
final class Makers {
    private Makers() {}

    public static final class BidMaker implements GenSource.Maker<Bid> {
        private transient Bid r;
        private transient byte[] u;

        @Override
        public GenSource.Maker<Bid> fresh() {
            BidMaker m = new BidMaker();
            m.r = new Bid();
            m.u = Gen.newUrl();
            return m;
        }

        @Override
        public Bid make(long i) {
            Bid b = r;
            b.auction = Gen.bounded(Gen.rnd(i, 0), 100_000);
            b.bidder = Gen.bounded(Gen.rnd(i, 1), 1_000_000);
            b.price = 1 + Gen.bounded(Gen.rnd(i, 2), 10_000_000);
            b.dateTime = 1_700_000_000_000L + i / 100;
            Gen.url(u, i);
            b.url = new String(u, ISO_8859_1);
            return b;
        }
    }

    public static final class BidBMaker implements GenSource.Maker<BidB> {
        private transient BidB r;

        @Override
        public GenSource.Maker<BidB> fresh() {
            BidBMaker m = new BidBMaker();
            m.r = new BidB();
            m.r.url = Gen.newUrl();
            return m;
        }

        @Override
        public BidB make(long i) {
            BidB b = r;
            b.auction = Gen.bounded(Gen.rnd(i, 0), 100_000);
            b.bidder = Gen.bounded(Gen.rnd(i, 1), 1_000_000);
            b.price = 1 + Gen.bounded(Gen.rnd(i, 2), 10_000_000);
            b.dateTime = 1_700_000_000_000L + i / 100;
            Gen.url(b.url, i);
            return b;
        }
    }
    /** Records 0..load-1 touch every key once in a fixed scattered order, later ones draw a rank. */
    public static final class KvMaker implements GenSource.Maker<Kv> {
        final long keys, load;
        final boolean zipf;
        private transient Kv r;
        private transient Gen.Zipf z;

        public KvMaker(long keys, long load, boolean zipf) {
            this.keys = keys;
            this.load = load;
            this.zipf = zipf;
        }

        @Override
        public GenSource.Maker<Kv> fresh() {
            KvMaker m = new KvMaker(keys, load, zipf);
            m.r = new Kv();
            if (zipf) m.z = new Gen.Zipf(keys);
            return m;
        }

        @Override
        public Kv make(long i) {
            Kv k = r;
            long rank =
                    i < load ? i * 1_000_003L % keys : zipf ? z.rank(Gen.rnd(i, 0)) : Gen.bounded(Gen.rnd(i, 0), keys);
            k.key = Gen.mix(rank + 1);
            k.value = 1 + Gen.bounded(Gen.rnd(i, 1), 1000);
            k.seq = i;
            return k;
        }
    }
    /** Nexmark-like stream, 1:3:46, 100 events per millisecond of event time. */
    public static final class EvMaker implements GenSource.Maker<Ev> {
        private transient Ev r;

        @Override
        public GenSource.Maker<Ev> fresh() {
            EvMaker m = new EvMaker();
            m.r = new Ev();
            return m;
        }

        @Override
        public Ev make(long i) {
            Ev e = r;
            long epoch = i / 50;
            int off = (int) (i - epoch * 50);
            e.ts = i / 100;
            if (off == 0) {
                e.type = 0;
                e.a = epoch;
                e.b = 0;
                e.c = 0;
                e.name = name(epoch, Gen.rnd(i, 0));
            } else if (off < 4) {
                e.type = 1;
                e.a = epoch * 3 + off - 1;
                long n = Math.min(epoch + 1, 20_000);
                e.b = epoch - Gen.bounded(Gen.rnd(i, 0), n);
                e.c = 0;
                e.name = null;
            } else {
                e.type = 2;
                long last = epoch * 3 + 2;
                long h = Gen.rnd(i, 0);
                if ((h & 1) == 0) e.a = last / 100 * 100;
                else e.a = last - Gen.bounded(h, Math.min(last + 1, 1000));
                e.b = epoch - Gen.bounded(Gen.rnd(i, 1), Math.min(epoch + 1, 1000));
                e.c = 1 + Gen.bounded(Gen.rnd(i, 2), 100_000_000);
                e.name = null;
            }
            return e;
        }

        @Override
        public long ts(Ev e) {
            return e.ts;
        }

        static String name(long id, long h) {
            byte[] b = new byte[20];
            b[0] = 'p';
            b[1] = '-';
            b[2] = '-';
            b[3] = '-';
            Gen.hex16(b, 4, h);
            return new String(b, ISO_8859_1);
        }
    }
}
