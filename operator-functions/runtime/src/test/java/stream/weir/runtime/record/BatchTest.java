package stream.weir.runtime.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.codec.Schema;
import stream.weir.protocol.frame.Frame;

class BatchTest {
    private record Entry(String key, String value, long timestamp) {}

    @Test
    void when_records_are_written_then_the_same_are_read() {
        // given
        List<Entry> written = List.of(
                new Entry("", "a", 0),
                new Entry("k", "", 1_700_000_000_000L),
                new Entry("key", "c", Long.MIN_VALUE),
                new Entry("key", "d", Long.MAX_VALUE),
                new Entry("ü", "e", -5));
        BatchWriter<String> batch = new BatchWriter<>(Codecs.STRING, 4);

        // when
        written.forEach(entry -> batch.add(utf8(entry.key), 0, utf8(entry.key).length, entry.value, entry.timestamp));
        Frame.Records records = batch.take();

        // then
        assertThat(records.count()).isEqualTo(5);
        assertThat(readKeyed(records)).isEqualTo(written);
        assertThat(batch.isEmpty()).isTrue();
    }

    @Test
    void when_a_batch_is_taken_then_the_next_one_shares_nothing_with_it() {
        // given
        BatchWriter<String> batch = new BatchWriter<>(Codecs.STRING, 64);
        batch.add("first", 10);
        Frame.Records first = batch.take();
        byte[] before = Arrays.copyOfRange(first.bytes(), 0, first.length());

        // when
        batch.add("second", 20);
        Frame.Records second = batch.take();

        // then
        assertThat(Arrays.copyOfRange(first.bytes(), 0, first.length())).isEqualTo(before);
        BatchReader<String> reader = BatchReader.unkeyed(Codecs.STRING);
        reader.reset(second);
        assertThat(reader.next()).isTrue();
        assertThat(reader.timestamp()).isEqualTo(20);
        assertThat(reader.value()).isEqualTo("second");
        assertThat(reader.next()).isFalse();
    }

    @Test
    void when_a_value_cannot_be_encoded_then_the_records_around_it_are_intact() {
        // given
        BatchWriter<String> batch = new BatchWriter<>(new Choosy(), 64);
        batch.add("good", 1);

        // when
        assertThatThrownBy(() -> batch.add("bad", 2)).hasMessage("halfway");
        batch.add("better", 3);

        // then
        BatchReader<String> reader = BatchReader.unkeyed(new Choosy());
        reader.reset(batch.take());
        List<String> read = new ArrayList<>();
        while (reader.next()) {
            read.add(reader.value() + "@" + reader.timestamp());
        }
        assertThat(read).containsExactly("good@1", "better@3");
    }

    @Test
    void when_a_batch_has_bytes_left_over_then_reading_fails() {
        // given
        BatchWriter<String> batch = new BatchWriter<>(Codecs.STRING, 64);
        batch.add("one", 1);
        batch.add("two", 2);
        Frame.Records whole = batch.take();
        BatchReader<String> reader = BatchReader.unkeyed(Codecs.STRING);

        // when
        reader.reset(new Frame.Records(whole.bytes(), 0, whole.length(), 1));
        reader.next();
        reader.value();

        // then
        assertThatThrownBy(reader::next)
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("follow the last record");
    }

    private static List<Entry> readKeyed(Frame.Records records) {
        BatchReader<String> reader = BatchReader.keyed(Codecs.STRING);
        reader.reset(records);
        List<Entry> read = new ArrayList<>();
        while (reader.next()) {
            String key = new String(reader.keyArray(), reader.keyOffset(), reader.keyLength(), StandardCharsets.UTF_8);
            read.add(new Entry(key, reader.value(), reader.timestamp()));
        }
        return read;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Fails in the middle of {@code bad}. */
    private static final class Choosy implements Codec<String> {
        @Override
        public void encode(String value, ByteWriter out) {
            if (value.equals("bad")) {
                out.writeLong(1);
                throw new IllegalStateException("halfway");
            }
            out.writeString(value);
        }

        @Override
        public String decode(ByteReader in) {
            return in.readString();
        }

        @Override
        public Schema schema() {
            return Schema.Primitive.STRING;
        }

        @Override
        public Codec<String> reading(Schema written) {
            return this;
        }
    }
}
