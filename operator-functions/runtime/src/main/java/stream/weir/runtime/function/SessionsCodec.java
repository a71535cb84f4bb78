package stream.weir.runtime.function;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.IncompatibleSchemaException;
import stream.weir.api.codec.Schema;
import stream.weir.runtime.function.Sessions.Session;

/**
 * The sessions of a key: for each its start and end (8 bytes each) and its accumulator with the length before it. Accumulators
 * stay encoded; they are decoded here only to be written in another schema.
 *
 * @param accumulators what an accumulator is
 */
record SessionsCodec<A>(Codec<A> accumulators) implements Codec<List<Session>> {
    @Override
    public void encode(List<Session> sessions, ByteWriter out) {
        for (Session session : sessions) {
            out.writeLong(session.start());
            out.writeLong(session.end());
            out.writeLengthPrefixed(session.accumulator(), 0, session.accumulator().length);
        }
    }

    @Override
    public List<Session> decode(ByteReader in) {
        List<Session> sessions = new ArrayList<>();
        while (in.remaining() > 0) {
            sessions.add(new Session(in.readLong(), in.readLong(), in.readLengthPrefixed()));
        }
        return sessions;
    }

    @Override
    public Schema schema() {
        return new Schema.ListOf(new Schema.Struct(
                "session",
                List.of(
                        new Schema.Field("start", Schema.Primitive.INT64),
                        new Schema.Field("end", Schema.Primitive.INT64),
                        new Schema.Field("accumulator", accumulators.schema()))));
    }

    @Override
    public Codec<List<Session>> reading(Schema written) {
        if (written.equals(schema())) {
            return this;
        }
        if (written instanceof Schema.ListOf(Schema.Struct(String name, List<Schema.Field> fields))
                && name.equals("session")
                && fields.size() == 3) {
            return new Converting<>(this, accumulators.reading(fields.getLast().type()));
        }
        throw new IncompatibleSchemaException("", "it held no sessions");
    }

    /** @param conversion reads accumulators of the old schema and writes the new one */
    private record Converting<A>(SessionsCodec<A> now, Codec<A> conversion) implements Codec<List<Session>> {
        @Override
        public void encode(List<Session> sessions, ByteWriter out) {
            now.encode(sessions, out);
        }

        @Override
        public List<Session> decode(ByteReader in) {
            List<Session> sessions = now.decode(in);
            sessions.replaceAll(session -> {
                ByteWriter accumulator = new ByteWriter();
                conversion.encode(conversion.decode(new ByteReader(session.accumulator())), accumulator);
                return new Session(session.start(), session.end(), accumulator.toByteArray());
            });
            return sessions;
        }

        @Override
        public Schema schema() {
            return now.schema();
        }

        @Override
        public Codec<List<Session>> reading(Schema written) {
            return now.reading(written);
        }
    }
}
