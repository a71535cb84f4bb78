package stream.weir.runtime.stage;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What comes in over links: bytes, and which key groups the records are of. Of each frame its first record is counted, so this costs one
 * addition for a frame, however many records are in it. Counts are halved from time to time, so that they are about the recent past.
 * Written by the replica's thread, read by any.
 */
public final class InputTraffic {
    private static final int HALVED_AT = 4096;
    private static final int ENOUGH = 100;
    private static final double FAR_ABOVE_FAIR = 5;
    private static final double LEAST_SHARE = 0.1;

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLongArray byKeyGroup;
    private final int firstKeyGroup;

    /**
     * @param firstKeyGroup that the replica holds
     * @param keyGroups how many it holds
     */
    InputTraffic(int firstKeyGroup, int keyGroups) {
        this.firstKeyGroup = firstKeyGroup;
        this.byKeyGroup = new AtomicLongArray(keyGroups);
    }

    /** @param share of the records, from 0 to 1 */
    public record KeyGroupShare(int keyGroup, double share) {
        /** In thousandths, as it travels. */
        public long permille() {
            return Math.round(share * 1000);
        }
    }

    /** Bytes of records read. */
    public long bytes() {
        return bytes.get();
    }

    /** The key group with most records; empty until there are enough samples. */
    public Optional<KeyGroupShare> greatest() {
        long all = samples.get();
        if (all < ENOUGH) {
            return Optional.empty();
        }
        int greatest = 0;
        for (int group = 1; group < byKeyGroup.length(); group++) {
            if (byKeyGroup.get(group) > byKeyGroup.get(greatest)) {
                greatest = group;
            }
        }
        return Optional.of(
                new KeyGroupShare(firstKeyGroup + greatest, Math.min(1, (double) byKeyGroup.get(greatest) / all)));
    }

    /** The greatest one where it has far more than its fair share. */
    public Optional<KeyGroupShare> hot() {
        double fair = 1.0 / byKeyGroup.length();
        return greatest().filter(group -> group.share >= Math.max(LEAST_SHARE, Math.min(0.9, FAR_ABOVE_FAIR * fair)));
    }

    void read(int more) {
        bytes.lazySet(bytes.get() + more);
    }

    void sampled(int keyGroup) {
        int group = keyGroup - firstKeyGroup;
        if (group < 0 || group >= byKeyGroup.length()) {
            return;
        }
        byKeyGroup.lazySet(group, byKeyGroup.get(group) + 1);
        long all = samples.get() + 1;
        if (all >= HALVED_AT) {
            all = 0;
            for (int each = 0; each < byKeyGroup.length(); each++) {
                long half = byKeyGroup.get(each) / 2;
                byKeyGroup.lazySet(each, half);
                all += half;
            }
        }
        samples.lazySet(all);
    }
}
