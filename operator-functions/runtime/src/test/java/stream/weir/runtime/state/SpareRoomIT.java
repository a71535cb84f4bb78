package stream.weir.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpareRoomIT {
    @TempDir
    private Path disk;

    @Test
    void when_nothing_is_to_be_there_then_there_is_room_and_the_folder_is_there() throws IOException {
        Path folder = disk.resolve("stage").resolve("ahead");

        assertThat(SpareRoom.lackFor(0, "fetched ahead", folder)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void when_more_is_to_be_there_than_half_of_what_is_free_then_it_says_so_with_the_bytes() throws IOException {
        assertThat(SpareRoom.lackFor(Long.MAX_VALUE, "fetched ahead", disk)).hasValueSatisfying(why -> assertThat(why)
                .matches("9223372036854775807 bytes of state are not fetched ahead: [1-9]\\d* are free at " + disk
                        + ", of which half is left alone"));
    }
}
