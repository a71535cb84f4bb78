package stream.weir.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.FullDisk;
import stream.weir.runtime.state.StateFiles;
import stream.weir.store.StoreException;
import stream.weir.store.directory.DirectoryStore;

class FetchAheadIT {
    @TempDir
    private Path folder;

    private final Deque<Runnable> background = new ArrayDeque<>();
    private final AtomicInteger done = new AtomicInteger();
    private DirectoryStore store;
    private StoreFiles elsewhere;
    private FetchAhead ahead;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryStore.open(folder.resolve("store"));
        elsewhere = new StoreFiles(store, UUID::randomUUID);
        ahead = openAhead();
    }

    @Test
    void when_a_table_was_fetched_ahead_then_the_store_is_not_asked_for_it() throws IOException {
        // given
        StoredObject object = elsewhere.store(file("000007.sst", "a table"));
        // when
        fetch(object);
        lose(object);
        // then
        assertThat(done).hasValue(1);
        assertThat(restored(object)).hasContent("a table");
    }

    @Test
    void when_a_newer_checkpoint_lets_a_local_copy_go_then_it_is_still_here() throws IOException {
        // given
        StateFiles running = ahead.files();
        StoredObject old = running.store(file("1.sst", "one"));
        lose(old);
        // when
        fetch(old);
        running.stored(2, List.of());
        running.completed(2);
        // then
        assertThat(folder.resolve("copies")).isEmptyDirectory();
        assertThat(restored(old)).hasContent("one");
    }

    @Test
    void when_it_was_restored_and_is_needed_again_then_it_is_a_local_copy_like_any_other() throws IOException {
        // given
        StoredObject object = elsewhere.store(file("1.sst", "one"));
        fetch(object);
        restored(object);
        // when
        ahead.stop();
        ahead.forget();
        run();
        lose(object);
        // then
        assertThat(folder.resolve("ahead")).isEmptyDirectory();
        assertThat(restored(object)).hasContent("one");
    }

    @Test
    void when_the_store_has_deleted_a_file_then_the_others_come() throws IOException {
        // given
        StoredObject gone = elsewhere.store(file("1.sst", "one"));
        StoredObject there = elsewhere.store(file("2.sst", "two"));
        lose(gone);
        // when
        fetch(gone, there);
        lose(there);
        // then
        assertThat(done).hasValue(1);
        assertThat(restored(there)).hasContent("two");
    }

    @Test
    void when_a_file_is_damaged_in_the_store_then_it_is_not_taken() throws IOException {
        // given
        StoredObject object = elsewhere.store(file("1.sst", "one"));
        Files.writeString(folder.resolve("store").resolve(object.name()), "two");
        // when
        fetch(object);
        // then
        assertThat(done).hasValue(1);
        assertThatThrownBy(() -> restored(object)).hasMessageContaining(object.name());
    }

    @Test
    void when_what_worked_with_files_has_failed_then_they_are_fetched_again() throws IOException {
        // given
        StoredObject object = elsewhere.store(file("1.sst", "one"));
        fetch(object);
        StateFiles files = ahead.files();
        // when
        files.doubt();
        lose(object);
        // then
        assertThat(folder.resolve("ahead")).isEmptyDirectory();
        assertThatThrownBy(() -> restored(object)).hasMessageContaining(object.name());
    }

    @Test
    void when_the_disk_has_no_room_then_nothing_is_fetched() throws IOException {
        // given
        StoredObject small = elsewhere.store(file("1.sst", "one"));
        StoredObject huge = new StoredObject("files/huge", Long.MAX_VALUE / 4, 0);
        // when
        fetch(small, huge);
        // then
        assertThat(done).hasValue(1);
        assertThat(folder.resolve("ahead")).isEmptyDirectory();
    }

    @Test
    void when_something_else_is_asked_for_then_what_was_asked_before_goes() throws IOException {
        // given
        StoredObject first = elsewhere.store(file("1.sst", "one"));
        StoredObject second = elsewhere.store(file("2.sst", "two"));
        StoredObject third = elsewhere.store(file("3.sst", "three"));
        fetch(first, second);
        lose(second);
        // when
        fetch(second, third);
        // then
        assertThat(done).hasValue(2);
        assertThat(folder.resolve("ahead")).isDirectoryNotContaining(path -> path.toString()
                .contains(first.name().substring("files/".length())));
        assertThat(restored(second)).hasContent("two");
    }

    @Test
    void when_something_else_is_asked_for_meanwhile_then_only_that_is_answered() throws IOException {
        // given
        StoredObject first = elsewhere.store(file("1.sst", "one"));
        StoredObject second = elsewhere.store(file("2.sst", "two"));
        // when
        ahead.fetch(List.of(first), () -> done.addAndGet(10));
        ahead.fetch(List.of(second), done::incrementAndGet);
        run();
        // then
        assertThat(done).hasValue(1);
        assertThat(filesAhead()).isEqualTo(1);
    }

    @Test
    void when_a_replica_begins_meanwhile_then_nothing_more_is_fetched() throws IOException {
        // given
        StoredObject object = elsewhere.store(file("1.sst", "one"));
        ahead.fetch(List.of(object), done::incrementAndGet);
        // when
        ahead.stop();
        run();
        // then
        assertThat(done).hasValue(0);
        assertThat(folder.resolve("ahead")).isEmptyDirectory();
    }

    @Test
    void when_something_was_asked_for_since_then_it_is_not_forgotten() throws IOException {
        // given
        StoredObject object = elsewhere.store(file("1.sst", "one"));
        ahead.stop();
        fetch(object);
        // when
        ahead.forget();
        run();
        // then
        assertThat(filesAhead()).isEqualTo(1);
    }

    @Test
    void when_an_earlier_process_has_left_files_then_they_are_deleted() throws IOException {
        // given
        fetch(elsewhere.store(file("1.sst", "one")));
        // when
        openAhead();
        // then
        assertThat(folder.resolve("ahead")).isEmptyDirectory();
    }

    @Test
    void when_a_file_was_fetched_ahead_then_nothing_else_holds_its_room() throws IOException {
        // given
        StoredObject object = elsewhere.store(file("1.sst", "one"));
        // when
        fetch(object);
        // then
        assertThat(filesAhead()).isEqualTo(1);
        assertThat(folder.resolve("copies")).isEmptyDirectory();
    }

    @Test
    void when_a_file_was_not_fetched_then_work_ahead_does_not_ask_the_store_for_it() throws IOException {
        // given
        StoredObject fetched = elsewhere.store(file("1.sst", "one"));
        StoredObject other = elsewhere.store(file("2.sst", "two"));
        StoredObject small = elsewhere.store(file("MANIFEST-1", "three"));
        fetch(fetched);
        // when
        StateFiles here = ahead.fetched();
        here.fetch(fetched, folder.resolve("a.sst"));
        here.fetch(small, folder.resolve("MANIFEST-1"));
        // then
        assertThat(folder.resolve("a.sst")).hasContent("one");
        assertThat(folder.resolve("MANIFEST-1")).hasContent("three");
        assertThatThrownBy(() -> here.fetch(other, folder.resolve("b.sst")))
                .hasMessageContaining(other.name())
                .hasMessageContaining("has not been fetched ahead");
        assertThat(folder.resolve("copies")).isEmptyDirectory();
    }

    @Test
    void when_changes_that_were_fetched_are_damaged_then_they_are_not_used() throws IOException {
        // given
        StoredObject object = elsewhere.store(file("3.changes", "changes"));
        fetch(object);
        Files.writeString(folder.resolve("ahead").resolve(onlyFileAhead()), "CHANGES");
        // when
        Path target = folder.resolve("restored.changes");
        ahead.files().fetch(object, target);
        // then
        assertThat(target).hasContent("changes");
    }

    @Test
    void when_the_disk_gets_full_then_the_room_is_given_back_and_nothing_more_is_fetched() throws IOException {
        // given
        StoredObject first = elsewhere.store(file("1.sst", "one"));
        StoredObject second = elsewhere.store(file("2.sst", "two"));
        StoredObject third = elsewhere.store(file("3.sst", "three"));
        FullDiskAt full = new FullDiskAt(second, () -> {});
        ahead = FetchAhead.open(full, folder.resolve("copies"), folder.resolve("ahead"), background::add);
        // when
        fetch(first, second, third);
        // then
        assertThat(done).hasValue(1);
        assertThat(folder.resolve("ahead")).isEmptyDirectory();
        assertThat(full.asked).containsExactly(first, second);
    }

    @Test
    void when_the_disk_gets_full_after_something_else_was_asked_for_then_that_stays() throws IOException {
        // given
        StoredObject old = elsewhere.store(file("1.sst", "one"));
        StoredObject wanted = elsewhere.store(file("2.sst", "two"));
        FullDiskAt full = new FullDiskAt(old, () -> fetch(wanted));
        ahead = FetchAhead.open(full, folder.resolve("copies"), folder.resolve("ahead"), background::add);
        // when
        fetch(old);
        lose(wanted);
        // then
        assertThat(done).hasValue(1);
        assertThat(restored(wanted)).hasContent("two");
    }

    @Test
    void when_the_disk_gets_full_after_a_replica_has_begun_then_it_has_what_was_fetched_before() throws IOException {
        // given
        StoredObject here = elsewhere.store(file("1.sst", "one"));
        StoredObject late = elsewhere.store(file("2.sst", "two"));
        ahead = FetchAhead.open(
                new FullDiskAt(late, () -> ahead.stop()),
                folder.resolve("copies"),
                folder.resolve("ahead"),
                background::add);
        // when
        fetch(here, late);
        lose(here);
        // then
        assertThat(done).hasValue(0);
        assertThat(restored(here)).hasContent("one");
    }

    /** The store in front of a disk that gets full at one of the objects, told as the store tells it. */
    private final class FullDiskAt implements StateFiles {
        private final List<StoredObject> asked = new ArrayList<>();
        private final StoredObject which;
        private final Runnable before;

        FullDiskAt(StoredObject which, Runnable before) {
            this.which = which;
            this.before = before;
        }

        @Override
        public void fetch(StoredObject object, Path target) throws IOException {
            asked.add(object);
            if (object.equals(which)) {
                before.run();
                throw new IOException(
                        "Cannot fetch " + object.name() + ": No space left on device" + FullDisk.sentence(folder));
            }
            elsewhere.fetch(object, target);
        }

        @Override
        public StoredObject store(Path file) throws IOException {
            return elsewhere.store(file);
        }

        @Override
        public StoredObject store(byte[] content) throws IOException {
            return elsewhere.store(content);
        }

        @Override
        public InputStream open(StoredObject object) throws IOException {
            return elsewhere.open(object);
        }
    }

    private Path onlyFileAhead() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("ahead"))) {
            return all.reduce((one, other) -> {
                        throw new AssertionError("more than one file");
                    })
                    .orElseThrow();
        }
    }

    private FetchAhead openAhead() throws IOException {
        return FetchAhead.open(elsewhere, folder.resolve("copies"), folder.resolve("ahead"), background::add);
    }

    private void fetch(StoredObject... objects) {
        ahead.fetch(List.of(objects), done::incrementAndGet);
        run();
    }

    private void run() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    private Path restored(StoredObject object) throws IOException {
        Path target = folder.resolve("restored.sst");
        ahead.files().fetch(object, target);
        return target;
    }

    private long filesAhead() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("ahead"))) {
            return all.count();
        }
    }

    private void lose(StoredObject object) {
        try {
            store.delete(List.of(object.name()));
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
