package stream.weir.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The test values of the workloads' definition. */
class GeneratorTest {
    /** {@code floor(2^20 * 2^(e/100))} for e from 0. */
    private static final long[] OCTAVE_WEIGHTS = {
        1048576, 1055869, 1063213, 1070608, 1078055, 1085553, 1093104, 1100707, 1108363, 1116073,
        1123835, 1131652, 1139524, 1147450, 1155431, 1163467, 1171560, 1179709, 1187914, 1196177,
        1204497, 1212875, 1221311, 1229806, 1238360, 1246974, 1255647, 1264381, 1273175, 1282031
    };

    @Test
    void when_numbers_are_made_then_they_are_those_of_the_definition() {
        assertThat(Numbers.mix(1)).isEqualTo(0x5692161d100b05e5L);
        assertThat(Numbers.random(0, 0)).isEqualTo(0xfbfd33b4b6e4d3f7L);
        assertThat(Numbers.random(1, 3)).isEqualTo(0x278c279483f12332L);
        assertThat(Numbers.bounded(Numbers.random(1, 3), 1000)).isEqualTo(154);
    }

    @Test
    void when_rows_are_hashed_then_hashes_are_those_of_the_definition() {
        long[] fields = {1, 2, 3};

        assertThat(Checksum.row(1, 2, 3)).isEqualTo(0xa053271c9f419d65L);
        assertThat(Checksum.row(fields)).isEqualTo(0xa053271c9f419d65L);
        assertThat(Checksum.row(1, 2, 3, 4)).isEqualTo(Checksum.row(new long[] {1, 2, 3, 4}));
        assertThat(Checksum.row(1, 2, 3, 4, 5)).isEqualTo(Checksum.row(new long[] {1, 2, 3, 4, 5}));
    }

    @Test
    void when_only_one_field_of_a_row_is_not_zero_then_its_factor_is_mixed_with_the_number_of_fields() {
        assertThat(Checksum.row(1, 0, 0)).isEqualTo(Numbers.mix(0x5692161d100b05e5L + 3));
    }

    @Test
    void when_a_bid_is_made_then_its_address_is_that_of_the_definition() {
        Bid bid = new Bid();

        bid.fill(0);

        assertThat(new String(bid.url, StandardCharsets.US_ASCII))
                .isEqualTo(
                        "https://www.nexmark.com/ac591be38eacdfe9/a2aad7f99ef86ee7/09e2f0ccc942092d/item.htm?channel_id=9027a");
        assertThat(bid.channel()).isEqualTo(0x9027a);
    }

    @Test
    void when_octaves_are_weighed_then_weights_are_those_of_the_table() {
        for (int octave = 0; octave < OCTAVE_WEIGHTS.length; octave++) {
            assertThat(Zipf.weight(octave)).as("octave %d", octave).isEqualTo(OCTAVE_WEIGHTS[octave]);
        }
    }

    @Test
    void when_ranks_are_skewed_then_they_are_in_range_and_the_first_is_the_most_frequent_by_far() {
        Zipf zipf = new Zipf(1000);
        long[] count = new long[1000];

        LongStream.range(0, 100_000).forEach(i -> count[(int) zipf.rank(Numbers.random(i, 0))]++);

        assertThat(count[0]).isGreaterThan(5 * count[100]).isBetween(9_000L, 11_000L);
    }

    @Test
    void when_keys_are_loaded_then_each_comes_once() {
        KeyValue.Maker maker = new KeyValue.Maker(1000, 1000, Optional.empty());
        KeyValue record = new KeyValue();
        Set<Long> keys = new HashSet<>();

        for (long i = 0; i < 1000; i++) {
            maker.fill(record, i);
            keys.add(record.key());
        }

        assertThat(keys).hasSize(1000);
    }

    @Test
    void when_events_are_made_then_persons_auctions_and_bids_are_as_1_to_3_to_46() {
        Event event = new Event();
        int[] count = new int[3];

        for (long i = 0; i < 500; i++) {
            event.fill(i);
            count[event.kind.ordinal()]++;
        }

        assertThat(count).containsExactly(10, 30, 460);
    }
}
