package stream.weir.coordinator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateSize;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;

class ManifestJsonTest {
    private static final String NAME = "checkpoints/0000000042.json";

    @Test
    void when_written_then_the_document_is_the_golden_one() throws IOException {
        assertThat(text(ManifestJson.write(everything()))).isEqualTo(golden("manifest.json"));
        assertThat(text(ManifestJson.write(aborted()))).isEqualTo(golden("aborted.json"));
    }

    @Test
    void when_the_golden_document_is_read_then_it_writes_the_same_again() throws IOException {
        for (String file : List.of("manifest.json", "aborted.json")) {
            Entry entry = ManifestJson.read(NAME, golden(file).getBytes(UTF_8));

            assertThat(text(ManifestJson.write(entry))).isEqualTo(golden(file));
        }
        Manifest read = ((Entry.Complete)
                        ManifestJson.read(NAME, golden("manifest.json").getBytes(UTF_8)))
                .manifest();
        assertThat(read.objects()).hasSize(3).contains(new StoredObject("files/b", 4096, 0x0000beef));
        assertThat(((StateHandle.Inline) read.replicas().get(1).keyed().getFirst()).content())
                .containsExactly(1, 2, -1);
    }

    @Test
    void when_written_before_there_were_times_to_the_barrier_then_it_is_read_and_writes_the_same_again()
            throws IOException {
        String old = golden("manifest-without-barrier-times.json");

        Entry entry = ManifestJson.read(NAME, old.getBytes(UTF_8));

        assertThat(text(ManifestJson.write(entry))).isEqualTo(old);
        assertThat(((Entry.Complete) entry).manifest().replicas().getFirst().times())
                .isEqualTo(new SnapshotTimes(0, 1, 2, 3, 0, 4, 5, 6, "read-0->count-0"));
        assertThat(((Entry.Complete) entry).manifest().replicas().getFirst().states())
                .as("sizes came later still")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"formatVersion\" : 1        | \"formatVersion\" : 2      | $.formatVersion           | written by a newer Weir",
                "\"formatVersion\" : 1        | \"version\" : 1            | $.formatVersion           | missing, found field 'version'",
                "\"checkpoint\" : 42          | \"checkpoint\" : 43        | CRC32C                    | changed after it was written",
                "\"checkpoint\" : 42          | \"checkpoint\" : \"42\"    | $.manifest.checkpoint     | expected a whole number, found value string",
                "\"checkpoint\" : 42          | \"checkpoint\" : 42.5      | $.manifest.checkpoint     | expected a whole number, found value number float",
                "\"checkpoint\" : 42          | \"checkpoint\" : 99999999999999999999 | $.manifest.checkpoint | out of range",
                "\"maxParallelism\" : 128     | \"maxParallelism\" : 99999999999 | $.manifest.maxParallelism | out of range",
                "\"run\" : 7,                 | ~~                         | $.manifest.run            | missing, found field 'term'",
                "\"run\" : 7,                 | \"run\" : 7, \"x\" : 1,    | $.manifest.term           | missing, found field 'x'",
                "\"kind\" : \"PERIODIC\"      | \"kind\" : \"SOMETIMES\"   | $.manifest.kind           | 'SOMETIMES' is none of",
                "\"finished\" : true          | \"finished\" : 1           | $.manifest.replicas[1].finished | expected true or false",
                "\"path\" : \"000012.sst\"    | \"path\" : null            | $.manifest.replicas[0].keyed[0].files[0].path | expected a string, found value null",
                "\"type\" : \"rocksDb\"       | \"type\" : \"levelDb\"     | $.manifest.replicas[0].keyed[0].type | 'levelDb' is none of",
                "\"0000beef\"                 | \"beef\"                   | crc32c                    | 8 hexadecimal digits",
                "\"AQL/\"                     | \"A\"                      | $.manifest.replicas[1].keyed[0].content | base64",
                "\"last\" : 63 | \"last\" : -5 | $.manifest.replicas[0].keyGroups | no range of key groups: 0 to -5",
                "\"lastInput\" : \"read-0->count-0\" | \"lastInput\" : \"x\", \"more\" : 1 | $.manifest.replicas[0].times | unexpected field 'more'",
                "\"manifest\" : {             | \"run\" : {                | $.run                     | where a manifest or an aborted checkpoint has to be",
            })
    void when_edited_by_hand_then_the_error_names_object_path_and_problem(
            String before, String after, String path, String problem) throws IOException {
        String golden = golden("manifest.json");
        assertThat(golden).contains(before);

        assertThatThrownBy(() -> ManifestJson.read(
                        NAME,
                        golden.replaceFirst(Pattern.quote(before), Matcher.quoteReplacement(after))
                                .getBytes(UTF_8)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContainingAll(NAME, path, problem);
    }

    @Test
    void when_only_the_layout_differs_then_it_is_the_same_document() throws IOException {
        String compact = golden("manifest.json").replaceAll("\n *", " ");

        assertThat(text(ManifestJson.write(ManifestJson.read(NAME, compact.getBytes(UTF_8)))))
                .isEqualTo(golden("manifest.json"));
    }

    @Test
    void when_empty_or_cut_off_anywhere_or_followed_by_more_then_refused() throws IOException {
        byte[] whole = golden("manifest.json").getBytes(UTF_8);

        assertThatThrownBy(() -> ManifestJson.read(NAME, new byte[0])).hasMessage(NAME + " is empty");
        for (int length = 1; length < whole.length - 2; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ManifestJson.read(NAME, cut))
                    .isInstanceOf(InvalidDocumentException.class)
                    .hasMessageContaining(NAME);
        }
        assertThatThrownBy(() -> ManifestJson.read(NAME, (golden("manifest.json") + "{}").getBytes(UTF_8)))
                .hasMessageContaining("after the end");
    }

    @Test
    void when_any_byte_is_flipped_then_refused_unless_only_layout_changed() throws IOException {
        byte[] whole = golden("manifest.json").getBytes(UTF_8);
        Random random = new Random(1);
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= (byte) (1 << random.nextInt(8));
            try {
                Entry read = ManifestJson.read(NAME, flipped);
                assertThat(ManifestJson.write(read)).as("byte %s", i).isEqualTo(whole);
            } catch (InvalidDocumentException e) {
                assertThat(e).hasMessageContaining(NAME);
            }
        }
    }

    private static Entry.Aborted aborted() {
        return new Entry.Aborted("orders", 42, 7, 12, CheckpointFailure.TIMED_OUT);
    }

    static Entry.Complete everything() {
        KeyGroupRange low = new KeyGroupRange(0, 63);
        KeyGroupRange high = new KeyGroupRange(64, 127);
        return new Entry.Complete(new Manifest(
                "orders",
                42,
                7,
                12,
                1_767_225_600_000L,
                850,
                CheckpointKind.PERIODIC,
                128,
                List.of(
                        new StageSchema("read", 1, List.of()),
                        new StageSchema(
                                "count",
                                2,
                                List.of(new StageSchema.StateSchema("sum/total", "value", "string -> int")))),
                List.of(
                        new ReplicaSnapshot(
                                "count",
                                0,
                                low,
                                false,
                                List.of(
                                        new StateHandle.RocksDb(
                                                low,
                                                List.of(
                                                        new StateHandle.RocksDbFile(
                                                                "000012.sst",
                                                                new StoredObject("files/a", 1 << 20, 0xdeadbeef)),
                                                        new StateHandle.RocksDbFile(
                                                                "MANIFEST-000004",
                                                                new StoredObject("files/b", 4096, 0xbeef)))),
                                        new StateHandle.TableFile(low, new StoredObject("files/c", 77, 1))),
                                List.of(),
                                new SnapshotTimes(7, 1, 2, 3, 8, 4, 5, 6, "read-0->count-0"),
                                List.of(new StateSize("sum/total", 1 << 20, true))),
                        new ReplicaSnapshot(
                                "count",
                                1,
                                high,
                                true,
                                List.of(new StateHandle.Inline(high, new byte[] {1, 2, -1})),
                                List.of(new OperatorState(
                                        "sink.transactions",
                                        List.of(new OperatorState.Entry("tx-\u00e4\"\n", new byte[] {0})))),
                                SnapshotTimes.NONE))));
    }

    private static String text(byte[] content) {
        return new String(content, UTF_8);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ManifestJsonTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
