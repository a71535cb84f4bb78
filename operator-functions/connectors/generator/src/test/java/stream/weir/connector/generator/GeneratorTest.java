package stream.weir.connector.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Bytes;
import stream.weir.api.connector.Options;
import stream.weir.api.row.Row;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;
import stream.weir.api.source.SourceReader.Status;

class GeneratorTest {
    private static final Map<String, Object> FIELDS = fields();

    private static Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", Map.of("sequence", 0L));
        fields.put("user", Map.of("random", 1000L, "prefix", "user-"));
        fields.put("amount", Map.of("randomDouble", List.of(0L, 100.0)));
        fields.put("kind", Map.of("oneOf", List.of("a", "b"), "nulls", 0.25));
        fields.put("at", Map.of("time", Map.of("start", "2024-01-01T00:00:00Z", "step", "10ms", "jitter", "5s")));
        return fields;
    }

    private record Context(int replica, int replicas, Map<String, Bytes> restored) implements SourceContext {
        @Override
        public boolean owns(String split) {
            return Math.floorMod(split.hashCode(), replicas) == replica;
        }

        @Override
        public InstantSource clock() {
            return () -> Instant.EPOCH;
        }
    }

    private static final class Rows implements SourceOutput<Row>, SourceOutput.Split<Row> {
        private final List<Row> rows = new ArrayList<>();

        @Override
        public Split<Row> split(String name) {
            return this;
        }

        @Override
        public void emit(Row value) {
            rows.add(value);
        }

        @Override
        public void emit(Row value, long timestamp) {
            throw new AssertionError();
        }

        @Override
        public void malformed(String position, byte[] raw, String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void end() {}
    }

    private static List<Row> all(OptionalLong count, long seed) throws Exception {
        Rows out = new Rows();
        SourceReader<Row> reader = GeneratorSource.of(FIELDS, count, seed).open(new Context(0, 1, Map.of()));
        while (reader.poll(100, out) == Status.MORE) {}
        return out.rows;
    }

    @Test
    void when_one_replica_reads_then_records_come_in_order() throws Exception {
        // when
        List<Row> rows = all(OptionalLong.of(1000), 7);

        // then
        assertThat(rows).hasSize(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(rows.get(i).get("id")).isEqualTo((long) i);
        }
        assertThat(rows.stream().filter(row -> row.get("kind") == null).count()).isBetween(200L, 300L);
        assertThat(rows).allSatisfy(row -> {
            assertThat((String) row.get("user")).matches("user-\\d{1,3}");
            assertThat((Double) row.get("amount")).isBetween(0.0, 100.0);
            Instant tick = Instant.parse("2024-01-01T00:00:00Z")
                    .plusMillis(10 * Long.parseLong(String.valueOf(row.get("id"))));
            assertThat((Instant) row.get("at")).isBetween(tick.minusSeconds(5), tick);
        });
    }

    @Test
    void when_seed_is_the_same_then_records_are_the_same_and_else_not() throws Exception {
        assertThat(all(OptionalLong.of(100), 7)).isEqualTo(all(OptionalLong.of(100), 7));
        assertThat(all(OptionalLong.of(100), 7)).isNotEqualTo(all(OptionalLong.of(100), 8));
    }

    @Test
    void when_values_are_made_by_a_later_version_then_they_are_these() throws Exception {
        assertThat(all(OptionalLong.of(2), 42).toString())
                .isEqualTo(
                        "[{id: 0, user: user-56, amount: 25.325884880617267, kind: b, at: 2023-12-31T23:59:58.928Z}, "
                                + "{id: 1, user: user-6, amount: 60.16706692550519, kind: a, at: 2023-12-31T23:59:59.128Z}]");
    }

    @Test
    void when_restored_at_any_cut_with_any_number_of_replicas_then_every_record_comes_exactly_once() throws Exception {
        List<Row> expected = all(OptionalLong.of(5000), 1);
        for (int seed = 0; seed < 30; seed++) {
            // given
            Random random = new Random(seed);
            Rows out = new Rows();
            Map<String, Bytes> positions = Map.of();

            // when
            boolean more = true;
            while (more) {
                more = false;
                int replicas = 1 + random.nextInt(5);
                Map<String, Bytes> taken = new HashMap<>();
                for (int replica = 0; replica < replicas; replica++) {
                    SourceReader<Row> reader = GeneratorSource.of(FIELDS, OptionalLong.of(5000), 1)
                            .open(new Context(replica, replicas, positions));
                    more |= reader.poll(1 + random.nextInt(2000), out) == Status.MORE;
                    taken.putAll(reader.positions());
                    int covered = out.rows.size();
                    reader.poll(100, out); // behind the checkpoint: lost with the crash
                    out.rows.subList(covered, out.rows.size()).clear();
                }
                positions = taken;
            }

            // then
            assertThat(out.rows).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void when_there_is_no_count_then_there_is_no_end() throws Exception {
        // given
        SourceReader<Row> reader =
                GeneratorSource.of(FIELDS, OptionalLong.empty(), 0).open(new Context(0, 1, Map.of()));

        // when
        Rows out = new Rows();
        Status status = reader.poll(100_000, out);

        // then
        assertThat(status).isEqualTo(Status.MORE);
        assertThat(out.rows).hasSize(100_000);
    }

    @Test
    void when_splits_are_others_than_in_the_checkpoint_then_restoring_is_refused() throws Exception {
        // given
        SourceReader<Row> reader =
                GeneratorSource.of(FIELDS, OptionalLong.empty(), 0).open(new Context(0, 1, Map.of()));
        Options other = new Options(Map.of("fields", FIELDS, "seed", 0L, "splits", 8L));

        // then
        assertThatThrownBy(
                        () -> new GeneratorSourceConnector().create(other).open(new Context(0, 1, reader.positions())))
                .hasMessageContaining("taken with splits: 32, the pipeline has splits: 8 now");
    }

    @Test
    void when_rules_are_wrong_then_each_says_why() {
        wrong(3L, "needs a rule such as {sequence: 0}; 3 is none");
        wrong(Map.of(), "needs exactly one rule of");
        wrong(Map.of("sequence", 0L, "random", 3L), "needs exactly one rule of");
        wrong(Map.of("sequences", 0L), "found [sequences]");
        wrong(Map.of("sequence", "x"), "sequence is the first number, or {from: 0, step: 1}, not x");
        wrong(Map.of("random", 0L), "random is a bound above 0, or [from, to] with from below to, not 0");
        wrong(Map.of("random", List.of(5L, 5L)), "with from below to, not [5, 5]");
        wrong(Map.of("randomDouble", List.of(1L)), "randomDouble is [from, to] with from below to, not [1]");
        wrong(Map.of("randomBool", 2L), "from 0 to 1, not 2");
        wrong(Map.of("randomText", -1L), "randomText is a length from 0 to 1048576, not -1");
        wrong(Map.of("oneOf", List.of()), "oneOf is a list of at least one value, not []");
        wrong(Map.of("oneOf", List.of("a", 1L)), "all strings, all numbers or all bools, not [a, 1]");
        wrong(Map.of("time", Map.of("step", "1s")), "time needs a start such as 2024-01-01T00:00:00Z, not null");
        wrong(
                Map.of("time", Map.of("start", "2024-01-01T00:00:00Z", "step", "1x")),
                "are durations such as 10ms or 5s");
        wrong(Map.of("random", 5L, "nulls", 2L), "nulls is the share of nulls, from 0 to 1, not 2");
    }

    private static void wrong(Object rule, String why) {
        Options options = new Options(Map.of("fields", Map.of("f", rule), "seed", 0L, "splits", 8L));
        assertThat(new GeneratorSourceConnector().problems(options))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("The field f ")
                .contains(why);
    }
}
