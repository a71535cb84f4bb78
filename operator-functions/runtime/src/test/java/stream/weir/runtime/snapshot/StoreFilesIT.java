package stream.weir.runtime.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.CorruptStateException;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.directory.DirectoryStore;

final class StoreFilesIT {
    private static final byte[] CONTENT = "123456789".getBytes(UTF_8);

    @TempDir
    Path folder;

    private StoreFiles files;
    private long names;

    @BeforeEach
    void open() throws IOException {
        files = new StoreFiles(DirectoryStore.open(folder.resolve("store")), () -> new UUID(0x8f, ++names));
    }

    @Test
    void when_bytes_are_stored_then_the_object_has_name_length_and_checksum() throws IOException {
        StoredObject object = files.store(CONTENT);

        // The check value of CRC-32C in the catalogue of parametrised CRC algorithms.
        assertThat(object).isEqualTo(new StoredObject("files/00000000-0000-008f-0000-000000000001", 9, 0xE3069283));
        assertThat(files.store(CONTENT).name()).isNotEqualTo(object.name());
        assertThat(read(object)).isEqualTo(CONTENT);
    }

    @Test
    void when_a_file_is_stored_then_it_comes_back_as_it_was() throws IOException {
        byte[] large = new byte[1_000_003];
        new Random(1).nextBytes(large);
        Path file = Files.write(folder.resolve("file"), large);

        StoredObject object = files.store(file);
        files.fetch(object, folder.resolve("fetched"));

        assertThat(object.bytes()).isEqualTo(large.length);
        assertThat(folder.resolve("fetched")).hasBinaryContent(large);
        assertThat(read(object)).isEqualTo(large);
    }

    @Test
    void when_a_byte_of_an_object_changed_then_reading_fails_and_names_object_expected_and_found() throws IOException {
        StoredObject object = files.store(CONTENT);
        overwrite(object, "12345678_".getBytes(UTF_8));

        assertThatThrownBy(() -> read(object))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageStartingWith("Cannot restore from ")
                .hasMessageContaining(": files/00000000-0000-008f-0000-000000000001: CRC32C is ")
                .hasMessageEndingWith(", the manifest says e3069283");
        assertThatThrownBy(() -> files.fetch(object, folder.resolve("fetched")))
                .isInstanceOf(CorruptStateException.class);
        assertThat(folder.resolve("fetched")).doesNotExist();
    }

    @Test
    void when_an_object_is_shorter_or_longer_then_the_error_says_so() throws IOException {
        StoredObject object = files.store(CONTENT);

        overwrite(object, "12345".getBytes(UTF_8));
        assertThatThrownBy(() -> read(object)).hasMessageContaining("it has 5 bytes, the manifest says 9");
        overwrite(object, "1234567890".getBytes(UTF_8));
        assertThatThrownBy(() -> read(object)).hasMessageContaining("more than the 9 bytes");
    }

    @Test
    void when_an_object_is_missing_then_the_error_names_it() {
        StoredObject object = new StoredObject("files/none", 9, 1);

        assertThatThrownBy(() -> read(object))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("files/none");
    }

    @Test
    void when_the_disk_is_full_then_the_error_has_the_room_of_before_the_part_was_deleted() throws IOException {
        StoredObject object = files.store(CONTENT);
        StoreFiles onFullDisk = new StoreFiles(failingAfter(4), () -> new UUID(0, 0));
        Path target = folder.resolve("fetched");

        assertThatThrownBy(() -> onFullDisk.fetch(object, target))
                .hasMessageStartingWith("Cannot fetch " + object.name() + " to " + target + ": No space left on device")
                .hasMessageContaining(" are free at " + target)
                .hasRootCauseMessage("No space left on device");
        assertThat(target).doesNotExist();
    }

    /** Reading an object fails with what writing it says on a full disk. */
    private ObjectStore failingAfter(int bytes) throws IOException {
        ObjectStore real = DirectoryStore.open(folder.resolve("store"));
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (_, method, arguments) -> {
                    if (!method.getName().equals("open")) {
                        return method.invoke(real, arguments);
                    }
                    return new SequenceInputStream(new ByteArrayInputStream(CONTENT, 0, bytes), new InputStream() {
                        @Override
                        public int read() throws IOException {
                            throw new IOException("No space left on device");
                        }
                    });
                });
    }

    private byte[] read(StoredObject object) throws IOException {
        try (InputStream in = files.open(object)) {
            return in.readAllBytes();
        }
    }

    private void overwrite(StoredObject object, byte[] content) throws IOException {
        Files.write(folder.resolve("store").resolve(object.name()), content);
    }
}
