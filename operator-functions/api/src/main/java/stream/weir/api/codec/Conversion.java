package stream.weir.api.codec;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns bytes of an old schema into bytes of a new one. */
sealed interface Conversion {
    /** Reads one value and leaves the reader behind it. */
    void convert(ByteReader in, ByteWriter out);

    /** The value is the same in both. */
    record Copy(Layout layout) implements Conversion {
        @Override
        public void convert(ByteReader in, ByteWriter out) {
            int start = in.position();
            layout.skip(in);
            out.writeBytes(in.buffer(), start, in.position() - start);
        }
    }

    /** A number of more bits. */
    record Widen(Schema.Primitive from, Schema.Primitive to) implements Conversion {
        @Override
        public void convert(ByteReader in, ByteWriter out) {
            if (from == Schema.Primitive.FLOAT) {
                out.writeDouble(in.readFloat());
                return;
            }
            int value =
                    switch (from) {
                        case INT8 -> in.readByte();
                        case INT16 -> in.readShort();
                        case INT32 -> in.readInt();
                        default -> throw new IllegalStateException(from + " cannot be widened");
                    };
            switch (to) {
                case INT16 -> out.writeShort(value);
                case INT32 -> out.writeInt(value);
                case INT64 -> out.writeLong(value);
                case DOUBLE -> out.writeDouble(value);
                default -> throw new IllegalStateException(from + " cannot be widened to " + to);
            }
        }
    }

    /** A value that may be absent now, and could not before. */
    record Present(Conversion of) implements Conversion {
        @Override
        public void convert(ByteReader in, ByteWriter out) {
            out.writeBoolean(true);
            of.convert(in, out);
        }
    }

    record NullableOf(Conversion of) implements Conversion {
        @Override
        public void convert(ByteReader in, ByteWriter out) {
            boolean present = in.readBoolean();
            out.writeBoolean(present);
            if (present) {
                of.convert(in, out);
            }
        }
    }

    record ListOf(Conversion element) implements Conversion {
        @Override
        public void convert(ByteReader in, ByteWriter out) {
            int count = Encodings.readCount(in);
            out.writeVarInt(count);
            for (int i = 0; i < count; i++) {
                element.convert(in, out);
            }
        }
    }

    /** Sorts again, since keys may be in another order in their new encoding. */
    record MapOf(Conversion key, Conversion value) implements Conversion {
        @Override
        public void convert(ByteReader in, ByteWriter out) {
            int count = Encodings.readCount(in);
            Entry[] entries = new Entry[count];
            ByteWriter scratch = new ByteWriter();
            for (int i = 0; i < count; i++) {
                entries[i] = new Entry(converted(key, in, scratch), converted(value, in, scratch));
            }
            Arrays.sort(entries, (left, right) -> Arrays.compareUnsigned(left.key, right.key));
            out.writeVarInt(count);
            for (Entry entry : entries) {
                out.writeBytes(entry.key, 0, entry.key.length);
                out.writeBytes(entry.value, 0, entry.value.length);
            }
        }

        private static byte[] converted(Conversion conversion, ByteReader in, ByteWriter scratch) {
            scratch.reset();
            conversion.convert(in, scratch);
            return scratch.toByteArray();
        }

        private record Entry(byte[] key, byte[] value) {}
    }

    /** @param indexes the new index of each old constant */
    record Constants(int[] indexes) implements Conversion {
        @Override
        public void convert(ByteReader in, ByteWriter out) {
            out.writeVarInt(indexes[Layout.Union.readIndex(indexes.length, in)]);
        }
    }

    /** @param indexes the new index of each old variant */
    record Variants(int[] indexes, Conversion[] variants) implements Conversion {
        @Override
        public void convert(ByteReader in, ByteWriter out) {
            int index = Layout.Union.readIndex(indexes.length, in);
            out.writeVarInt(indexes[index]);
            variants[index].convert(in, out);
        }
    }

    /** A type from within itself; the target is set before the first use. */
    final class Deferred implements Conversion {
        private @Nullable Conversion target;

        void resolve(Conversion conversion) {
            this.target = conversion;
        }

        @Override
        public void convert(ByteReader in, ByteWriter out) {
            if (target == null) {
                throw new IllegalStateException("a plan is used before it is made");
            }
            target.convert(in, out);
        }
    }

    /**
     * How one field of the new struct is made.
     *
     * @param source index of the old field, -1 where it was added
     * @param conversion of its value that is not null
     * @param nullable whether the new field is
     * @param absent what is written where the field was added; empty where that is null
     */
    record FieldPlan(int source, Conversion conversion, boolean nullable, Optional<Bytes> absent) {
        boolean isNull(int[] starts) {
            return source < 0 ? absent.isEmpty() : starts[source] < 0;
        }
    }

    /** Fields are found by their place in the old struct, so their order may change. */
    record StructOf(Layout.StructLayout written, int writtenFields, FieldPlan[] fields) implements Conversion {
        @Override
        public void convert(ByteReader in, ByteWriter out) {
            int[] starts = new int[writtenFields];
            written.locate(in, starts);
            if (fields.length == 0) {
                out.writeByte(0);
                return;
            }
            writeBitmap(starts, out);
            int end = in.position();
            ByteReader field = new ByteReader();
            for (FieldPlan plan : fields) {
                if (plan.isNull(starts)) {
                    continue;
                }
                if (plan.source >= 0) {
                    int start = starts[plan.source];
                    plan.conversion.convert(field.wrap(in.buffer(), start, end - start), out);
                } else {
                    byte[] absent = plan.absent.orElseThrow().content();
                    out.writeBytes(absent, 0, absent.length);
                }
            }
        }

        private void writeBitmap(int[] starts, ByteWriter out) {
            int bit = 0;
            int bits = 0;
            for (FieldPlan plan : fields) {
                if (plan.nullable) {
                    bits |= plan.isNull(starts) ? 1 << bit : 0;
                    if (++bit == 8) {
                        out.writeByte(bits);
                        bit = 0;
                        bits = 0;
                    }
                }
            }
            if (bit != 0) {
                out.writeByte(bits);
            }
        }
    }
}
