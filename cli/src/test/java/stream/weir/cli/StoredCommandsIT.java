package stream.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.cli.answer.Json;
import stream.weir.cli.answer.Value;

/** Commands that look into a store, beside no running job. */
final class StoredCommandsIT {
    @TempDir
    private Path folder;

    /** Runs a pipeline to its end, and returns its file. */
    private Path completed(String backend) throws Exception {
        Files.writeString(folder.resolve("orders.csv"), """
            customer,amount,at
            ann,10,2026-01-01T00:00:00Z
            bob,5,2026-01-01T00:01:00Z
            ann,7,2026-01-01T00:02:00Z
            """);
        Path file = folder.resolve("orders.yaml");
        Files.writeString(file, """
            apiVersion: weir.stream/v1alpha1
            kind: StreamPipeline
            metadata: {name: orders}
            spec:
              checkpoint: {interval: 50ms, snapshots: {uri: "file:data"}}
              state: {backend: %s}
              stages:
                - name: orders
                  source:
                    file: {path: orders.csv, format: csv, schema: {customer: string, amount: int, at: timestamp}}
                    eventTime: {field: at}
                - name: totals
                  replicas: 2
                  inputs: [{from: orders, keyBy: [customer]}]
                  steps:
                    - deduplicate: {by: [amount]}
                    - aggregate: {fields: {n: {count: "*"}, total: {sum: amount}, most: {max: amount}}}
                  sink: {file: {path: out, format: csv}}
            """.formatted(backend));
        Cli run = Cli.weir("run", "--work-dir", folder.resolve("work").toString(), file.toString());
        assertThat(run.code()).as(run.err()).isZero();
        return file;
    }

    private static List<Value> entries(Cli read) {
        return read.out().lines().map(StoredCommandsIT::json).toList();
    }

    private static Value json(String text) {
        try {
            return Json.read(text);
        } catch (java.io.IOException e) {
            throw new AssertionError(text, e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Memory", "Filesystem", "RocksDB"})
    void when_a_state_is_read_then_each_key_is_a_line_whichever_backend_wrote_it(String backend) throws Exception {
        // given
        Path file = completed(backend);
        // when
        Cli read = Cli.weir("state", "read", file.toString(), "newest", "totals", "aggregate/aggregate");
        // then
        assertThat(read.code()).as(read.err()).isZero();
        assertThat(entries(read))
                .extracting(
                        entry -> entry.at("key").at("customer").text(),
                        entry -> entry.at("value").at("n").whole(),
                        entry -> entry.at("value").at("total").at("sum").whole(),
                        entry -> entry.at("value").at("most").whole())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("ann", 2L, 17L, 10L),
                        org.assertj.core.groups.Tuple.tuple("bob", 1L, 5L, 5L));
    }

    @Test
    void when_a_file_has_several_regions_then_the_checkpoints_of_each_are_shown() throws Exception {
        // given
        Path file = completed("Memory");
        String text = Files.readString(file);
        Path other = Files.writeString(
                folder.resolve("other.yaml"),
                text.replace("name: orders}", "name: orders-totals}").replace("path: out", "path: other"));
        assertThat(Cli.weir("run", "--work-dir", folder.resolve("work").toString(), other.toString())
                        .code())
                .isZero();
        Files.writeString(
                file,
                text.replace(
                        "{from: orders, keyBy: [customer]}",
                        "{from: orders, durable: {kafka: {brokers: \"localhost:1\", topic: edge}}}"));
        // when
        Cli lines = Cli.weir("checkpoints", file.toString());
        Cli data = Cli.weir("checkpoints", file.toString(), "-o", "json");
        // then
        assertThat(lines.out()).contains("region orders\n", "region orders-totals\n");
        assertThat(json(data.out()).items())
                .extracting(
                        region -> region.at("region").text(),
                        region -> region.at("checkpoints").items().isEmpty())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("orders", false),
                        org.assertj.core.groups.Tuple.tuple("orders-totals", false));
        // when
        long newest = json(data.out())
                .items()
                .getFirst()
                .at("checkpoints")
                .items()
                .getLast()
                .at("id")
                .whole();
        Cli one = Cli.weir("checkpoints", file.toString(), String.valueOf(newest), "-o", "json");
        // then
        assertThat(one.code()).as(one.err()).isZero();
        assertThat(one.out()).contains("\"replicas\"");
    }

    @Test
    void when_one_key_is_asked_for_then_only_that_one_is_printed() throws Exception {
        // given
        Path file = completed("RocksDB");
        // when
        Cli one = Cli.weir(
                "state",
                "read",
                file.toString(),
                "newest",
                "totals",
                "aggregate/aggregate",
                "--key",
                "{\"customer\":\"bob\"}");
        Cli none = Cli.weir("state", "read", file.toString(), "newest", "totals", "aggregate/nothing");
        // then
        assertThat(entries(one)).singleElement().satisfies(entry -> assertThat(
                        entry.at("key").at("customer").text())
                .isEqualTo("bob"));
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err())
                .contains("has no state aggregate/nothing; there are")
                .contains("aggregate/aggregate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Memory", "Filesystem", "RocksDB"})
    void when_a_savepoint_is_read_then_its_state_is_there_without_the_checkpoint_it_was_made_of(String backend)
            throws Exception {
        // given
        Path file = completed(backend);
        Cli.weir("savepoint", file.toString(), "before-upgrade");
        deleteAll(folder.resolve("data/orders/files"));
        deleteAll(folder.resolve("data/orders/checkpoints"));
        // when
        Cli read = Cli.weir("state", "read", file.toString(), "before-upgrade", "totals", "aggregate/aggregate");
        Cli byPlace = Cli.weir(
                "state",
                "read",
                "file:" + folder.resolve("data/orders"),
                "savepoints/before-upgrade",
                "totals",
                "aggregate/aggregate");
        Cli none = Cli.weir("state", "read", file.toString(), "after-upgrade", "totals", "aggregate/aggregate");
        // then
        assertThat(read.code()).as(read.err()).isZero();
        assertThat(entries(read))
                .extracting(entry -> entry.at("key").at("customer").text())
                .containsExactlyInAnyOrder("ann", "bob");
        assertThat(byPlace.out()).isEqualTo(read.out());
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("no savepoint after-upgrade; there are [before-upgrade]");
    }

