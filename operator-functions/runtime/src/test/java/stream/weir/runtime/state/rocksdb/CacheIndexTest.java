package stream.weir.runtime.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CacheIndexTest {
    /** Few different hashes, so that runs of taken slots are long and cross the end of the array. */
    @Test
    void when_words_come_and_go_then_each_is_found_until_it_went() {
        Random random = new Random(3);
        CacheIndex index = new CacheIndex();
        Map<Integer, Integer> hashes = new HashMap<>();
        for (int step = 1; step < 60_000; step++) {
            int address = random.nextInt(2500) + 1;
            Integer hash = hashes.remove(address);
            if (hash != null) {
                index.remove(hash, address);
            } else if (random.nextInt(3) > 0) {
                hash = 200 + random.nextInt(90) | random.nextInt(3) << 20;
                index.insert(hash, address);
                hashes.put(address, hash);
            }
            if (step % 500 == 0) {
                check(index, hashes);
            }
        }
        assertThat(index.bytes()).isLessThanOrEqualTo(4096L * Long.BYTES);
    }

    private static void check(CacheIndex index, Map<Integer, Integer> hashes) {
        assertThat(index.size()).isEqualTo(hashes.size());
        hashes.forEach((address, hash) -> assertThat(index.contains(hash, address))
                .as("%d of %d", address, hash)
                .isTrue());
        for (int address = 1; address <= 2500; address++) {
            if (!hashes.containsKey(address)) {
                assertThat(index.contains(200, address)).isFalse();
            }
        }
    }
}
