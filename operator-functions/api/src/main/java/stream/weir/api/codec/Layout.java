package stream.weir.api.codec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Knows where an encoded value ends, from its schema alone. Immutable once {@link #of} has returned it. */
sealed interface Layout {
    /** Moves the reader behind one value, checking what has to be checked for that. */
    void skip(ByteReader in);

    /**
     * @throws IllegalArgumentException when a reference refers to nothing that encloses it
     */
    static Layout of(Schema schema) {
        return of(schema, Map.of());
    }

    /** @param enclosing the types around it, by name, for references */
    static Layout of(Schema schema, Map<String, Layout> enclosing) {
        return switch (schema) {
            case Schema.Primitive primitive -> primitive(primitive);
            case Schema.Nullable nullable -> new Nullable(of(nullable.of(), enclosing));
            case Schema.ListOf list -> new Repeated(List.of(of(list.element(), enclosing)));
            case Schema.MapOf map -> new Repeated(List.of(of(map.key(), enclosing), of(map.value(), enclosing)));
            case Schema.EnumOf ignored -> new VarInt();
            case Schema.Opaque ignored -> new LengthPrefixed();
            case Schema.Struct struct -> struct(struct, enclosing);
            case Schema.Union union -> union(union, enclosing);
            case Schema.Reference reference -> {
                Layout target = enclosing.get(reference.name());
                if (target == null) {
                    throw new IllegalArgumentException("a reference to " + reference.name()
                            + " stands outside of any type of that name, inside " + enclosing.keySet());
                }
                yield target;
            }
        };
    }

    /** As {@link #of}; {@link StructLayout#locate} tells where the fields are. */
    static StructLayout struct(Schema.Struct struct, Map<String, Layout> enclosing) {
        Deferred self = new Deferred();
        Map<String, Layout> within = with(enclosing, struct.name(), self);
        Layout[] fields = new Layout[struct.fields().size()];
        boolean[] nullable = new boolean[fields.length];
        for (int i = 0; i < fields.length; i++) {
            Schema type = struct.fields().get(i).type();
            nullable[i] = type instanceof Schema.Nullable;
            fields[i] = of(type instanceof Schema.Nullable of ? of.of() : type, within);
        }
        StructLayout layout = new StructLayout(fields, nullable);
        self.target = layout;
        return layout;
    }

    private static Layout union(Schema.Union union, Map<String, Layout> enclosing) {
        Deferred self = new Deferred();
        Map<String, Layout> within = with(enclosing, union.name(), self);
        Union layout = new Union(union.variants().stream()
                .map(each -> (Layout) struct(each, within))
                .toList());
        self.target = layout;
        return layout;
    }

    private static Map<String, Layout> with(Map<String, Layout> enclosing, String name, Layout type) {
        Map<String, Layout> within = new HashMap<>(enclosing);
        within.put(name, type);
        return within;
    }

    private static Layout primitive(Schema.Primitive primitive) {
        return switch (primitive) {
            case BOOL, INT8 -> new Fixed(1);
            case INT16, CHAR -> new Fixed(2);
            case INT32, FLOAT -> new Fixed(4);
            case INT64, DOUBLE, TIME -> new Fixed(8);
            case TIMESTAMP, DURATION -> new Fixed(12);
            case UUID -> new Fixed(16);
            case STRING, BYTES -> new LengthPrefixed();
            case DATE -> new VarLongThen(new Fixed(0));
            case DATE_TIME -> new VarLongThen(new Fixed(8));
            case DECIMAL -> new VarLongThen(new LengthPrefixed());
        };
    }

    record Fixed(int width) implements Layout {
        @Override
        public void skip(ByteReader in) {
            in.skip(width);
        }
    }

    record LengthPrefixed() implements Layout {
        @Override
        public void skip(ByteReader in) {
            in.skip(in.readLength());
        }
    }

    record VarInt() implements Layout {
        @Override
        public void skip(ByteReader in) {
            in.readVarInt();
        }
    }

    record VarLongThen(Layout rest) implements Layout {
        @Override
        public void skip(ByteReader in) {
            in.readVarLong();
            rest.skip(in);
        }
    }

    record Nullable(Layout of) implements Layout {
        @Override
        public void skip(ByteReader in) {
            if (in.readBoolean()) {
                of.skip(in);
            }
        }
    }

    /** A list, or a map: that many times all parts. */
    record Repeated(List<Layout> parts) implements Layout {
        @Override
        public void skip(ByteReader in) {
            int count = Encodings.readCount(in);
            for (int i = 0; i < count; i++) {
                for (Layout part : parts) {
                    part.skip(in);
                }
            }
        }
    }

    record Union(List<Layout> variants) implements Layout {
        @Override
        public void skip(ByteReader in) {
            variants.get(readIndex(variants.size(), in)).skip(in);
        }

        static int readIndex(int variants, ByteReader in) {
            int index = in.readVarInt();
            if (index < 0 || index >= variants) {
                throw Encodings.malformed(
                        "index " + Integer.toUnsignedString(index) + " is read where there are " + variants, in);
            }
            return index;
        }
    }

    /** A type from within itself. */
    final class Deferred implements Layout {
        private Layout target = new Fixed(0);

        @Override
        public void skip(ByteReader in) {
            target.skip(in);
        }
    }

    /** A bitmap of the nullable fields, then the values that are there. */
    final class StructLayout implements Layout {
        private final Layout[] fields;
        private final boolean[] nullable;
        private final int bitmapBytes;

        private StructLayout(Layout[] fields, boolean[] nullable) {
            this.fields = fields;
            this.nullable = nullable;
            this.bitmapBytes = bitmapBytes(nullable);
        }

        @Override
        public void skip(ByteReader in) {
            locate(in, new int[fields.length]);
        }

        /**
         * Moves the reader behind the struct.
         *
         * @param starts gets the position of each field's value in the reader's buffer, -1 for null
         */
        void locate(ByteReader in, int[] starts) {
            if (fields.length == 0) {
                Encodings.readNothing(in);
                return;
            }
            byte[] buffer = in.buffer();
            int bitmap = in.position();
            in.skip(bitmapBytes);
            int bit = 0;
            for (int i = 0; i < fields.length; i++) {
                starts[i] = in.position();
                if (nullable[i]) {
                    boolean isNull = (buffer[bitmap + (bit >> 3)] >> (bit & 7) & 1) != 0;
                    bit++;
                    if (isNull) {
                        starts[i] = -1;
                        continue;
                    }
                }
                fields[i].skip(in);
            }
        }

        static int bitmapBytes(boolean[] nullable) {
            int count = 0;
            for (boolean each : nullable) {
                count += each ? 1 : 0;
            }
            return (count + 7) >> 3;
        }

        @Override
        public String toString() {
            return "StructLayout" + Arrays.toString(fields);
        }
    }
}
