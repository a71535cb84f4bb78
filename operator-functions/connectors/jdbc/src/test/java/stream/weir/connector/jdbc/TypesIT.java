package stream.weir.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.connector.jdbc.SinkRig.Replica;
import stream.weir.testservers.PostgresServer;

/** Fields and columns: what fits, and what is told where it does not. */
class TypesIT {
    private static final RowType ALL = new RowType(List.of(
            new RowType.Column("id", Primitive.STRING),
            new RowType.Column("small", Primitive.INT64),
            new RowType.Column("whole", Primitive.INT64),
            new RowType.Column("big", Primitive.INT64),
            new RowType.Column("num", Primitive.DOUBLE),
            new RowType.Column("dbl", Primitive.DOUBLE),
            new RowType.Column("flag", Primitive.BOOL),
            new RowType.Column("at", Primitive.TIMESTAMP),
            new RowType.Column("local", Primitive.TIMESTAMP),
            new RowType.Column("raw", Primitive.BYTES),
            new RowType.Column("short", Primitive.STRING),
            new RowType.Column("doc", new Schema.ListOf(Primitive.STRING)),
            new RowType.Column("map", new Schema.MapOf(Primitive.STRING, Primitive.INT64))));
    private static final String COLUMNS = """
            id uuid PRIMARY KEY, small smallint, whole integer, big bigint, num numeric(6,2), dbl float8, flag boolean,
            at timestamptz, local timestamp, raw bytea, short varchar(3), doc jsonb, map json""";
    private static final String ID = "11111111-2222-3333-4444-555555555555";

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsPostgres() {
        assumeTrue(PostgresServer.whyNotAvailable().isEmpty(), () -> PostgresServer.whyNotAvailable()
                .orElse(""));
    }

    @Test
    void when_rows_have_all_types_then_they_come_out_as_they_went_in() throws Exception {
        // given
        Table table = Table.of(COLUMNS);
        try (Replica replica = rig(table, ALL, "id").first()) {
            // when
            replica.commit(replica.write(full()).checkpoint(1));
        }

        // then
        assertThat(table.query(
                        "SELECT id, small, whole, big, num, dbl, flag, at AT TIME ZONE 'UTC', local, encode(raw, 'hex'),"
                                + " short, doc, map FROM t"))
                .containsExactly(
                        ID + "|-3|70000|9000000000|1234.57|0.1|t|2024-02-29 12:00:00.123456|2024-02-29 12:00:00.123456"
                                + "|00ff|äöü|[\"x\", \"y\\\"\"]|{\"n\":1}");
    }

    @Test
    void when_values_are_null_then_so_are_the_columns() throws Exception {
        // given
        Table table = Table.of(COLUMNS);
        @Nullable Object[] values = new @Nullable Object[ALL.size()];
        values[0] = ID;
        try (Replica replica = rig(table, ALL, "id").first()) {
            // when
            replica.commit(replica.write(full()).write(Row.of(ALL, values)).checkpoint(1));
        }

        // then
        assertThat(table.rows()).containsExactly(ID + "|null".repeat(12));
    }

    private static Row full() {
        Instant at = Instant.parse("2024-02-29T12:00:00.123456Z");
        return Row.of(
                ALL,
                ID,
                -3L,
                70_000L,
                9_000_000_000L,
                1234.567,
                0.1,
                true,
                at,
                at,
                Bytes.of((byte) 0, (byte) -1),
                "äöü",
                List.of("x", "y\""),
                Map.of("n", 1L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            small | 40000      | is 40000, the column is smallint
            whole | 3000000000 | is 3000000000, the column is integer
            """)
    void when_a_number_is_too_large_then_the_row_is_refused_before_the_checkpoint(
            String field, long value, String reason) throws Exception {
        refuses(field, value, reason);
    }

    @Test
    void when_a_value_has_no_place_then_the_row_is_refused_before_the_checkpoint() throws Exception {
        refuses("num", 99999.0, "is 99999.0, the column is numeric(6,2)");
        refuses("num", Double.NaN, "is NaN, the column is numeric(6,2)");
        refuses("short", "äöüß", "has 4 characters, the column is character varying(3)");
        refuses("short", "a\0", "holds the character 0");
        refuses("doc", List.of("a\0"), "holds the character 0");
        refuses("id", "no uuid", "is \"no uuid\", which is no UUID");
        refuses("id", null, "is null, but is part of the key");
        refuses("at", Instant.MAX, "beyond what the database can hold");
    }

    private void refuses(String field, @Nullable Object value, String reason) throws Exception {
        Table table = Table.of(COLUMNS);
        @Nullable Object[] values = new @Nullable Object[ALL.size()];
        Arrays.setAll(values, full()::get);
        values[ALL.indexOf(field)] = value;
        try (Replica replica = rig(table, ALL, "id").first()) {
            assertThatThrownBy(() -> replica.write(Row.of(ALL, values)))
                    .isInstanceOf(JdbcProblemException.class)
                    .hasMessageContaining("the field " + field + " ")
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void when_the_table_does_not_fit_then_all_reasons_are_told_at_once() throws Exception {
        // given
        Table table =
                Table.of("k integer, \"V\" text, made bigint GENERATED ALWAYS AS (1) STORED, needed text NOT NULL");
        RowType rows = new RowType(List.of(
                new RowType.Column("k", Primitive.STRING),
                new RowType.Column("v", Primitive.STRING),
                new RowType.Column("made", Primitive.INT64)));

        // when, then
        assertThatThrownBy(() -> rig(table, rows, "k").first())
                .hasMessageContaining("The field k is a string, the column is integer; it has to be text")
                .hasMessageContaining("There is no column v, did you mean V?")
                .hasMessageContaining("The column made is generated")
                .hasMessageContaining("The column needed is NOT NULL and has no default")
                .hasMessageContaining("CREATE UNIQUE INDEX ON \"t\" (\"k\")");
    }

    @Test
    void when_there_is_no_such_table_then_the_nearest_is_named() throws Exception {
        // given
        Table table = Table.of("k text PRIMARY KEY, v bigint");
        table.run("ALTER TABLE t RENAME TO totals");
        JdbcSettings of = SinkRig.settings(table, SinkRig.ROWS, "k");
        JdbcSettings misspelled = new JdbcSettings(
                of.url(),
                of.credentials(),
                TableName.parse("total"),
                of.commits(),
                of.key(),
                of.rows(),
                of.batchSize(),
                of.timeout(),
                of.beyond());

        // when, then
        assertThatThrownBy(() -> new SinkRig("orders", folder, misspelled).first())
                .hasMessageContaining("There is no table total, did you mean totals?");
    }

    @Test
    void when_a_table_would_not_survive_a_crash_then_it_is_refused() throws Exception {
        Table table = Table.of("k text PRIMARY KEY, v bigint");
        table.run("ALTER TABLE t SET UNLOGGED");
        assertThatThrownBy(() -> rig(table, SinkRig.ROWS, "k").first()).hasMessageContaining("is UNLOGGED");
    }

    @Test
    void when_all_fields_are_the_key_then_a_repeated_row_is_left_as_it_is() throws Exception {
        Table table = Table.of("k text, v bigint, PRIMARY KEY (k, v)");
        try (Replica replica = rig(table, SinkRig.ROWS, "v", "k").first()) {
            replica.commit(replica.write("a", 1).write("a", 1).write("a", 2).checkpoint(1));
        }
        assertThat(table.rows()).containsExactly("a|1", "a|2");
    }

    private SinkRig rig(Table table, RowType rows, String... key) {
        return new SinkRig("orders", folder.resolve(table.schema()), SinkRig.settings(table, rows, key));
    }
}
