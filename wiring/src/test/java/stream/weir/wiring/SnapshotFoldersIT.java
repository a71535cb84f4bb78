package stream.weir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.pipeline.CheckpointConfig.Snapshots;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.open.StoreEnvironment;

class SnapshotFoldersIT {
    @TempDir
    private Path folder;

    @Test
    void when_folders_are_opened_then_a_pipeline_has_its_own_and_others_are_where_they_are_said_to_be()
            throws Exception {
        // given
        SnapshotFolders folders = new SnapshotFolders(
                Snapshots.at("file:" + folder.resolve("jobs")),
                Map.of(),
                new StoreEnvironment(Runnable::run, pause -> {}, () -> 7));
        // when
        put(folders.ofPipeline("orders"));
        put(folders.at("file:" + folder.resolve("elsewhere")));
        // then
        assertThat(folder.resolve("jobs/orders/a")).isRegularFile();
        assertThat(folder.resolve("elsewhere/a")).isRegularFile();
    }

    private static void put(ObjectStore store) throws StoreException {
        try (store) {
            store.create("a", new byte[1]);
        }
    }
}
