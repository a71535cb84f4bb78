package stream.weir.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.connector.files.FileSourceIT.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.input.FoundFile;

/** What folders and files do to a source that does not own them. */
class FileSourceHazardsIT {
    private static final RowType ROWS = rows("id", Primitive.INT64);

    @TempDir
    private Path folder;

    @Test
    void when_file_not_begun_is_gone_then_restoring_names_it() throws Exception {
        // given
        write("a.csv", "id\n1\n2\n");
        Path unread = write("b.csv", "id\n3\n");
        Reading reading = Reading.of(FileSource.csv(folder, ROWS));
        reading.poll(1);
        Map<String, Bytes> positions = reading.positions();

        // when
        Files.delete(unread);

        // then
        assertThatThrownBy(() -> Reading.of(FileSource.csv(folder, ROWS), 0, 1, positions))
                .hasMessageContaining("b.csv, which the checkpoint has not read yet")
                .hasMessageContaining("put it back");
    }

    @Test
    void when_file_not_begun_is_restored_then_it_is_read_from_its_beginning() throws Exception {
        // given
        write("a.csv", "id\n1\n2\n");
        write("b.csv", "id\n3\n");
        Reading before = Reading.of(FileSource.csv(folder, ROWS));

        // when
        Reading after = Reading.of(FileSource.csv(folder, ROWS), 0, 1, before.positions())
                .all();

        // then
        assertThat(after.values("id")).containsExactly("1", "2", "3");
    }

    @Test
    void when_links_form_a_loop_then_a_glob_reads_what_is_beside_them() throws Exception {
        // given
        Files.createDirectories(folder.resolve("sub"));
        write("sub/a.csv", "id\n1\n");
        Files.createSymbolicLink(folder.resolve("sub/again"), folder);
        Files.createSymbolicLink(folder.resolve("sub/nowhere.csv"), folder.resolve("gone"));

        // when
        Reading reading =
                Reading.of(FileSource.csv(folder.resolve("**/a.csv"), ROWS)).all();

        // then
        assertThat(reading.values("id")).containsExactly("1");
    }

    @Test
    void when_files_get_other_names_during_a_listing_then_it_does_not_fail() throws Exception {
        // given
        AtomicBoolean enough = new AtomicBoolean();
        write("a.csv", "id\n1\n");
        Discovery discovery = Discovery.of(folder);

        // when
        try (ExecutorService others = Executors.newSingleThreadExecutor()) {
            Future<Integer> renames = others.submit(() -> renameUntil(enough));
            try {
                for (int i = 0; i < 2000; i++) {
                    // then
                    assertThat(discovery.list()).extracting(FoundFile::name).contains("a.csv");
                }
            } finally {
                enough.set(true);
            }
            assertThat(renames.get()).isPositive();
        }
    }

    private int renameUntil(AtomicBoolean enough) throws IOException {
        int renames = 0;
        Path from = write(".new", "id\n2\n");
        while (!enough.get()) {
            Path to = folder.resolve("." + renames++ % 2);
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            from = to;
        }
        return renames;
    }

    @ParameterizedTest
    @ValueSource(strings = {"_data.csv", ".data.csv"})
    void when_path_names_one_file_then_it_is_read_whatever_its_name(String name) throws Exception {
        // given
        Path file = write(name, "id\n1\n");

        // when
        Reading reading = Reading.of(FileSource.csv(file, ROWS)).all();

        // then
        assertThat(reading.values("id")).containsExactly("1");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
