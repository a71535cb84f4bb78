package stream.weir.store.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.ObjectStoreContract;
import stream.weir.store.StoreException;

class DirectoryStoreIT extends ObjectStoreContract {
    @TempDir
    Path directory;

    @Override
    protected ObjectStore open() throws IOException {
        return DirectoryStore.open(directory.resolve("weir/orders"));
    }

    @Nested
    class WithoutHardLinks extends ObjectStoreContract {
        @Override
        protected ObjectStore open() throws IOException {
            return DirectoryStore.open(directory.resolve("locked"), Claim.locked());
        }
    }

    @Test
    void when_opened_and_read_then_nothing_is_created() throws IOException {
        ObjectStore store = open();

        assertThat(store.list("")).isEmpty();
        assertThat(store.read("owner.json", 10)).isEmpty();
        assertThat(directory.resolve("weir")).doesNotExist();
        assertThat(store.location()).isEqualTo("file:" + directory.resolve("weir/orders"));
    }

    @Test
    void when_a_write_was_cut_off_then_its_temporary_file_is_not_listed_and_swept_after_a_day() throws IOException {
        Path files = Files.createDirectories(directory.resolve("weir/orders/files"));
        Path young = Files.writeString(files.resolve(".tmp-young"), "half");
        Path old = Files.writeString(files.resolve(".tmp-old"), "half");
        Instant created = Files.getLastModifiedTime(old).toInstant();
        Files.setLastModifiedTime(old, FileTime.from(created.minus(Duration.ofHours(25))));
        ObjectStore store = open();
        assertThat(store.list("")).isEmpty();

        store.upload("files/a", "x".getBytes(UTF_8));

        assertThat(store.list("")).extracting(ObjectInfo::name).containsExactly("files/a");
        assertThat(young).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void when_a_process_stops_that_holds_the_lock_then_another_goes_on_without_it() throws Exception {
        ObjectStore store = open();
        store.create("lease", "first".getBytes(UTF_8));
        ObjectStore.Versioned first = store.readVersioned("lease", 10).orElseThrow();
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        directory.resolve("weir/orders/.lock").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = holder.inputReader(UTF_8)) {
            assertThat(said.readLine()).isEqualTo("held");

            Optional<String> second = store.replace("lease", first.version(), "second".getBytes(UTF_8));

            assertThat(second).isPresent();
            assertThat(store.replace("lease", first.version(), "third".getBytes(UTF_8)))
                    .isEmpty();
            assertThat(holder.isAlive()).isTrue();
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void when_the_lock_was_taken_meanwhile_then_what_is_under_it_begins_anew() throws IOException {
        Path file = directory.resolve("file");
        AtomicInteger begun = new AtomicInteger();

        String done = DirectoryLock.hold(file, "mine", held -> {
            if (begun.incrementAndGet() == 1) {
                Files.delete(directory.resolve(".lock"));
            }
            held.check();
            return "done";
        });

        assertThat(done).isEqualTo("done");
        assertThat(begun).hasValue(2);
    }

    @Test
    void when_written_then_no_temporary_file_is_left() throws IOException {
        ObjectStore store = open();

        store.create("a", new byte[1]);
        store.create("a", new byte[1]);
        store.upload("b", new byte[1]);

        try (Stream<Path> left = Files.list(directory.resolve("weir/orders"))) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void when_the_root_is_a_file_then_not_opened() throws IOException {
        Path file = Files.writeString(directory.resolve("data"), "");

        assertThatThrownBy(() -> DirectoryStore.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("file:" + file, "is a file");
    }

    @Test
    void when_a_part_of_the_path_is_a_file_then_the_error_names_it() throws IOException {
        ObjectStore store = open();
        store.create("files", new byte[1]);

        assertThatThrownBy(() -> store.upload("files/a", new byte[1]))
                .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.outcomeUnknown())
                        .isFalse())
                .hasMessageContainingAll("files/a", store.location(), "no directory");
    }

    @Test
    void when_the_disk_is_full_then_the_error_says_so_with_sizes_and_cause() throws IOException {
        Claim full = (temporary, target) -> {
            throw new FileSystemException(target.toString(), null, "No space left on device");
        };
        ObjectStore store = DirectoryStore.open(directory, full);

        assertThatThrownBy(() -> store.create("a", new byte[5]))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("a (5 bytes)", "file:" + directory, "No space left on device", "usable space")
                .hasCauseInstanceOf(FileSystemException.class);
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void when_links_are_refused_then_the_lock_takes_over() throws IOException {
        // given: what Linux says where the file system has no links, for instance FAT
        Claim claim = Claim.orLocked((temporary, target) -> {
            throw new FileSystemException(target.toString(), temporary.toString(), "Operation not permitted");
        });
        ObjectStore store = DirectoryStore.open(directory.resolve("fat"), claim);

        assertThat(store.create("a", new byte[1])).isEqualTo(ObjectStore.Created.CREATED);
        assertThat(store.create("a", new byte[2])).isEqualTo(ObjectStore.Created.EXISTS);
        assertThat(store.list("")).extracting(ObjectInfo::name).containsExactly("a");
    }
}
