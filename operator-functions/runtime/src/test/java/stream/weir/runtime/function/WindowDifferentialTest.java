package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.runtime.function.ChainHarness.Mode;

/** Windows and sessions against plain lists of records, with shuffled times and random watermarks, one seed each. */
class WindowDifferentialTest {
    private static final int SEEDS = 60;

    @Test
    void when_records_and_watermarks_come_in_any_order_then_sliding_windows_equal_the_reference() {
        slidingWindows(SEEDS, Mode.PURE);
    }

    static void slidingWindows(int seeds, List<Mode> modes) {
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            long size = 1 + random.nextInt(40);
            long slide = random.nextInt(3) == 0 ? size : 1 + random.nextInt(30);
            long lateness = random.nextBoolean() ? 0 : random.nextInt(30);
            compare(
                    seed,
                    modes.get(seed % modes.size()),
                    random,
                    TestSteps.sliding(size, slide),
                    lateness,
                    new SlidingReference(size, slide, lateness));
        }
    }

    @Test
    void when_records_and_watermarks_come_in_any_order_then_sessions_equal_the_reference() {
        sessions(SEEDS, Mode.PURE);
    }

    static void sessions(int seeds, List<Mode> modes) {
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            long gap = 1 + random.nextInt(12);
            long lateness = random.nextBoolean() ? 0 : random.nextInt(30);
            compare(
                    seed,
                    modes.get(seed % modes.size()),
                    random,
                    TestSteps.session(gap),
                    lateness,
                    new SessionReference(gap, lateness));
        }
    }

    private static void compare(
            int seed, Mode mode, Random random, WindowSpec window, long lateness, Reference reference) {
        ChainHarness chain = ChainHarness.of(mode, TestSteps.sumOf(window, lateness));
        long watermark = -200;
        for (int i = 0; i < 200; i++) {
            String what;
            if (random.nextInt(5) == 0) {
                watermark += random.nextInt(25);
                what = "watermark " + watermark;
                chain.watermark(watermark);
                reference.watermark(watermark);
            } else {
                String key = "key" + random.nextInt(3);
                long value = random.nextInt(10);
                long time = watermark + random.nextInt(100) - 40;
                what = key + " " + value + " at " + time;
                chain.send(key, value, time);
                reference.record(key, value, time);
            }
            assertThat(chain.takenTexts())
                    .as("seed %s (%s, lateness %s, %s), call %s: %s", seed, window, lateness, mode, i, what)
                    .isEqualTo(reference.taken());
        }
        chain.end();
        reference.watermark(Long.MAX_VALUE);
        assertThat(chain.takenTexts()).as("seed %s, end", seed).isEqualTo(reference.taken());
        assertThat(chain.counted("late")).as("seed %s", seed).isEqualTo(reference.late);
        assertThat(chain.stateSize()).as("seed %s", seed).isZero();
        chain.close();
    }

    private abstract static class Reference {
        final long lateness;
        final List<String> out = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        int late;

        Reference(long lateness) {
            this.lateness = lateness;
        }

        abstract void record(String key, long value, long time);

        abstract void watermark(long newWatermark);

        boolean isOver(long end) {
            return end - 1 <= watermark;
        }

        boolean isGone(long end) {
            return end - 1 + lateness <= watermark;
        }

        void emit(String key, long start, long end, long sum) {
            out.add(key + "[" + start + "," + end + ")=" + sum + "@" + (end - 1));
        }

        List<String> taken() {
            List<String> taken = out.stream().sorted().toList();
            out.clear();
            return taken;
        }
    }

    private static final class SlidingReference extends Reference {
        private final long size;
        private final long slide;
        private final TreeMap<Long, TreeMap<String, Long>> sums = new TreeMap<>();

        SlidingReference(long size, long slide, long lateness) {
            super(lateness);
            this.size = size;
            this.slide = slide;
        }

        @Override
        void record(String key, long value, long time) {
            int windows = 0;
            int counted = 0;
            for (long start = -1000 * slide; start <= time; start += slide) {
                long end = start + size;
                if (end > time) {
                    windows++;
                    if (!isGone(end)) {
                        counted++;
                        long sum = sums.computeIfAbsent(end, each -> new TreeMap<>())
                                .merge(key, value, Long::sum);
                        if (isOver(end)) {
                            emit(key, start, end, sum);
                        }
                    }
                }
            }
            late += windows > 0 && counted == 0 ? 1 : 0;
        }

        @Override
        void watermark(long newWatermark) {
            long before = watermark;
            watermark = newWatermark;
            sums.forEach((end, keys) -> {
                if (end - 1 > before && isOver(end)) {
                    keys.forEach((key, sum) -> emit(key, end - size, end, sum));
                }
            });
        }
    }

    private static final class SessionReference extends Reference {
        private final long gap;
        private final List<Session> sessions = new ArrayList<>();

        private record Session(String key, List<Long> times, List<Long> values) {
            long start() {
                return times.stream().min(Long::compare).orElseThrow();
            }

            long last() {
                return times.stream().max(Long::compare).orElseThrow();
            }

            long sum() {
                return values.stream().mapToLong(Long::longValue).sum();
            }
        }

        SessionReference(long gap, long lateness) {
            super(lateness);
            this.gap = gap;
        }

        @Override
        void record(String key, long value, long time) {
            List<Session> near = sessions.stream()
                    .filter(session -> session.key().equals(key))
                    .filter(session -> session.times().stream().anyMatch(other -> Math.abs(other - time) < gap))
                    .toList();
            if (near.isEmpty() && isGone(time + gap)) {
                late++;
                return;
            }
            Session joined = new Session(key, new ArrayList<>(List.of(time)), new ArrayList<>(List.of(value)));
            near.forEach(session -> {
                joined.times().addAll(session.times());
                joined.values().addAll(session.values());
            });
            sessions.removeAll(near);
            sessions.add(joined);
            if (isOver(joined.last() + gap)) {
                emit(key, joined.start(), joined.last() + gap, joined.sum());
            }
        }

        @Override
        void watermark(long newWatermark) {
            long before = watermark;
            watermark = newWatermark;
            for (Session session : sessions) {
                long end = session.last() + gap;
                if (end - 1 > before && isOver(end)) {
                    emit(session.key(), session.start(), end, session.sum());
                }
            }
            sessions.removeIf(session -> isGone(session.last() + gap));
        }
    }
}
