package stream.weir.peer;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import stream.weir.peer.RowSerializers.*;
import stream.weir.peer.Serializers.*;

/** Record types with hand-written serializers (the fastest form Flink offers). */
public final class Types {
    private Types() {}

    /** POJO form with a String: Flink's PojoSerializer. */
    public static class Bid {
        public long auction, bidder, price, dateTime;
        public String url;

        public Bid() {}
    }
    /** Hand-tuned form: url as bytes, own serializer. */
    public static class BidB {
        public long auction, bidder, price, dateTime;
        public byte[] url;

        public BidB() {}
    }
    /** Result row of up to 5 longs. */
    public static class Row5 {
        public long a, b, c, d, e;

        public Row5() {}
    }

    public static class Kv {
        public long key, value, seq;

        public Kv() {}
    }
    /** Nexmark-like event: type 0 person(id=a, name), 1 auction(id=a, seller=b), 2 bid(auction=a, bidder=b, price=c). */
    public static class Ev {
        public int type;
        public long a, b, c, ts;
        public String name;

        public Ev() {}
    }

    public static class Row3 {
        public long a, b, c;

        public Row3() {}

        public Row3(long a, long b, long c) {
            this.a = a;
            this.b = b;
            this.c = c;
        }
    }

    public static class Row4 {
        public long a, b, c, d;

        public Row4() {}

        public Row4(long a, long b, long c, long d) {
            this.a = a;
            this.b = b;
            this.c = c;
            this.d = d;
        }
    }
    /** q8 input: person (name set) or seller of an auction (name null). */
    public static class P8 {
        public long id;
        public String name;

        public P8() {}
    }

    public static class SumCount {
        public long sum, count;

        public SumCount() {}
    }
    /** 64-byte value of W4. */
    public static class V64 {
        public long sum, count, maxSeq, xor1, sum1, xor2, sum2, max1;

        public V64() {}
    }

    public static final class Info<T> extends TypeInformation<T> {
        private final Class<T> cls;
        private final TypeSerializer<T> ser;

        public Info(Class<T> cls, TypeSerializer<T> ser) {
            this.cls = cls;
            this.ser = ser;
        }

        @Override
        public boolean isBasicType() {
            return false;
        }

        @Override
        public boolean isTupleType() {
            return false;
        }

        @Override
        public int getArity() {
            return 1;
        }

        @Override
        public int getTotalFields() {
            return 1;
        }

        @Override
        public Class<T> getTypeClass() {
            return cls;
        }

        @Override
        public boolean isKeyType() {
            return false;
        }

        @Override
        public TypeSerializer<T> createSerializer(SerializerConfig c) {
            return ser;
        }

        @Override
        public String toString() {
            return "Info(" + cls.getSimpleName() + ")";
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Info && ((Info<?>) o).cls == cls;
        }

        @Override
        public int hashCode() {
            return cls.hashCode();
        }

        @Override
        public boolean canEqual(Object o) {
            return o instanceof Info;
        }
    }

    static final Info<BidB> BIDB = new Info<>(BidB.class, BidBSer.I);
    static final Info<Kv> KV = new Info<>(Kv.class, KvSer.I);
    static final Info<Ev> EV = new Info<>(Ev.class, EvSer.I);
    static final Info<Row3> ROW3 = new Info<>(Row3.class, Row3Ser.I);
    static final Info<Row4> ROW4 = new Info<>(Row4.class, Row4Ser.I);
    static final Info<Row5> ROW5 = new Info<>(Row5.class, Row5Ser.I);
    static final Info<P8> P8T = new Info<>(P8.class, P8Ser.I);
    static final Info<SumCount> SUMCOUNT = new Info<>(SumCount.class, SumCountSer.I);
    static final Info<V64> V64T = new Info<>(V64.class, V64Ser.I);
}
