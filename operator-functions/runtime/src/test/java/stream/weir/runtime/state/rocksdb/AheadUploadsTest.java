package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.StateFilesInMemory;

class AheadUploadsTest {
    @TempDir
    private Path folder;

    private static final Path LINK = Path.of("links", "1");
    private static final Path OTHER = Path.of("links", "2");

    private final StateFilesInMemory files = new StateFilesInMemory();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private long nanos;
    private long millis;
    private Path first;
    private Path second;

    @BeforeEach
    void write() throws IOException {
        first = Files.write(folder.resolve("000001.sst"), "first".getBytes(UTF_8));
        second = Files.write(folder.resolve("000002.sst"), "second".getBytes(UTF_8));
    }

    @Test
    void when_files_were_stored_ahead_then_they_are_found_as_long_as_they_are_fresh() throws IOException {
        AheadUploads ahead = uploads(Runnable::run);

        ahead.begin(LINK, () -> List.of(first, second));

        nanos = AheadUploads.FRESH.toNanos() - 1;
        assertThat(find(ahead, LINK, first)).get().satisfies(object -> assertThat(object.bytes())
                .isEqualTo(5));
        assertThat(find(ahead, LINK, second)).isPresent();
        nanos++;
        assertThat(find(ahead, LINK, first)).isEmpty();
    }

    /** What the store deletes goes by its own clock, which went on meanwhile. */
    @Test
    void when_the_machine_has_slept_since_then_what_was_stored_ahead_does_not_count() throws IOException {
        AheadUploads ahead = uploads(Runnable::run);
        ahead.begin(LINK, () -> List.of(first));

        millis += AheadUploads.FRESH.toMillis();

        assertThat(find(ahead, LINK, first)).isEmpty();
    }

    @Test
    void when_a_capture_is_of_another_link_then_it_does_not_wait_and_takes_nothing_away() throws IOException {
        AheadUploads ahead = uploads(waiting::add);
        ahead.begin(LINK, () -> List.of(first));

        assertThat(find(ahead, OTHER, first)).isEmpty();
        waiting.remove().run();

        assertThat(find(ahead, LINK, first)).isPresent();
    }

    @Test
    void when_a_link_is_forgotten_then_what_was_stored_of_it_does_not_count_and_no_more_is_stored() throws IOException {
        AheadUploads ahead = uploads(waiting::add);
        ahead.begin(LINK, () -> {
            ahead.forget(LINK);
            return List.of(first);
        });
        ahead.begin(OTHER, () -> List.of(second));

        waiting.remove().run();
        waiting.remove().run();

        assertThat(find(ahead, LINK, first)).isEmpty();
        assertThat(find(ahead, OTHER, second)).isPresent();
        assertThat(files.size()).isEqualTo(1);
    }

    @Test
    void when_a_file_is_not_the_one_that_was_stored_then_it_is_not_found() throws IOException {
        AheadUploads ahead = uploads(Runnable::run);
        ahead.begin(LINK, () -> List.of(first));

        Files.write(first, "longer than before".getBytes(UTF_8));

        assertThat(find(ahead, LINK, first)).isEmpty();
    }

    @Test
    void when_storing_fails_then_it_is_left_to_the_checkpoint() throws IOException {
        AheadUploads ahead = uploads(Runnable::run);
        files.fail();

        ahead.begin(LINK, () -> List.of(first));

        assertThat(find(ahead, LINK, first)).isEmpty();
    }

    @Test
    void when_no_thread_was_found_before_the_checkpoint_then_that_does_not_wait_and_nothing_is_stored_twice()
            throws IOException {
        AheadUploads ahead = uploads(waiting::add);
        ahead.begin(LINK, () -> List.of(first));

        assertThat(find(ahead, LINK, first)).isEmpty();
        waiting.remove().run();

        assertThat(find(ahead, LINK, first)).isEmpty();
        assertThat(files.size()).isZero();
    }

    @Test
    void when_there_is_more_than_two_threads_are_for_then_they_take_one_after_another() throws IOException {
        AheadUploads ahead = uploads(waiting::add);
        List<Path> all = begin(ahead, 40);

        assertThat(waiting).hasSize(AheadUploads.PARALLEL);
        waiting.remove().run();

        assertThat(files.size()).isEqualTo(40);
        assertThat(find(ahead, all.getLast(), all.getLast())).isPresent();
        waiting.remove().run();
        begin(ahead, 40);
        assertThat(waiting).as("once there was nothing left").hasSize(AheadUploads.PARALLEL);
    }

    @Test
    void when_files_still_wait_for_their_turn_then_a_checkpoint_does_not_wait_for_them() throws IOException {
        AheadUploads ahead = uploads(waiting::add);
        List<Path> all = begin(ahead, 40);

        for (Path each : all.subList(0, 30)) {
            assertThat(find(ahead, each, each)).isEmpty();
        }
        waiting.remove().run();

        assertThat(files.size()).isEqualTo(10);
    }

    @Test
    void when_files_that_wait_are_forgotten_then_they_are_not_stored() throws IOException {
        AheadUploads ahead = uploads(waiting::add);
        List<Path> all = begin(ahead, 40);

        all.subList(0, 39).forEach(ahead::forget);
        waiting.remove().run();

        assertThat(files.size()).isEqualTo(1);
    }

    @Test
    void when_it_is_closed_then_nothing_more_is_stored() {
        AheadUploads ahead = uploads(waiting::add);
        ahead.begin(LINK, () -> List.of(first));

        ahead.close();
        waiting.remove().run();

        assertThat(files.size()).isZero();
    }

    @Test
    void when_captures_are_far_apart_then_nothing_is_stored_ahead_until_they_are_not() {
        AheadUploads ahead = uploads(Runnable::run);
        nanos += AheadUploads.FRESH.toNanos();
        ahead.captured();
        ahead.begin(LINK, () -> List.of(first));
        assertThat(files.size()).isZero();

        nanos += AheadUploads.FRESH.toNanos() - 1;
        ahead.captured();
        ahead.begin(LINK, () -> List.of(first));

        assertThat(files.size()).isEqualTo(1);
    }

    @Test
    void when_captures_do_not_come_any_more_then_nothing_is_stored_ahead() {
        AheadUploads ahead = uploads(Runnable::run);

        nanos += AheadUploads.FRESH.toNanos();
        ahead.begin(LINK, () -> List.of(first));

        assertThat(files.size()).isZero();
    }

    @Test
    void when_it_is_closed_then_nothing_begins_any_more() {
        AheadUploads ahead = uploads(Runnable::run);
        ahead.close();

        ahead.begin(LINK, () -> List.of(first));

        assertThat(files.size()).isZero();
    }

    private List<Path> begin(AheadUploads ahead, int count) throws IOException {
        List<Path> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = Files.write(folder.resolve("%012d.changes".formatted(i)), new byte[] {1});
            ahead.begin(file, () -> List.of(file));
            all.add(file);
        }
        return all;
    }

    /** What a capture finds that begins now. */
    private Optional<StoredObject> find(AheadUploads ahead, Path origin, Path file) throws IOException {
        return ahead.find(origin, file, new Moment(nanos, millis));
    }

    /** A second capture has just begun. */
    private AheadUploads uploads(Executor executor) {
        AheadUploads ahead = new AheadUploads(
                files, new Transfers(executor, 2), new Moment.Clocks(() -> nanos, () -> Instant.ofEpochMilli(millis)));
        ahead.captured();
        return ahead;
    }
}
