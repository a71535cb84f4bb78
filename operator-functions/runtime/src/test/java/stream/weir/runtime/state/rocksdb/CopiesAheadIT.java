package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.ValueTable;

/** When copies are made ahead, used, and deleted. */
class CopiesAheadIT {
    private static final int KEYS = 8_000;

    @RegisterExtension
    private static final RocksDbResources ROCKSDB = new RocksDbResources();

    @RegisterExtension
    private final Halves halves = new Halves(ROCKSDB);

    @Test
    void when_a_copy_was_made_then_a_later_checkpoint_is_restored_with_it_and_with_what_has_changed_since()
            throws Exception {
        // given
        put("a");
        halves.prepare(halves.checkpoint(1), () -> true);
        // when
        put("b");
        List<StateHandle> second = halves.checkpoint(2);
        halves.loseTablesOfFirst(second);
        // then
        assertThat(restored(second)).isEqualTo(expected("b"));
        assertThat(halves.copies()).isEmpty();
    }

    @Test
    void when_a_database_was_linked_anew_then_it_is_copied_again_and_the_old_copy_goes() throws Exception {
        // given
        put("a");
        halves.prepare(halves.checkpoint(1), () -> true);
        List<Path> old = halves.copies();
        // when
        put("b");
        halves.linkAnew();
        List<StateHandle> second = halves.checkpoint(2);
        halves.prepare(second, () -> true);
        // then
        assertThat(halves.copies()).hasSize(1).doesNotContainAnyElementsOf(old);
        halves.loseTablesOfFirst(second);
        assertThat(restored(second)).isEqualTo(expected("b"));
    }

    @Test
    void when_it_is_prepared_again_for_the_same_files_then_the_copy_stays() throws Exception {
        // given
        put("a");
        halves.prepare(halves.checkpoint(1), () -> true);
        List<Path> made = halves.copies();
        // when
        put("b");
        halves.prepare(halves.checkpoint(2), () -> true);
        // then
        assertThat(made).hasSize(1);
        assertThat(halves.copies()).isEqualTo(made);
    }

    @Test
    void when_a_copy_is_of_other_files_then_a_restore_makes_its_own() throws Exception {
        // given
        put("a");
        halves.prepare(halves.checkpoint(1), () -> true);
        // when
        put("b");
        halves.linkAnew();
        List<StateHandle> second = halves.checkpoint(2);
        // then
        assertThat(restored(second)).isEqualTo(expected("b"));
        assertThat(halves.copies()).isEmpty();
    }

    @Test
    void when_it_is_not_wanted_any_more_then_nothing_is_left() throws Exception {
        // given
        put("a");
        int[] asked = {0};
        // when
        halves.prepare(halves.checkpoint(1), () -> ++asked[0] < 3);
        // then
        assertThat(asked[0]).isGreaterThanOrEqualTo(3);
        assertThat(halves.copies()).isEmpty();
    }

    @Test
    void when_it_is_taken_back_then_the_copies_go() throws Exception {
        // given
        put("a");
        List<StateHandle> first = halves.checkpoint(1);
        halves.prepare(first, () -> true);
        assertThat(halves.copies()).hasSize(1);
        // when
        halves.prepare(List.of(), () -> true);
        // then
        assertThat(halves.copies()).isEmpty();
        assertThat(restored(first)).isEqualTo(expected("a"));
    }

    @Test
    void when_the_disk_has_no_room_then_nothing_is_copied() throws Exception {
        // given
        StoredObject huge = new StoredObject("files/huge", Long.MAX_VALUE / 4, 0);
        List<RocksDbFile> files = List.of(new RocksDbFile("000001.sst", huge));
        // when
        halves.prepare(
                List.of(new RocksDb(new KeyGroupRange(0, 1), files), new RocksDb(new KeyGroupRange(2, 3), files)),
                () -> true);
        // then
        assertThat(halves.copies())
                .as("and the file, which is not there, was not asked for")
                .isEmpty();
    }

    @Test
    void when_another_request_comes_while_one_is_under_way_then_only_what_that_wants_is_there() throws Exception {
        // given
        put("a");
        List<StateHandle> first = halves.checkpoint(1);
        put("b");
        halves.linkAnew();
        List<StateHandle> second = halves.checkpoint(2);
        Deque<List<StateHandle>> later = new ArrayDeque<>(List.of(first, second));
        // when
        halves.prepare(first, () -> {
            while (!later.isEmpty()) {
                prepareAtOnce(later.remove());
            }
            return false;
        });
        // then
        assertThat(halves.copies()).hasSize(1);
        halves.loseTablesOfFirst(second);
        assertThat(restored(second)).isEqualTo(expected("b"));
        assertThat(halves.copies()).isEmpty();
    }

