package stream.weir.peer;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import stream.weir.peer.Serializers.Base;
import stream.weir.peer.Types.*;

/** Serializers by hand of rows and of state. */
final class RowSerializers {
    private RowSerializers() {}

    public static final class Row3Ser extends Base<Row3> {
        static final Row3Ser I = new Row3Ser();

        @Override
        public int getLength() {
            return 24;
        }

        @Override
        public Row3 createInstance() {
            return new Row3();
        }

        @Override
        public Row3 copy(Row3 f, Row3 t) {
            t.a = f.a;
            t.b = f.b;
            t.c = f.c;
            return t;
        }

        @Override
        public void serialize(Row3 r, DataOutputView o) throws IOException {
            o.writeLong(r.a);
            o.writeLong(r.b);
            o.writeLong(r.c);
        }

        @Override
        public Row3 deserialize(Row3 r, DataInputView in) throws IOException {
            r.a = in.readLong();
            r.b = in.readLong();
            r.c = in.readLong();
            return r;
        }

        @Override
        public TypeSerializerSnapshot<Row3> snapshotConfiguration() {
            return new Snap();
        }

        public static final class Snap extends SimpleTypeSerializerSnapshot<Row3> {
            public Snap() {
                super(() -> I);
            }
        }
    }

    public static final class Row4Ser extends Base<Row4> {
        static final Row4Ser I = new Row4Ser();

        @Override
        public int getLength() {
            return 32;
        }

        @Override
        public Row4 createInstance() {
            return new Row4();
        }

        @Override
        public Row4 copy(Row4 f, Row4 t) {
            t.a = f.a;
            t.b = f.b;
            t.c = f.c;
            t.d = f.d;
            return t;
        }

        @Override
        public void serialize(Row4 r, DataOutputView o) throws IOException {
            o.writeLong(r.a);
            o.writeLong(r.b);
            o.writeLong(r.c);
            o.writeLong(r.d);
        }

        @Override
        public Row4 deserialize(Row4 r, DataInputView in) throws IOException {
            r.a = in.readLong();
            r.b = in.readLong();
            r.c = in.readLong();
            r.d = in.readLong();
            return r;
        }

        @Override
        public TypeSerializerSnapshot<Row4> snapshotConfiguration() {
            return new Snap();
        }

        public static final class Snap extends SimpleTypeSerializerSnapshot<Row4> {
            public Snap() {
                super(() -> I);
            }
        }
    }

    public static final class Row5Ser extends Base<Row5> {
        static final Row5Ser I = new Row5Ser();

        @Override
        public int getLength() {
            return 40;
        }

        @Override
        public Row5 createInstance() {
            return new Row5();
        }

        @Override
        public Row5 copy(Row5 f, Row5 t) {
            t.a = f.a;
            t.b = f.b;
            t.c = f.c;
            t.d = f.d;
            t.e = f.e;
            return t;
        }

        @Override
        public void serialize(Row5 r, DataOutputView o) throws IOException {
            o.writeLong(r.a);
            o.writeLong(r.b);
            o.writeLong(r.c);
            o.writeLong(r.d);
            o.writeLong(r.e);
        }

        @Override
        public Row5 deserialize(Row5 r, DataInputView in) throws IOException {
            r.a = in.readLong();
            r.b = in.readLong();
            r.c = in.readLong();
            r.d = in.readLong();
            r.e = in.readLong();
            return r;
        }

        @Override
        public TypeSerializerSnapshot<Row5> snapshotConfiguration() {
            return new Snap();
        }

        public static final class Snap extends SimpleTypeSerializerSnapshot<Row5> {
            public Snap() {
                super(() -> I);
            }
        }
    }

    public static final class SumCountSer extends Base<SumCount> {
        static final SumCountSer I = new SumCountSer();

        @Override
        public int getLength() {
            return 16;
        }

        @Override
        public SumCount createInstance() {
            return new SumCount();
        }

        @Override
        public SumCount copy(SumCount f, SumCount t) {
            t.sum = f.sum;
            t.count = f.count;
            return t;
        }

        @Override
        public void serialize(SumCount r, DataOutputView o) throws IOException {
            o.writeLong(r.sum);
            o.writeLong(r.count);
        }

        @Override
        public SumCount deserialize(SumCount r, DataInputView in) throws IOException {
            r.sum = in.readLong();
            r.count = in.readLong();
            return r;
        }

        @Override
        public TypeSerializerSnapshot<SumCount> snapshotConfiguration() {
            return new Snap();
        }

        public static final class Snap extends SimpleTypeSerializerSnapshot<SumCount> {
            public Snap() {
                super(() -> I);
            }
        }
    }

    public static final class V64Ser extends Base<V64> {
        static final V64Ser I = new V64Ser();

        @Override
        public int getLength() {
            return 64;
        }

        @Override
        public V64 createInstance() {
            return new V64();
        }

        @Override
        public V64 copy(V64 f, V64 t) {
            t.sum = f.sum;
            t.count = f.count;
            t.maxSeq = f.maxSeq;
            t.xor1 = f.xor1;
            t.sum1 = f.sum1;
            t.xor2 = f.xor2;
            t.sum2 = f.sum2;
            t.max1 = f.max1;
            return t;
        }

        @Override
        public void serialize(V64 r, DataOutputView o) throws IOException {
            o.writeLong(r.sum);
            o.writeLong(r.count);
            o.writeLong(r.maxSeq);
            o.writeLong(r.xor1);
            o.writeLong(r.sum1);
            o.writeLong(r.xor2);
            o.writeLong(r.sum2);
            o.writeLong(r.max1);
        }

        @Override
        public V64 deserialize(V64 r, DataInputView in) throws IOException {
            r.sum = in.readLong();
            r.count = in.readLong();
            r.maxSeq = in.readLong();
            r.xor1 = in.readLong();
            r.sum1 = in.readLong();
            r.xor2 = in.readLong();
            r.sum2 = in.readLong();
            r.max1 = in.readLong();
            return r;
        }

        @Override
        public TypeSerializerSnapshot<V64> snapshotConfiguration() {
            return new Snap();
        }

        public static final class Snap extends SimpleTypeSerializerSnapshot<V64> {
            public Snap() {
                super(() -> I);
            }
        }
    }
}
