package stream.weir.stage.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.stage.app.MemoryUse.Part;

/** The memory of a pod, explained. */
class MemoryUseTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({"899, false", "900, false", "901, true", "1000, true"})
    void when_less_than_a_tenth_is_left_then_memory_is_short(long usedMiB, boolean isShort) {
        assertThat(use(usedMiB, 1, 1, 1).isShort()).isEqualTo(isShort);
    }

    @Test
    void when_memory_is_short_then_each_part_is_named_with_its_setting_and_the_greatest_comes_first() {
        assertThat(use(950, 200, 600, 30).explained())
                .isEqualTo("MEMORY_SHORT: 950 of 1000 MiB are in use: rocksdb 600 MiB, heap 200 MiB, rest 120 MiB,"
                        + " network 30 MiB. Give the container more, or less to weir.state.rocksdb-memory (rocksdb),"
                        + " weir.state.cache and -Xmx (heap), weir.data.credit (network)");
    }

    private static MemoryUse use(long used, long heap, long rocksdb, long network) {
        return new MemoryUse(
                used * MIB,
                1000 * MIB,
                Map.of(
                        Part.HEAP,
                        heap * MIB,
                        Part.ROCKSDB,
                        rocksdb * MIB,
                        Part.NETWORK,
                        network * MIB,
                        Part.REST,
                        (used - heap - rocksdb - network) * MIB));
    }
}
