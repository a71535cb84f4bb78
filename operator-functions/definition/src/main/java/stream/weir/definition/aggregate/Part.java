package stream.weir.definition.aggregate;

import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;

/** One field of an aggregate: owns some of an accumulator's slots, all of which are 0 or null at first. */
interface Part {
    /** @param time event time in milliseconds */
    void add(Accumulator into, Row row, long time);

    /** Adds what {@code from} holds, all of which counts as having arrived after what {@code into} holds. */
    void merge(Accumulator into, Accumulator from);

    @Nullable
    Object result(Accumulator accumulator);

    void encode(Accumulator accumulator, ByteWriter out);

    void decode(Accumulator into, ByteReader in);

    /** The type of the result. */
    Schema type();

    /** What the encoding looks like: changes whenever old bytes could no longer be read. */
    String encoding();

    /** Whether {@link #add} needs the time. */
    default boolean timed() {
        return false;
    }
}
