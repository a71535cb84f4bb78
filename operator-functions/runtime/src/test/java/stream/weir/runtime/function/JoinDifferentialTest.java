package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import stream.weir.api.pipeline.Step;
import stream.weir.api.pipeline.Step.JoinType;
import stream.weir.runtime.function.ChainHarness.Mode;

/** Joins against lists of all records, with shuffled times and random watermarks, one seed each. */
class JoinDifferentialTest {
    private static final int SEEDS = 60;

    @Test
    void when_records_and_watermarks_come_in_any_order_then_window_joins_equal_the_reference() {
        windowJoins(SEEDS, Mode.PURE);
    }

    static void windowJoins(int seeds, List<Mode> modes) {
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            long size = 1 + random.nextInt(40);
            JoinType type = JoinType.values()[random.nextInt(2)];
            compare(
                    seed,
                    modes.get(seed % modes.size()),
                    random,
                    TestSteps.join(TestSteps.window(size), type),
                    new WindowReference(size, type));
        }
    }

    @Test
    void when_records_and_watermarks_come_in_any_order_then_joins_by_distance_equal_the_reference() {
        joinsByDistance(SEEDS, Mode.PURE);
    }

    static void joinsByDistance(int seeds, List<Mode> modes) {
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            long distance = random.nextInt(20);
            JoinType type = JoinType.values()[random.nextInt(2)];
            compare(
                    seed,
                    modes.get(seed % modes.size()),
                    random,
                    TestSteps.join(TestSteps.within(distance), type),
                    new WithinReference(distance, type));
        }
    }

    private static void compare(int seed, Mode mode, Random random, Step step, Reference reference) {
        ChainHarness chain = ChainHarness.ofTwo(mode, step);
        long watermark = -200;
        for (int i = 0; i < 200; i++) {
            long outputWatermark = chain.chain().outputWatermark();
            if (random.nextInt(5) == 0) {
                watermark += random.nextInt(25);
                chain.watermark(watermark);
                reference.watermark(watermark);
            } else {
                Kept kept = new Kept(
                        random.nextBoolean(),
                        "key" + random.nextInt(3),
                        random.nextInt(5),
                        watermark + random.nextInt(60) - 20);
                chain.send(kept.left() ? 0 : 1, kept.key(), kept.value(), kept.time());
                reference.record(kept);
            }
            List<ChainHarness.Out> out = chain.taken();
            assertThat(out.stream().map(ChainHarness.Out::toString).sorted().toList())
                    .as("seed %s, call %s of %s", seed, i, step)
                    .isEqualTo(reference.taken());
            if (reference.isHeldBack()) {
                assertThat(out).as("seed %s, call %s", seed, i).allMatch(each -> each.timestamp() > outputWatermark);
            }
        }
        chain.end();
        reference.watermark(Long.MAX_VALUE);
        assertThat(chain.takenTexts()).as("seed %s, end", seed).isEqualTo(reference.taken());
        assertThat(chain.counted("late")).as("seed %s", seed).isEqualTo(reference.late);
        chain.close();
    }

    private record Kept(boolean left, String key, long value, long time) {}

    private abstract static class Reference {
        final JoinType type;
        final List<Kept> kept = new ArrayList<>();
        final List<String> out = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        int late;

        Reference(JoinType type) {
            this.type = type;
        }

        abstract void record(Kept record);

        abstract void watermark(long newWatermark);

        /** Whether all that comes out is after what the next step was told. */
        abstract boolean isHeldBack();

        void pair(Kept left, Kept right) {
            out.add(left.value() + "+" + right.value() + "@" + Math.max(left.time(), right.time()));
        }

        void alone(Kept left) {
            out.add(left.value() + "+none@" + left.time());
        }

        List<String> taken() {
            List<String> taken = out.stream().sorted().toList();
            out.clear();
            return taken;
        }
    }

    private static final class WindowReference extends Reference {
        private final long size;

        WindowReference(long size, JoinType type) {
            super(type);
            this.size = size;
        }

        private boolean isOver(Kept record) {
            long end = Math.floorDiv(record.time(), size) * size + size;
            return end - 1 <= watermark;
        }

        private boolean together(Kept a, Kept b) {
            return a.key().equals(b.key()) && Math.floorDiv(a.time(), size) == Math.floorDiv(b.time(), size);
        }

        @Override
        void record(Kept record) {
            if (isOver(record)) {
                late++;
            } else {
                kept.add(record);
            }
        }

        @Override
        void watermark(long newWatermark) {
            watermark = newWatermark;
            for (Kept left :
                    kept.stream().filter(Kept::left).filter(this::isOver).toList()) {
                List<Kept> partners = kept.stream()
                        .filter(each -> !each.left() && together(each, left))
                        .toList();
                partners.forEach(right -> pair(left, right));
                if (partners.isEmpty() && type == JoinType.LEFT) {
                    alone(left);
                }
            }
            kept.removeIf(this::isOver);
        }

        @Override
        boolean isHeldBack() {
            return true;
        }
    }

    private static final class WithinReference extends Reference {
        private final long distance;
        private final List<Kept> matched = new ArrayList<>();

        WithinReference(long distance, JoinType type) {
            super(type);
            this.distance = distance;
        }

        @Override
        void record(Kept record) {
            if (record.time() + distance <= watermark) {
                late++;
                return;
            }
            for (Kept other : kept) {
                if (other.left() != record.left()
                        && other.key().equals(record.key())
                        && Math.abs(other.time() - record.time()) <= distance) {
                    Kept left = record.left() ? record : other;
                    pair(left, record.left() ? other : record);
                    matched.add(left);
                }
            }
            kept.add(record);
        }

        @Override
        void watermark(long newWatermark) {
            watermark = newWatermark;
            for (Kept each : kept) {
                boolean alone = matched.stream().noneMatch(other -> other == each);
                if (each.left() && type == JoinType.LEFT && alone && each.time() + distance <= watermark) {
                    alone(each);
                }
            }
            kept.removeIf(each -> each.time() + distance <= watermark);
        }

        /** A record behind the watermark may still meet another, so only records without a partner are sure. */
        @Override
        boolean isHeldBack() {
            return type == JoinType.LEFT;
        }
    }
}
