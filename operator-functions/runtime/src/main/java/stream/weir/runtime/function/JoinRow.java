package stream.weir.runtime.function;

import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.IncompatibleSchemaException;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.codec.Schema;

/** A record that a join keeps. */
sealed interface JoinRow<L, R> {
    long timestamp();

    record Left<L, R>(L value, long timestamp, Partners partners) implements JoinRow<L, R> {}

    record Right<L, R>(R value, long timestamp) implements JoinRow<L, R> {}

    /** Whether a left record has been paired. */
    enum Partners {
        NONE,
        SOME
    }

    /** One byte that says which of the rows it is, the time in 8 bytes, the value. */
    record RowCodec<L, R>(Codec<L> lefts, Codec<R> rights) implements Codec<JoinRow<L, R>> {
        private static final int LEFT_ALONE = 0;
        private static final int LEFT_PAIRED = 1;
        private static final int RIGHT = 2;

        @Override
        public void encode(JoinRow<L, R> row, ByteWriter out) {
            switch (row) {
                case Left<L, R>(L value, long timestamp, Partners partners) -> {
                    out.writeByte(partners == Partners.NONE ? LEFT_ALONE : LEFT_PAIRED);
                    out.writeLong(timestamp);
                    lefts.encode(value, out);
                }
                case Right<L, R>(R value, long timestamp) -> {
                    out.writeByte(RIGHT);
                    out.writeLong(timestamp);
                    rights.encode(value, out);
                }
            }
        }

        @Override
        public JoinRow<L, R> decode(ByteReader in) {
            int form = in.readByte();
            long timestamp = in.readLong();
            return switch (form) {
                case LEFT_ALONE -> new Left<>(lefts.decode(in), timestamp, Partners.NONE);
                case LEFT_PAIRED -> new Left<>(lefts.decode(in), timestamp, Partners.SOME);
                case RIGHT -> new Right<>(rights.decode(in), timestamp);
                default -> throw new MalformedDataException("a join's row is of form 0, 1 or 2, not " + form);
            };
        }

        @Override
        public Schema schema() {
            return new Schema.Struct(
                    "join",
                    List.of(new Schema.Field("left", lefts.schema()), new Schema.Field("right", rights.schema())));
        }

        @Override
        public Codec<JoinRow<L, R>> reading(Schema written) {
            if (written.equals(schema())) {
                return this;
            }
            if (written instanceof Schema.Struct(String name, List<Schema.Field> fields)
                    && name.equals("join")
                    && fields.size() == 2) {
                return new RowCodec<>(
                        lefts.reading(fields.getFirst().type()),
                        rights.reading(fields.getLast().type()));
            }
            throw new IncompatibleSchemaException("", "it held no rows of a join");
        }
    }
}