    private static void deleteAll(Path folder) throws java.io.IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path each : files.toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    @Test
    void when_checkpoints_are_asked_for_as_json_then_they_have_the_fields_of_the_rest_interface() throws Exception {
        // given
        Path file = completed("RocksDB");
        // when
        Value all = json(Cli.weir("checkpoints", file.toString(), "-o", "json").out());
        long newest = all.at("checkpoints").items().getLast().at("id").whole();
        Value one = json(Cli.weir("checkpoints", file.toString(), Long.toString(newest), "-o", "json")
                .out());
        // then
        assertThat(all.at("checkpoints").items().getLast().at("kind").text()).isEqualTo("FINAL");
        assertThat(one.at("replicas").items()).hasSize(3);
        assertThat(one.at("stages").items())
                .anyMatch(stage -> stage.at("stage").text().equals("totals"));
    }

    @Test
    void when_a_checkpoint_is_looked_at_then_the_size_of_each_state_is_told() throws Exception {
        // given
        Path file = completed("RocksDB");
        long newest = json(Cli.weir("checkpoints", file.toString(), "-o", "json")
                        .out())
                .at("checkpoints")
                .items()
                .getLast()
                .at("id")
                .whole();
        // when
        Cli text = Cli.weir("checkpoints", file.toString(), Long.toString(newest));
        Value one = json(Cli.weir("checkpoints", file.toString(), Long.toString(newest), "-o", "json")
                .out());
        // then
        assertThat(text.out()).containsPattern("totals/aggregate/aggregate: .*, about [0-9.]+ [KMG]?i?B");
        assertThat(one.at("replicas").items())
                .filteredOn(replica -> replica.at("stage").text().equals("totals"))
                .allSatisfy(replica -> assertThat(replica.at("states").items())
                        .anyMatch(size -> size.at("state").text().equals("aggregate/aggregate")
                                && size.at("estimated").isSet()
                                && size.at("bytes").isThere()));
    }

    @Test
    void when_collection_is_tried_then_what_would_go_is_named_and_stays() throws Exception {
        // given
        Path file = completed("Filesystem");
        Path left = folder.resolve("data/orders/files/left-over");
        Files.writeString(left, "nobody names this");
        Files.setLastModifiedTime(left, java.nio.file.attribute.FileTime.fromMillis(0));
        // when
        Cli tried = Cli.weir("gc", "--dry-run", file.toString(), "-o", "json");
        Cli asText = Cli.weir("gc", "--dry-run", "file:" + folder.resolve("data/orders"));
        Cli refused = Cli.weir("gc", file.toString());
        // then
        assertThat(json(tried.out()).at("files").items()).containsExactly(Value.of("files/left-over"));
        assertThat(json(tried.out()).at("bytes").whole()).isEqualTo(17);
        assertThat(json(tried.out()).at("keptBytes").whole()).isPositive();
        assertThat(asText.out()).contains("1 files would be deleted, 17 B");
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(left).exists();
    }

    @Test
    void when_a_savepoint_is_made_of_what_is_stored_then_it_is_listed() throws Exception {
        // given
        Path file = completed("Memory");
        // when
        Cli made = Cli.weir("savepoint", file.toString(), "before-upgrade", "-o", "yaml");
        Cli listed = Cli.weir("checkpoints", file.toString());
        // then
        assertThat(made.out()).contains("savepoint: before-upgrade");
        assertThat(listed.out()).contains("savepoint before-upgrade: checkpoint");
    }

    @Test
    void when_a_file_is_checked_then_problems_are_told_to_programs_as_well() throws Exception {
        // given
        Path file = completed("Memory");
        Path broken = folder.resolve("broken.yaml");
        Files.writeString(broken, Files.readString(file).replace("replicas: 2", "replcas: 2"));
        // when
        Cli sound = Cli.weir("check", file.toString(), "-o", "json");
        Cli wrong = Cli.weir("check", broken.toString(), "-o", "json");
        // then
        assertThat(json(sound.out()).at("problems").items()).isEmpty();
        assertThat(wrong.code()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(json(wrong.out())
                        .at("problems")
                        .items()
                        .getFirst()
                        .at("path")
                        .text())
                .contains("replcas");
    }

    @Test
    void when_a_job_is_asked_what_only_a_store_knows_then_it_says_what_to_give() {
        // when
        Cli state = Cli.weir("state", "read", "http://localhost:1", "newest", "a", "b/c");
        Cli status = Cli.weir("status", "file:somewhere/orders");
        // then
        assertThat(state.code()).isEqualTo(ExitCode.USAGE);
        assertThat(state.err()).contains("give the pipeline's file");
        assertThat(status.err()).contains("give the name of a pipeline on Kubernetes");
    }
}
