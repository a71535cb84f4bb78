package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.Slice;

/** Copies key groups of a table into another database, as files that are taken over whole. */
record TableCopy(Database source, Database target, RocksDbErrors errors) {
    private static final long FILE_BYTES = 32L << 20;

    void copy(Database.Family from, Database.Family to, KeyGroupRange keyGroups, Path folder) throws IOException {
        byte[] first = KeyCode.group(keyGroups.first());
        byte[] end = KeyCode.after(KeyCode.group(keyGroups.last()));
        List<Path> files = new ArrayList<>();
        try (DatabaseScan scan = source.scan(from, first, end);
                EnvOptions environment = new EnvOptions();
                Options options = target.fileOptions()) {
            while (scan.valid()) {
                Path file = folder.resolve("copy-" + to.id() + "-" + files.size());
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
        if (!files.isEmpty()) {
            target.ingest(to, files);
        }
    }

    private static void fill(SstFileWriter writer, DatabaseScan scan) throws RocksDBException {
        Slice value = new Slice();
        ByteBuffer key = ByteBuffer.allocateDirect(256);
        ByteBuffer content = ByteBuffer.allocateDirect(4096);
        for (long bytes = 0; scan.valid() && bytes < FILE_BYTES; scan.next()) {
            scan.value(value);
            key = filled(key, scan.key(), 0, scan.keyLength());
            content = filled(content, value.array(), value.offset(), value.length());
            writer.put(key, content);
            bytes += scan.keyLength() + value.length();
        }
    }

    private static ByteBuffer filled(ByteBuffer buffer, byte[] source, int offset, int length) {
        ByteBuffer large = length <= buffer.capacity() ? buffer : ByteBuffer.allocateDirect(length * 2);
        return large.clear().put(source, offset, length).flip();
    }
}
