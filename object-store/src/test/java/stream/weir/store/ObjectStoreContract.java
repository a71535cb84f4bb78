package stream.weir.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.store.ObjectStore.Created;
import stream.weir.store.ObjectStore.ObjectInfo;

/** What every object store keeps. Extend it with one test class per implementation. */
public abstract class ObjectStoreContract {
    private static final int CONTENDERS = 8;
    private static final int ROUNDS = 20;
    private static final int LARGE = 40 * 1024 * 1024;

    private ObjectStore store;

    @TempDir
    Path files;

    /** An empty store. */
    protected abstract ObjectStore open() throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = open();
    }

    @Test
    void when_created_then_read_back() throws IOException {
        assertThat(store.create("terms/1.json", bytes("one"))).isEqualTo(Created.CREATED);
        assertThat(store.read("terms/1.json", 100)).hasValue(bytes("one"));
    }

    @Test
    void when_created_twice_then_the_first_content_stays() throws IOException {
        store.create("terms/1.json", bytes("one"));

        assertThat(store.create("terms/1.json", bytes("two"))).isEqualTo(Created.EXISTS);
        assertThat(store.create("terms/1.json", bytes("one"))).isEqualTo(Created.EXISTS);
        assertThat(store.read("terms/1.json", 100)).hasValue(bytes("one"));
    }

    @Test
    void when_many_create_at_once_then_one_is_told_so_and_all_read_its_content() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(CONTENDERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                String name = "checkpoints/" + round + ".json";
                CyclicBarrier together = new CyclicBarrier(CONTENDERS);
                List<Future<Created>> answers = new ArrayList<>();
                for (int i = 0; i < CONTENDERS; i++) {
                    byte[] mine = bytes("contender " + i);
                    answers.add(threads.submit(() -> {
                        together.await();
                        return store.create(name, mine);
                    }));
                }
                int winner = -1;
                for (int i = 0; i < CONTENDERS; i++) {
                    if (answers.get(i).get() == Created.CREATED) {
                        assertThat(winner).as("a second winner").isEqualTo(-1);
                        winner = i;
                    }
                }
                assertThat(store.read(name, 100)).hasValue(bytes("contender " + winner));
            }
        }
        assertThat(store.list("")).hasSize(ROUNDS);
    }

    @Test
    void when_bytes_are_uploaded_then_read_and_opened() throws IOException {
        store.upload("files/a", bytes("content"));

        assertThat(store.read("files/a", 7)).hasValue(bytes("content"));
        try (InputStream in = store.open("files/a")) {
            assertThat(in.readAllBytes()).isEqualTo(bytes("content"));
        }
    }

    @Test
    void when_nothing_is_uploaded_then_an_empty_object_is_there() throws IOException {
        store.upload("files/empty", new byte[0]);

        assertThat(store.read("files/empty", 0)).hasValue(new byte[0]);
        assertThat(names(store.list("files/"))).containsExactly("files/empty");
    }

    @Test
    void when_a_large_file_is_uploaded_then_it_streams_and_arrives_whole() throws IOException {
        Path file = files.resolve("large");
        byte[] block = new byte[1024 * 1024];
        CRC32C expected = new CRC32C();
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < LARGE / block.length; i++) {
                Arrays.fill(block, (byte) i);
                expected.update(block);
                out.write(block);
            }
        }

        store.upload("files/large", file);

        try (CheckedInputStream in = new CheckedInputStream(store.open("files/large"), new CRC32C())) {
            assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(LARGE);
            assertThat(in.getChecksum().getValue()).isEqualTo(expected.getValue());
        }
        assertThat(store.list("files/large")).extracting(ObjectInfo::bytes).containsExactly((long) LARGE);
    }

    @Test
    void when_the_file_to_upload_is_missing_then_nothing_is_stored_and_the_error_names_it() throws IOException {
        Path missing = files.resolve("missing");

        assertThatThrownBy(() -> store.upload("files/a", missing))
                .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.outcomeUnknown())
                        .isFalse())
                .hasMessageContainingAll("files/a", missing.toString(), store.location());
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void when_copied_then_both_are_there_and_again_is_no_error() throws IOException {
        store.upload("pending/a", bytes("content"));

        store.copy("pending/a", "files/a");
        store.copy("pending/a", "files/a");
        store.delete(List.of("pending/a"));

        assertThat(store.read("files/a", 7)).hasValue(bytes("content"));
        assertThat(names(store.list(""))).containsExactly("files/a");
    }

    @Test
    void when_there_is_nothing_to_copy_then_the_error_names_it() throws IOException {
        assertThatThrownBy(() -> store.copy("pending/none", "files/a"))
                .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.outcomeUnknown())
                        .isFalse())
                .hasMessageContainingAll("pending/none", "files/a", store.location());
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void when_replaced_by_its_version_then_the_new_content_is_there_with_a_new_version() throws IOException {
        store.create("lease", bytes("one"));
        String first = version("lease");

        String second = store.replace("lease", first, bytes("two")).orElseThrow();

        assertThat(store.read("lease", 100)).hasValue(bytes("two"));
        assertThat(version("lease")).isEqualTo(second).isNotEqualTo(first);
        assertThat(store.replace("lease", second, bytes("three")))
                .hasValueSatisfying(third -> assertThat(third).isNotEqualTo(second));
    }

    @Test
    void when_replaced_by_an_old_version_then_nothing_changes() throws IOException {
        store.create("lease", bytes("one"));
        String first = version("lease");
        store.replace("lease", first, bytes("two"));

        assertThat(store.replace("lease", first, bytes("three"))).isEmpty();
        assertThat(store.read("lease", 100)).hasValue(bytes("two"));
    }

    @Test
    void when_there_is_nothing_to_replace_then_nothing_is_created() throws IOException {
        store.create("lease", bytes("one"));
        String version = version("lease");
        store.delete(List.of("lease"));

        assertThat(store.readVersioned("lease", 100)).isEmpty();
        assertThat(store.replace("lease", version, bytes("two"))).isEmpty();
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void when_many_replace_one_version_at_once_then_one_succeeds_and_all_read_its_content() throws Exception {
        store.create("lease", bytes("nobody"));
        try (ExecutorService threads = Executors.newFixedThreadPool(CONTENDERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                String version = version("lease");
                String prefix = round + " of contender ";
                CyclicBarrier together = new CyclicBarrier(CONTENDERS);
                List<Future<Optional<String>>> answers = new ArrayList<>();
                for (int i = 0; i < CONTENDERS; i++) {
                    byte[] mine = bytes(prefix + i);
                    answers.add(threads.submit(() -> {
                        together.await();
                        return store.replace("lease", version, mine);
                    }));
                }
                List<Integer> winners = new ArrayList<>();
                for (int i = 0; i < CONTENDERS; i++) {
                    if (answers.get(i).get().isPresent()) {
                        winners.add(i);
                    }
                }
                assertThat(winners).hasSize(1);
                assertThat(store.read("lease", 100)).hasValue(bytes(prefix + winners.getFirst()));
            }
        }
    }

    @Test
    void when_there_is_no_object_then_read_is_empty_and_open_fails_with_its_name() throws IOException {
        assertThat(store.read("files/none", 100)).isEmpty();
        assertThatThrownBy(() -> store.open("files/none"))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("files/none", store.location());
    }

    @Test
    void when_an_object_is_larger_than_allowed_then_the_error_says_both_sizes() throws IOException {
        store.upload("files/a", new byte[11]);

        assertThatThrownBy(() -> store.read("files/a", 10))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("files/a", store.location(), "11", "10");
        assertThat(store.read("files/a", 11)).isPresent();
    }

    @Test
    void when_listed_by_prefix_then_only_those_by_name() throws IOException {
        store.upload("files/b", bytes("22"));
        store.upload("files/a", bytes("1"));
        store.upload("files/ab/c", bytes("333"));
        store.create("runs/1.json", bytes("{}"));

        assertThat(names(store.list(""))).containsExactly("files/a", "files/ab/c", "files/b", "runs/1.json");
        assertThat(names(store.list("files/"))).containsExactly("files/a", "files/ab/c", "files/b");
        assertThat(names(store.list("files/a"))).containsExactly("files/a", "files/ab/c");
        assertThat(names(store.list("files/ab/"))).containsExactly("files/ab/c");
        assertThat(store.list("none/")).isEmpty();
        assertThat(store.list("files/")).extracting(ObjectInfo::bytes).containsExactly(1L, 3L, 2L);
        assertThat(store.list("")).allMatch(object -> object.modifiedMillis() > 0);
    }

    @Test
    void when_deleted_then_gone_and_again_is_no_error() throws IOException {
        store.upload("files/a", bytes("1"));
        store.upload("files/b", bytes("2"));

        store.delete(List.of("files/a", "files/never"));
        store.delete(List.of("files/a"));
        store.delete(List.of());

        assertThat(names(store.list(""))).containsExactly("files/b");
        assertThat(store.read("files/a", 10)).isEmpty();
    }

    @Test
    void when_many_objects_are_deleted_then_all_are_gone() throws IOException {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 1100; i++) {
            all.add("files/" + i);
        }
        for (String name : all) {
            store.create(name, bytes("x"));
        }
        assertThat(store.list("files/")).hasSize(1100);

        store.delete(all);

        assertThat(store.list("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "../x",
                "a/../../x",
                "a//b",
                "a/",
                ".hidden",
                "a/.b",
                "a b",
                "a\\b",
                "ä",
                "a\0b"
            })
    void when_a_name_could_lead_elsewhere_then_refused(String name) throws IOException {
        assertThatThrownBy(() -> store.create(name, bytes("x"))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.upload(name, bytes("x"))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.read(name, 10)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.open(name)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.copy(name, "a")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.readVersioned(name, 10)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.replace(name, "v", bytes("x"))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.delete(List.of(name))).isInstanceOf(StoreException.class);
        assertThat(store.list("")).isEmpty();
    }

    private String version(String name) throws IOException {
        return store.readVersioned(name, 100).orElseThrow().version();
    }

    private static List<String> names(List<ObjectInfo> objects) {
        return objects.stream().map(ObjectInfo::name).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