    @Test
    void when_copies_are_taken_back_while_a_replica_opens_then_it_makes_its_own() throws Exception {
        // given
        put("a");
        halves.prepare(halves.checkpoint(1), () -> true);
        put("b");
        List<StateHandle> second = halves.checkpoint(2);
        // when
        Meanwhile files = new Meanwhile("CURRENT", () -> prepareAtOnce(List.of()));
        // then
        assertThat(restored(second, files)).isEqualTo(expected("b"));
        assertThat(halves.copies()).isEmpty();
    }

    @Test
    void when_copies_are_taken_back_while_a_replica_works_with_one_then_that_stays_until_it_is_in() throws Exception {
        // given
        put("a");
        halves.prepare(halves.checkpoint(1), () -> true);
        put("b");
        List<StateHandle> second = halves.checkpoint(2);
        halves.loseTablesOfFirst(second);
        // when
        Meanwhile files = new Meanwhile("restore/1/", () -> prepareAtOnce(List.of()));
        // then
        assertThat(restored(second, files)).isEqualTo(expected("b"));
        assertThat(halves.copies()).isEmpty();
    }

    @Test
    void when_a_later_run_is_prepared_while_a_replica_opens_then_that_copy_stays() throws Exception {
        // given
        put("a");
        halves.prepare(halves.checkpoint(1), () -> true);
        put("b");
        List<StateHandle> second = halves.checkpoint(2);
        put("c");
        halves.linkAnew();
        List<StateHandle> third = halves.checkpoint(3);
        // when
        Meanwhile files = new Meanwhile("CURRENT", () -> prepareAtOnce(third));
        // then
        assertThat(restored(second, files)).isEqualTo(expected("b"));
        assertThat(halves.copies()).hasSize(1);
        halves.loseTablesOfFirst(third);
        assertThat(restored(third)).isEqualTo(expected("c"));
    }

    @Test
    void when_a_restore_with_a_copy_fails_then_nothing_is_left_of_that() throws Exception {
        // given
        put("a");
        halves.prepare(halves.checkpoint(1), () -> true);
        put("b");
        List<StateHandle> second = halves.checkpoint(2);
        // when
        halves.loseChangesOfFirst(second);
        // then
        assertThatThrownBy(() -> restored(second)).isInstanceOf(IOException.class);
        assertThat(halves.copies()).isEmpty();
    }

    @Test
    void when_memory_runs_out_in_the_middle_of_a_restore_then_the_database_is_closed_and_can_be_opened_again()
            throws Exception {
        // given
        put("a");
        List<StateHandle> handles = halves.checkpoint(1);
        Meanwhile files = new Meanwhile("restore/1/", () -> {
            throw new OutOfMemoryError("as told");
        });
        // when
        assertThatThrownBy(() -> restored(handles, files)).isInstanceOf(OutOfMemoryError.class);
        // then
        assertThat(restored(handles)).isEqualTo(expected("a"));
    }

    private void prepareAtOnce(List<StateHandle> handles) {
        try {
            halves.prepare(handles, () -> true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(String prefix) {
        for (int i = 0; i < KEYS; i++) {
            byte[] value = (prefix + i).getBytes(UTF_8);
            halves.with(Halves.keyGroup(i))
                    .valueTable("values")
                    .put(Halves.key(i), ValueTable.NO_PANE, value, 0, value.length);
        }
    }

    private Map<String, String> restored(List<StateHandle> handles) throws IOException {
        return restored(handles, halves.files());
    }

    private Map<String, String> restored(List<StateHandle> handles, StateFiles from) throws IOException {
        try (KeyedStateBackend backend = halves.next(handles, from)) {
            Map<String, String> found = new TreeMap<>();
            for (int group = Halves.NEXT.first(); group <= Halves.NEXT.last(); group++) {
                backend.valueTable("values")
                        .forEach(group, ValueTable.NO_PANE, (key, value) -> found.put(text(key), text(value)) == null);
            }
            return found;
        }
    }

    private static String text(Slice slice) {
        return new String(slice.array(), slice.offset(), slice.length(), UTF_8);
    }

    private static Map<String, String> expected(String prefix) {
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < KEYS; i++) {
            if (Halves.NEXT.contains(Halves.keyGroup(i))) {
                expected.put("key" + i, prefix + i);
            }
        }
        return expected;
    }

    /** Has something happen before the first file is fetched whose path contains a text. */
    private final class Meanwhile implements StateFiles {
        private final String where;
        private final Runnable event;
        private boolean happened;

        Meanwhile(String where, Runnable event) {
            this.where = where;
            this.event = event;
        }

        @Override
        public void fetch(StoredObject object, Path target) throws IOException {
            if (!happened && target.toString().contains(where)) {
                happened = true;
                event.run();
            }
            halves.files().fetch(object, target);
        }

        @Override
        public StoredObject store(Path file) throws IOException {
            return halves.files().store(file);
        }

        @Override
        public StoredObject store(byte[] content) throws IOException {
            return halves.files().store(content);
        }

        @Override
        public InputStream open(StoredObject object) throws IOException {
            return halves.files().open(object);
        }
    }
}
