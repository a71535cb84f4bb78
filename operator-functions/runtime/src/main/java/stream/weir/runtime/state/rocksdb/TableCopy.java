package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.Slice;

/**
 * Copies key groups of all tables of a database to files that another one takes over whole.
 *
 * @param folder for the files
 * @param goOn asked now and then
 */
record TableCopy(Database source, KeyGroupRange keyGroups, Path folder, BooleanSupplier goOn, RocksDbErrors errors) {
    private static final long FILE_BYTES = 32L << 20;
    private static final int LOOK_EVERY = 1 << 10;

    /**
     * What was copied.
     *
     * @param families names of the source's column families by their numbers
     * @param files of each of these, in the order of their keys; of none where a family has nothing of the key groups
     */
    record Copied(Map<Integer, byte[]> families, Map<Integer, List<Path>> files) {}

    /** What is there by then when it is not to go on is of no use. */
    Copied run() throws IOException {
        Map<Integer, byte[]> families = new HashMap<>();
        Map<Integer, List<Path>> files = new HashMap<>();
        for (Database.Family family : source.tables()) {
            families.put(family.id(), family.name());
            files.put(family.id(), copy(family));
        }
        return new Copied(families, files);
    }

    private List<Path> copy(Database.Family family) throws IOException {
        byte[] first = KeyCode.group(keyGroups.first());
        byte[] end = KeyCode.after(KeyCode.group(keyGroups.last()));
        List<Path> files = new ArrayList<>();
        try (DatabaseScan scan = source.scanOnce(family, first, end);
                EnvOptions environment = new EnvOptions();
                Options options = source.fileOptions()) {
            while (scan.valid() && goOn.getAsBoolean()) {
                Path file = folder.resolve("copy-" + family.id() + "-" + files.size());
                files.add(file);
                try (SstFileWriter writer = new SstFileWriter(environment, options)) {
                    writer.open(file.toString());
                    fill(writer, scan);
                    writer.finish();
                }
            }
        } catch (RocksDBException e) {
            throw errors.failed("copy", e);
        }
        return files;
    }

    private void fill(SstFileWriter writer, DatabaseScan scan) throws RocksDBException {
        Slice value = new Slice();
        ByteBuffer key = ByteBuffer.allocateDirect(256);
        ByteBuffer content = ByteBuffer.allocateDirect(4096);
        long bytes = 0;
        for (int i = 1; scan.valid() && bytes < FILE_BYTES; scan.next(), i++) {
            scan.value(value);
            key = filled(key, scan.key(), 0, scan.keyLength());
            content = filled(content, value.array(), value.offset(), value.length());
            writer.put(key, content);
            bytes += scan.keyLength() + value.length();
            if (i % LOOK_EVERY == 0 && !goOn.getAsBoolean()) {
                return;
            }
        }
    }

    private static ByteBuffer filled(ByteBuffer buffer, byte[] source, int offset, int length) {
        ByteBuffer large = length <= buffer.capacity() ? buffer : ByteBuffer.allocateDirect(length * 2);
        return large.clear().put(source, offset, length).flip();
    }
}
