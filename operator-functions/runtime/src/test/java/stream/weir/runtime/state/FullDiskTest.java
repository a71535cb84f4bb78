package stream.weir.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FullDiskTest {
    private static final Path FOLDER = Path.of("/");

    @Test
    void when_a_cause_is_that_the_disk_is_full_then_folder_and_bytes_are_told() {
        IOException error = new IOException("cannot fetch", new IOException("No space left on device"));

        assertThat(FullDisk.sentenceFor(error, FOLDER))
                .matches("\\. The disk is full: \\d+ bytes of \\d+ are free at /\\. .*");
    }

    @Test
    void when_the_folder_is_not_there_then_the_disk_is_that_of_the_nearest_one_above() {
        IOException error = new IOException("No space left on device");

        assertThat(FullDisk.sentenceFor(error, Path.of("/not-there/orders/files")))
                .matches("\\. The disk is full: \\d+ bytes of [1-9]\\d* are free at /\\. .*");
    }

    @Test
    void when_it_is_said_already_then_not_again() {
        IOException error = new IOException(
                "No space left on device" + FullDisk.sentence(FOLDER), new IOException("No space left"));

        assertThat(FullDisk.sentenceFor(error, FOLDER)).isEmpty();
    }

    @Test
    void when_the_cause_is_another_one_then_there_is_nothing_to_add() {
        assertThat(FullDisk.sentenceFor(new IOException(), FOLDER)).isEmpty();
    }
}
