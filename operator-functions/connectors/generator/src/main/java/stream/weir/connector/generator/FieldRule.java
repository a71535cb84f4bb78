package stream.weir.connector.generator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;

/** How a field's value follows from the index of its record. */
sealed interface FieldRule {
    Schema type();

    /**
     * @param index of the record, from 0
     * @param stream the sequence of random numbers of this field
     */
    @Nullable
    Object value(long index, long stream);

    /** {@code from + index * step}. */
    record Sequence(long from, long step) implements FieldRule {
        @Override
        public Schema type() {
            return Primitive.INT64;
        }

        @Override
        public Object value(long index, long stream) {
            return from + index * step;
        }
    }

    /** @param to exclusive */
    record RandomInt(long from, long to) implements FieldRule {
        @Override
        public Schema type() {
            return Primitive.INT64;
        }

        @Override
        public Object value(long index, long stream) {
            return from + Mixer.below(to - from, Mixer.bits(stream, index));
        }
    }

    /** @param to exclusive */
    record RandomDouble(double from, double to) implements FieldRule {
        @Override
        public Schema type() {
            return Primitive.DOUBLE;
        }

        @Override
        public Object value(long index, long stream) {
            return from + (to - from) * Mixer.fraction(Mixer.bits(stream, index));
        }
    }

    /** @param probability of true */
    record RandomBool(double probability) implements FieldRule {
        @Override
        public Schema type() {
            return Primitive.BOOL;
        }

        @Override
        public Object value(long index, long stream) {
            return Mixer.fraction(Mixer.bits(stream, index)) < probability;
        }
    }

    /** Small letters. */
    record RandomText(int length) implements FieldRule {
        @Override
        public Schema type() {
            return Primitive.STRING;
        }

        @Override
        public Object value(long index, long stream) {
            long own = Mixer.bits(stream, index);
            char[] text = new char[length];
            for (int i = 0; i < length; i++) {
                text[i] = (char) ('a' + Mixer.below(26, Mixer.bits(own, i)));
            }
            return new String(text);
        }
    }

    record RandomBytes(int length) implements FieldRule {
        @Override
        public Schema type() {
            return Primitive.BYTES;
        }

        @Override
        public Object value(long index, long stream) {
            long own = Mixer.bits(stream, index);
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) Mixer.bits(own, i);
            }
            return Bytes.of(bytes);
        }
    }

    /** One of some values, all equally likely. @param values at least one, of one class */
    record OneOf(Schema type, List<Object> values) implements FieldRule {
        @Override
        public Object value(long index, long stream) {
            return values.get((int) Mixer.below(values.size(), Mixer.bits(stream, index)));
        }
    }

    /** {@code start + index * step}, less a random part of {@code jitter}: what arrives late is older than its neighbours. */
    record Time(Instant start, Duration step, Duration jitter) implements FieldRule {
        @Override
        public Schema type() {
            return Primitive.TIMESTAMP;
        }

        @Override
        public Object value(long index, long stream) {
            long millis = Math.multiplyExact(index, step.toMillis());
            if (jitter.isPositive()) {
                millis -= Mixer.below(jitter.toMillis() + 1, Mixer.bits(stream, index));
            }
            return start.plusMillis(millis);
        }
    }

    /** The text of another rule's value behind a prefix. */
    record Prefixed(String prefix, FieldRule rule) implements FieldRule {
        @Override
        public Schema type() {
            return Primitive.STRING;
        }

        @Override
        public @Nullable Object value(long index, long stream) {
            return prefix + rule.value(index, stream);
        }
    }

    /** Another rule's value, or null. @param probability of null */
    record WithNulls(double probability, FieldRule rule) implements FieldRule {
        @Override
        public Schema type() {
            return rule.type();
        }

        @Override
        public @Nullable Object value(long index, long stream) {
            boolean absent = Mixer.fraction(Mixer.bits(~stream, index)) < probability;
            return absent ? null : rule.value(index, stream);
        }
    }
}
