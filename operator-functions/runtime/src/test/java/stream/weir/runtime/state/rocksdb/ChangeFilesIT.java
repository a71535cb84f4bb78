package stream.weir.runtime.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeFilesIT {
    @TempDir
    private Path folder;

    @Test
    void when_changes_that_are_asked_for_were_deleted_then_that_is_an_error_and_newer_ones_are_there()
            throws IOException {
        ChangeFiles files = new ChangeFiles(folder, List.of());
        for (int epoch = 1; epoch <= 3; epoch++) {
            files.write(new byte[] {1});
            files.end(epoch);
        }

        files.deleteThrough(1);

        assertThat(files.between(1, 3)).containsExactlyElementsOf(ChangeFile.allIn(folder));
        assertThatThrownBy(() -> files.between(0, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot take the changes of epochs 1 to 3 from " + folder)
                .hasMessageContaining("up to 1 were deleted");
        files.close();
    }
}
