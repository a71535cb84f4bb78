package stream.weir.runtime.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random streams with barriers, cancel markers, ends, announcements and aborts, and a replica that is now and then not ready.
 * Whatever comes out is held against what alignment promises.
 */
final class AlignmentPropertyTest {
    private static final int SEEDS = 1_000;
    private static final int CHECKPOINTS = 12;

    @Test
    void when_streams_are_random_then_exactly_once_promises_hold() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int inputs = 1 + random.nextInt(5);
            long maxBytes = random.nextBoolean() ? -1 : 100 + random.nextInt(600);
            new Course(seed, random, inputs, new ExactlyOnceAlignment(inputs, maxBytes)).runAndVerify(true);
        }
    }

    @Test
    void when_streams_are_random_then_at_least_once_promises_hold() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int inputs = 1 + random.nextInt(5);
            new Course(seed, random, inputs, new AtLeastOnceAlignment(inputs)).runAndVerify(false);
        }
    }

    /** One seed's run. A record is named {@code r<input>-<number>-<newest barrier before it>}. */
    private static final class Course {
        private final String label;
        private final Random random;
        private final List<Queue<String>> streams = new ArrayList<>();
        private final AlignmentScript script;
        private final List<String> records = new ArrayList<>();
        private final Set<Long> skippedSomewhere = new HashSet<>();
        private final Set<Long> sentAsBarrier = new HashSet<>();
        private final Set<Long> aborted = new HashSet<>();
        private final List<String> out = new ArrayList<>();
        private long announced;

        Course(long seed, Random random, int inputs, Alignment alignment) {
            this.label = "seed " + seed;
            this.random = random;
            for (int input = 0; input < inputs; input++) {
                streams.add(stream(input));
            }
            this.script = new AlignmentScript(AlignedInputs.of(inputs, alignment, FramesInMemory.forInputs(inputs)));
        }

        private Queue<String> stream(int input) {
            Queue<String> stream = new ArrayDeque<>();
            long barrier = 0;
            int last = 1 + random.nextInt(CHECKPOINTS);
            for (int checkpoint = 1, number = 0; checkpoint <= last; checkpoint++) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    stream.add(input + ":r" + input + "-" + number++ + "-" + barrier);
                }
                int dice = random.nextInt(20);
                if (dice == 0) {
                    skippedSomewhere.add((long) checkpoint);
                } else if (dice == 1) {
                    stream.add(input + ":C" + checkpoint);
                } else {
                    stream.add(input + ":B" + checkpoint);
                    sentAsBarrier.add((long) checkpoint);
                    barrier = checkpoint;
                }
            }
            stream.add(input + ":E");
            stream.stream().filter(event -> event.contains(":r")).forEach(records::add);
            return stream;
        }

        void runAndVerify(boolean exactlyOnce) {
            while (streams.stream().anyMatch(stream -> !stream.isEmpty())) {
                step();
            }
            drain();
            verifyRecordsInOrder();
            verifySettledOnce();
            if (exactlyOnce) {
                verifyNothingOvertakesItsBarrier();
                verifyMarkersGrow();
            }
        }

        private void step() {
            int dice = random.nextInt(100);
            if (dice < 4 && announced < CHECKPOINTS) {
                script.put("N" + ++announced);
            } else if (dice == 4 && announced > 0) {
                long victim = announced - random.nextInt((int) Math.min(3, announced));
                aborted.add(victim);
                script.put("A" + victim);
            } else if (dice < 60) {
                Queue<String> stream = streams.get(random.nextInt(streams.size()));
                if (!stream.isEmpty()) {
                    script.put(stream.remove());
                }
            } else {
                script.next().ifPresent(out::add);
            }
        }

        private void drain() {
            for (var turn = script.next(); turn.isPresent(); turn = script.next()) {
                out.add(turn.get());
            }
        }

        private void verifyRecordsInOrder() {
            for (int input = 0; input < streams.size(); input++) {
                String prefix = input + ":r";
                assertThat(out.stream().filter(turn -> turn.startsWith(prefix)))
                        .as(label)
                        .containsExactlyElementsOf(records.stream()
                                .filter(event -> event.startsWith(prefix))
                                .toList());
            }
        }

        /** Snapshot or decline, and never a cancel marker beside a snapshot. */
        private void verifySettledOnce() {
            Map<Long, Integer> decided = count("SD");
            Map<Long, Integer> marked = count("SX");
            assertThat(decided.values()).as(label).allMatch(times -> times == 1);
            assertThat(marked.values()).as(label).allMatch(times -> times == 1);
            sentAsBarrier.stream()
                    .filter(checkpoint -> !skippedSomewhere.contains(checkpoint) && !aborted.contains(checkpoint))
                    .forEach(checkpoint ->
                            assertThat(decided).as("%s: %s", label, out).containsKey(checkpoint));
        }

        /** Once a record behind barrier n of its input is read, no snapshot n, or of an older one, may follow. */
        private void verifyNothingOvertakesItsBarrier() {
            long behind = 0;
            for (String turn : out) {
                if (turn.contains(":r")) {
                    behind = Math.max(behind, Long.parseLong(turn.substring(turn.lastIndexOf('-') + 1)));
                } else if (turn.charAt(0) == 'S') {
                    assertThat(checkpoint(turn)).as("%s: %s", label, out).isGreaterThan(behind);
                }
            }
        }

        /** What goes to the outputs has to be in the order of ids there, too. */
        private void verifyMarkersGrow() {
            long last = 0;
            for (String turn : out) {
                if (turn.charAt(0) == 'S' || turn.charAt(0) == 'X') {
                    assertThat(checkpoint(turn)).as("%s: %s", label, out).isGreaterThan(last);
                    last = checkpoint(turn);
                }
            }
        }

        private Map<Long, Integer> count(String kinds) {
            Map<Long, Integer> times = new HashMap<>();
            out.stream()
                    .filter(turn -> kinds.indexOf(turn.charAt(0)) >= 0)
                    .forEach(turn -> times.merge(checkpoint(turn), 1, Integer::sum));
            return times;
        }

        private static long checkpoint(String turn) {
            return Long.parseLong(turn.substring(1).split("[@:]")[0]);
        }
    }
}
