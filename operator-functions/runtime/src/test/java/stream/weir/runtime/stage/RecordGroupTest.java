package stream.weir.runtime.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.codec.Schema;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.keygroup.KeyGroups;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.record.BatchReader;
import stream.weir.runtime.record.BatchWriter;
import stream.weir.runtime.state.Key;

class RecordGroupTest {
    private static final int MAX_PARALLELISM = 128;

    private final BatchReader<Object> reader = BatchReader.keyed(new NumberCodec());
    private final RecordGroup group = new RecordGroup(MAX_PARALLELISM);
    private final List<String> read = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            ints = {
                1,
                RecordGroup.MOST - 1,
                RecordGroup.MOST,
                RecordGroup.MOST + 1,
                2 * RecordGroup.MOST,
                5 * RecordGroup.MOST + 7
            })
    void when_a_frame_is_read_then_its_records_come_in_order_in_groups(int records) {
        // when
        List<Integer> sizes = readAll(frame(records));
        // then
        assertThat(read).isEqualTo(expected(records));
        assertThat(sizes).hasSize((records + RecordGroup.MOST - 1) / RecordGroup.MOST);
        assertThat(sizes.subList(0, sizes.size() - 1)).allMatch(size -> size == RecordGroup.MOST);
    }

    @Test
    void when_a_record_is_read_then_its_key_comes_with_hash_and_key_group() {
        // given
        begin(frame(3));
        Key key = new Key();
        // when
        group.read(reader);
        group.showKey(2, key);
        // then
        long hash = KeyHash.of("key 2".getBytes(UTF_8));
        assertThat(key.hash()).isEqualTo(hash);
        assertThat(key.keyGroup()).isEqualTo(KeyGroups.keyGroupOf(hash, MAX_PARALLELISM));
        assertThat(group.keys().keyGroup(2)).isEqualTo(key.keyGroup());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, RecordGroup.MOST - 1, RecordGroup.MOST, RecordGroup.MOST + 5})
    void when_a_record_cannot_be_decoded_then_those_before_it_come_first(int good) {
        // given
        BatchWriter<Object> batch = batch(good);
        batch.add("bad".getBytes(UTF_8), 0, 3, NumberCodec.BAD, 0);
        add(batch, good);
        // when, then
        assertThatThrownBy(() -> readAll(batch.take())).hasMessage("no number");
        assertThat(read).isEqualTo(expected(good));
    }

    @Test
    void when_bytes_follow_the_last_record_then_all_records_come_first() {
        // given
        Frame.Records whole = frame(4);
        Frame.Records three = new Frame.Records(whole.bytes(), 0, whole.length(), 3);
        // when, then
        assertThatThrownBy(() -> readAll(three))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("follow the last record");
        assertThat(read).isEqualTo(expected(3));
    }

    @Test
    void when_the_frame_before_was_left_in_the_middle_then_another_one_begins_anew() {
        // given
        BatchWriter<Object> batch = batch(2);
        batch.add("bad".getBytes(UTF_8), 0, 3, NumberCodec.BAD, 0);
        begin(batch.take());
        group.read(reader);
        // when
        readAll(frame(RecordGroup.MOST + 1));
        // then
        assertThat(read).isEqualTo(expected(RecordGroup.MOST + 1));
    }

    @Test
    void when_the_codec_runs_out_of_stack_then_that_comes_in_its_turn_too() {
        // given
        BatchWriter<Object> batch = batch(1);
        batch.add("deep".getBytes(UTF_8), 0, 4, NumberCodec.DEEP, 0);
        // when, then
        assertThatThrownBy(() -> readAll(batch.take())).isInstanceOf(StackOverflowError.class);
        assertThat(read).isEqualTo(expected(1));
    }

    private void begin(Frame.Records frame) {
        reader.reset(frame);
        group.reset();
    }

    private List<Integer> readAll(Frame.Records frame) {
        begin(frame);
        List<Integer> sizes = new ArrayList<>();
        Key key = new Key();
        while (group.read(reader)) {
            sizes.add(group.size());
            for (int i = 0; i < group.size(); i++) {
                group.showKey(i, key);
                String text = new String(key.array(), key.offset(), key.length(), UTF_8);
                read.add(text + " = " + group.value(i) + " @ " + group.timestamp(i));
            }
        }
        return sizes;
    }

    private static Frame.Records frame(int records) {
        return batch(records).take();
    }

    private static BatchWriter<Object> batch(int records) {
        BatchWriter<Object> batch = new BatchWriter<>(new NumberCodec(), 64);
        IntStream.range(0, records).forEach(i -> add(batch, i));
        return batch;
    }

    private static void add(BatchWriter<Object> batch, int number) {
        byte[] key = ("key " + number).getBytes(UTF_8);
        batch.add(key, 0, key.length, (long) number, 1_000 - number);
    }

    private static List<String> expected(int records) {
        return IntStream.range(0, records)
                .mapToObj(i -> "key " + i + " = " + i + " @ " + (1_000 - i))
                .toList();
    }

    /** Longs, and two that cannot be decoded. */
    private static final class NumberCodec implements Codec<Object> {
        static final Long BAD = -1L;
        static final Long DEEP = -2L;

        @Override
        public void encode(Object value, ByteWriter out) {
            out.writeLong((Long) value);
        }

        @Override
        public Object decode(ByteReader in) {
            Long number = in.readLong();
            if (number.equals(BAD)) {
                throw new MalformedDataException("no number");
            }
            if (number.equals(DEEP)) {
                throw new StackOverflowError();
            }
            return number;
        }

        @Override
        public Schema schema() {
            return Schema.Primitive.INT64;
        }

        @Override
        public Codec<Object> reading(Schema written) {
            return this;
        }
    }
}
