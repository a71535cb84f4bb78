package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;

/** What files of a database keep. */
class DatabaseIT {
    private static final byte[] KEY = "key-500".getBytes(UTF_8);
    private static final byte[] TABLE = "table".getBytes(UTF_8);

    @TempDir
    private Path folder;

    private final RocksDbMemory memory = RocksDbMemory.of(16 << 20);

    @AfterEach
    void closeMemory() {
        memory.close();
    }

    @Test
    void when_a_byte_of_a_block_is_changed_on_disk_then_reading_it_fails() throws IOException {
        byte[] value = written();
        try (Database whole = open()) {
            assertThat(get(whole)).isEqualTo(value.length);
        }

        damage(value);

        try (Database damaged = open()) {
            assertThatThrownBy(() -> get(damaged))
                    .hasMessageContainingAll("Cannot read the state of test", "Corruption");
        }
    }

    /** @return the value of {@link #KEY}, which does not compress */
    private byte[] written() throws IOException {
        Random random = new Random(7);
        byte[][] values = new byte[1000][64];
        BatchBytes batch = new BatchBytes();
        try (Database database = Database.open(folder.resolve("db"), TableOptions.of(memory), errors())) {
            int family = database.create(TABLE).id();
            for (int i = 0; i < values.length; i++) {
                random.nextBytes(values[i]);
                batch.put(family, ("key-" + i).getBytes(UTF_8), values[i]);
            }
            database.write(batch.toByteArray());
            database.checkpoint(folder.resolve("files"));
        }
        return values[500];
    }

    private Database open() throws IOException {
        return Database.open(folder.resolve("files"), TableOptions.of(memory), errors());
    }

    private static int get(Database database) {
        byte[] read = new byte[100];
        int length = database.get(database.find(TABLE).orElseThrow(), KEY, KEY.length, read);
        return length == RocksDB.NOT_FOUND ? 0 : length;
    }

    private RocksDbErrors errors() {
        return new RocksDbErrors("test", folder);
    }

    private void damage(byte[] value) throws IOException {
        for (Path file : tables()) {
            byte[] bytes = Files.readAllBytes(file);
            int at = new String(bytes, ISO_8859_1).indexOf(new String(value, ISO_8859_1));
            if (at >= 0) {
                bytes[at]++;
                // A new file: the old one may be linked elsewhere.
                Files.delete(file);
                Files.write(file, bytes);
                return;
            }
        }
        throw new AssertionError("no file has the value as it was written");
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("files"))) {
            return files.filter(file -> Captures.isTable(file.toString())).toList();
        }
    }
}
