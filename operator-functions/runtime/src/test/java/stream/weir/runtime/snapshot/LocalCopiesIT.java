package stream.weir.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.store.StoreException;
import stream.weir.store.directory.DirectoryStore;

class LocalCopiesIT {
    @TempDir
    private Path folder;

    private DirectoryStore store;
    private LocalCopies copies;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryStore.open(folder.resolve("store"));
        copies = LocalCopies.open(
                new StoreFiles(store, UUID::randomUUID), folder.resolve("copies"), new VerifiedFiles());
    }

    @Test
    void when_a_table_was_stored_from_here_then_it_comes_back_without_the_store() throws IOException {
        // given
        StoredObject object = copies.store(file("000007.sst", "a table"));
        lose(object);
        // when
        Path target = folder.resolve("000009.sst");
        copies.fetch(object, target);
        // then
        assertThat(target).hasContent("a table");
    }

    @Test
    void when_another_file_was_stored_then_writing_to_what_comes_back_leaves_the_copy_alone() throws IOException {
        // given
        StoredObject object = copies.store(file("MANIFEST-1", "as it was"));
        Path first = folder.resolve("first");
        copies.fetch(object, first);
        // when
        Files.writeString(first, "changed");
        Path second = folder.resolve("second");
        copies.fetch(object, second);
        // then
        assertThat(second).hasContent("as it was");
    }

    @Test
    void when_the_process_is_another_one_then_it_finds_the_copies() throws IOException {
        // given
        StoredObject object = copies.store(file("000007.sst", "a table"));
        lose(object);
        // when
        LocalCopies later = LocalCopies.open(
                new StoreFiles(store, UUID::randomUUID), folder.resolve("copies"), new VerifiedFiles());
        // then
        try (InputStream in = later.open(object)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("a table");
        }
    }

    @Test
    void when_a_copy_is_damaged_then_the_object_is_fetched_again_and_kept() throws IOException {
        // given
        StoredObject object = copies.store(file("000007.sst", "a table"));
        Path copy = onlyCopy();
        Files.delete(copy);
        Files.writeString(copy, "b table");
        // when
        Path target = folder.resolve("000009.sst");
        copies.fetch(object, target);
        // then
        assertThat(target).hasContent("a table");
        assertThat(onlyCopy()).hasContent("a table");
    }

    @Test
    void when_this_process_has_written_a_copy_then_it_is_read_again_only_after_a_failure() throws IOException {
        // given
        StoredObject object = copies.store(file("000007.sst", "a table"));
        damageUnnoticed(onlyCopy());
        Path trusted = folder.resolve("000009.sst");
        copies.fetch(object, trusted);
        // when
        copies.doubt();
        Path checked = folder.resolve("000011.sst");
        copies.fetch(object, checked);
        // then
        assertThat(trusted).hasContent("b table");
        assertThat(checked).hasContent("a table");
    }

    @Test
    void when_changes_beside_a_database_are_damaged_then_it_is_noticed_at_once_as_nobody_checks_them_later()
            throws IOException {
        // given
        StoredObject object = copies.store(file("0000000003.changes", "a table"));
        damageUnnoticed(onlyCopy());
        // when
        Path target = folder.resolve("0000000004.changes");
        copies.fetch(object, target);
        // then
        assertThat(target).hasContent("a table");
    }

    @Test
    void when_this_process_has_read_a_copy_of_an_earlier_one_then_a_change_to_it_is_noticed() throws IOException {
        // given
        StoredObject object = copies.store(file("000007.sst", "a table"));
        copies.doubt();
        Files.setLastModifiedTime(onlyCopy(), FileTime.fromMillis(1));
        copies.fetch(object, folder.resolve("000009.sst"));
        // when
        Files.writeString(onlyCopy(), "b table");
        Path target = folder.resolve("000011.sst");
        copies.fetch(object, target);
        // then
        assertThat(target).hasContent("a table");
    }

    /** As a disk may do it: the file system knows of no change. */
    private static void damageUnnoticed(Path file) throws IOException {
        FileTime written = Files.getLastModifiedTime(file);
        Files.writeString(file, "b table");
        Files.setLastModifiedTime(file, written);
    }

    @Test
    void when_a_checkpoint_is_complete_then_copies_that_only_older_ones_need_are_deleted() throws IOException {
        // given
        StoredObject first = copies.store(file("1.sst", "one"));
        StoredObject second = copies.store(file("2.sst", "two"));
        StoredObject third = copies.store(file("3.sst", "three"));
        copies.stored(1, List.of(first, second));
        copies.stored(2, List.of(second));
        copies.stored(3, List.of(third));
        // when
        copies.completed(2);
        // then
        List.of(first, second, third).forEach(this::lose);
        assertThat(Stream.of(first, second, third).map(this::isHere)).containsExactly(false, true, true);
    }

    @Test
    void when_a_file_was_stored_before_a_checkpoint_completed_and_is_needed_after_it_then_its_copy_is_here_again()
            throws IOException {
        // given
        Path file = file("1.sst", "one");
        StoredObject ahead = copies.store(file);
        copies.stored(1, List.of());
        copies.completed(1);
        // when
        copies.keep(ahead, file);
        // then
        lose(ahead);
        assertThat(isHere(ahead)).isTrue();
    }

    @Test
    void when_a_checkpoint_of_another_replica_is_complete_then_nothing_is_deleted() throws IOException {
        // given
        copies.store(file("1.sst", "one"));
        // when
        copies.completed(7);
        // then
        assertThat(onlyCopy()).hasContent("one");
    }

    private boolean isHere(StoredObject object) {
        try {
            copies.fetch(object, folder.resolve("fetched.sst"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void lose(StoredObject object) {
        try {
            store.delete(List.of(object.name()));
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private Path onlyCopy() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("copies"))) {
            return all.reduce((one, other) -> {
                        throw new AssertionError("more than one copy");
                    })
                    .orElseThrow();
        }
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
