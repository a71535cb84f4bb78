package stream.weir.api.codec;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** Points in time, dates, times of day and durations. */
final class TimeCodecs {
    private TimeCodecs() {}

    static final class OfInstant extends PrimitiveCodec<Instant> {
        OfInstant() {
            super(Schema.Primitive.TIMESTAMP);
        }

        @Override
        public void encode(Instant value, ByteWriter out) {
            Encodings.writeInstant(value, out);
        }

        @Override
        public Instant decode(ByteReader in) {
            return Encodings.readInstant(in);
        }
    }

    static final class OfDate extends PrimitiveCodec<LocalDate> {
        OfDate() {
            super(Schema.Primitive.DATE);
        }

        @Override
        public void encode(LocalDate value, ByteWriter out) {
            Encodings.writeDate(value, out);
        }

        @Override
        public LocalDate decode(ByteReader in) {
            return Encodings.readDate(in);
        }
    }

    static final class OfTime extends PrimitiveCodec<LocalTime> {
        OfTime() {
            super(Schema.Primitive.TIME);
        }

        @Override
        public void encode(LocalTime value, ByteWriter out) {
            Encodings.writeTime(value, out);
        }

        @Override
        public LocalTime decode(ByteReader in) {
            return Encodings.readTime(in);
        }
    }

    static final class OfDateTime extends PrimitiveCodec<LocalDateTime> {
        OfDateTime() {
            super(Schema.Primitive.DATE_TIME);
        }

        @Override
        public void encode(LocalDateTime value, ByteWriter out) {
            Encodings.writeDateTime(value, out);
        }

        @Override
        public LocalDateTime decode(ByteReader in) {
            return Encodings.readDateTime(in);
        }
    }

    static final class OfDuration extends PrimitiveCodec<Duration> {
        OfDuration() {
            super(Schema.Primitive.DURATION);
        }

        @Override
        public void encode(Duration value, ByteWriter out) {
            Encodings.writeDuration(value, out);
        }

        @Override
        public Duration decode(ByteReader in) {
            return Encodings.readDuration(in);
        }
    }
}
