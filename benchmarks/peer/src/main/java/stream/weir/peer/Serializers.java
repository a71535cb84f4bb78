package stream.weir.peer;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import stream.weir.peer.Types.*;

/** Serializers by hand, the fastest form that Flink offers. */
final class Serializers {
    private Serializers() {}

    abstract static class Base<T> extends TypeSerializerSingleton<T> {
        @Override
        public boolean isImmutableType() {
            return false;
        }

        @Override
        public int getLength() {
            return -1;
        }

        @Override
        public T copy(T from) {
            return copy(from, createInstance());
        }

        @Override
        public T deserialize(DataInputView in) throws IOException {
            return deserialize(createInstance(), in);
        }

        @Override
        public void copy(DataInputView in, DataOutputView out) throws IOException {
            serialize(deserialize(in), out);
        }
    }

    public static final class BidBSer extends Base<BidB> {
        static final BidBSer I = new BidBSer();

        @Override
        public BidB createInstance() {
            BidB b = new BidB();
            b.url = new byte[100];
            return b;
        }

        @Override
        public BidB copy(BidB f, BidB t) {
            t.auction = f.auction;
            t.bidder = f.bidder;
            t.price = f.price;
            t.dateTime = f.dateTime;
            t.url = f.url.clone();
            return t;
        }

        @Override
        public void serialize(BidB r, DataOutputView o) throws IOException {
            o.writeLong(r.auction);
            o.writeLong(r.bidder);
            o.writeLong(r.price);
            o.writeLong(r.dateTime);
            o.writeShort(r.url.length);
            o.write(r.url);
        }

        @Override
        public BidB deserialize(BidB r, DataInputView in) throws IOException {
            r.auction = in.readLong();
            r.bidder = in.readLong();
            r.price = in.readLong();
            r.dateTime = in.readLong();
            int n = in.readUnsignedShort();
            if (r.url == null || r.url.length != n) r.url = new byte[n];
            in.readFully(r.url);
            return r;
        }

        @Override
        public TypeSerializerSnapshot<BidB> snapshotConfiguration() {
            return new Snap();
        }

        public static final class Snap extends SimpleTypeSerializerSnapshot<BidB> {
            public Snap() {
                super(() -> I);
            }
        }
    }

    public static final class KvSer extends Base<Kv> {
        static final KvSer I = new KvSer();

        @Override
        public int getLength() {
            return 24;
        }

        @Override
        public Kv createInstance() {
            return new Kv();
        }

        @Override
        public Kv copy(Kv f, Kv t) {
            t.key = f.key;
            t.value = f.value;
            t.seq = f.seq;
            return t;
        }

        @Override
        public void serialize(Kv r, DataOutputView o) throws IOException {
            o.writeLong(r.key);
            o.writeLong(r.value);
            o.writeLong(r.seq);
        }

        @Override
        public Kv deserialize(Kv r, DataInputView in) throws IOException {
            r.key = in.readLong();
            r.value = in.readLong();
            r.seq = in.readLong();
            return r;
        }

        @Override
        public TypeSerializerSnapshot<Kv> snapshotConfiguration() {
            return new Snap();
        }

        public static final class Snap extends SimpleTypeSerializerSnapshot<Kv> {
            public Snap() {
                super(() -> I);
            }
        }
    }

    public static final class EvSer extends Base<Ev> {
        static final EvSer I = new EvSer();

        @Override
        public Ev createInstance() {
            return new Ev();
        }

        @Override
        public Ev copy(Ev f, Ev t) {
            t.type = f.type;
            t.a = f.a;
            t.b = f.b;
            t.c = f.c;
            t.ts = f.ts;
            t.name = f.name;
            return t;
        }

        @Override
        public void serialize(Ev r, DataOutputView o) throws IOException {
            o.writeByte(r.type);
            o.writeLong(r.a);
            o.writeLong(r.b);
            o.writeLong(r.c);
            o.writeLong(r.ts);
            if (r.type == 0) o.writeUTF(r.name);
        }

        @Override
        public Ev deserialize(Ev r, DataInputView in) throws IOException {
            r.type = in.readByte();
            r.a = in.readLong();
            r.b = in.readLong();
            r.c = in.readLong();
            r.ts = in.readLong();
            r.name = r.type == 0 ? in.readUTF() : null;
            return r;
        }

        @Override
        public TypeSerializerSnapshot<Ev> snapshotConfiguration() {
            return new Snap();
        }

        public static final class Snap extends SimpleTypeSerializerSnapshot<Ev> {
            public Snap() {
                super(() -> I);
            }
        }
    }

    public static final class P8Ser extends Base<P8> {
        static final P8Ser I = new P8Ser();

        @Override
        public P8 createInstance() {
            return new P8();
        }

        @Override
        public P8 copy(P8 f, P8 t) {
            t.id = f.id;
            t.name = f.name;
            return t;
        }

        @Override
        public void serialize(P8 r, DataOutputView o) throws IOException {
            o.writeLong(r.id);
            o.writeBoolean(r.name != null);
            if (r.name != null) o.writeUTF(r.name);
        }

        @Override
        public P8 deserialize(P8 r, DataInputView in) throws IOException {
            r.id = in.readLong();
            r.name = in.readBoolean() ? in.readUTF() : null;
            return r;
        }

        @Override
        public TypeSerializerSnapshot<P8> snapshotConfiguration() {
            return new Snap();
        }

        public static final class Snap extends SimpleTypeSerializerSnapshot<P8> {
            public Snap() {
                super(() -> I);
            }
        }
    }
}
