package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.FileTrees;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.ValueTable;

/**
 * Not a test: what it costs to open a state whose checkpoint has changes beside the files of its database. 27-byte keys, 16-byte values, one
 * table. The store is a folder, so that several versions open the same.
 *
 * <p>Arguments: {@code make <folder> <keys> <changes>}; {@code open <folder> <times> <heap MiB for the cache>}, which prints milliseconds until
 * open, of which the thread's processor time, that of the process until open and until a next checkpoint is stored, and a sum of all content.
 */
public final class RestoreMeasure {
    private static final KeyGroupRange GROUPS = new KeyGroupRange(0, 127);
    private static final int CAPTURES = 8;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RestoreMeasure() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try (RocksDbMemory memory = RocksDbMemory.of(256 << 20)) {
            if (args[0].equals("make")) {
                make(folder, memory, pool, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            } else {
                for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                    open(folder, memory, pool, Long.parseLong(args[3]) << 20);
                }
            }
        } finally {
            pool.shutdown();
        }
    }

    private static void make(Path folder, RocksDbMemory memory, ExecutorService pool, int keys, int changes)
            throws IOException {
        Files.createDirectories(folder.resolve("store"));
        KeyedStateBackend backend = backend(folder, memory, pool, 64 << 20, List.of());
        ValueTable table = backend.valueTable("values");
        for (int i = 0; i < keys; i++) {
            put(table, i, i);
        }
        FolderFiles files = new FolderFiles(folder.resolve("store"));
        RocksDb handle = completed(backend, 1, files);
        SplittableRandom random = new SplittableRandom(7);
        for (int capture = 0; capture < CAPTURES; capture++) {
            for (int i = 0; i < changes / CAPTURES; i++) {
                put(table, random.nextInt(keys), random.nextLong());
            }
            handle = completed(backend, capture + 2, files);
        }
        List<String> lines = new ArrayList<>();
        for (RocksDbFile file : handle.files()) {
            StoredObject object = file.object();
            lines.add(file.path() + " " + object.name() + " " + object.bytes() + " " + object.crc32c());
            System.out.println(lines.getLast());
        }
        Files.write(folder.resolve("handle"), lines);
        backend.close();
    }

    private static void open(Path folder, RocksDbMemory memory, ExecutorService pool, long cacheBytes)
            throws IOException {
        List<RocksDbFile> stored = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("handle"))) {
            String[] words = line.split(" ");
            stored.add(new RocksDbFile(
                    words[0], new StoredObject(words[1], Long.parseLong(words[2]), Integer.parseInt(words[3]))));
        }
        long start = System.nanoTime();
        long thread = THREADS.getCurrentThreadCpuTime();
        long process = cpuNanos();
        KeyedStateBackend backend = backend(folder, memory, pool, cacheBytes, List.of(new RocksDb(GROUPS, stored)));
        ValueTable table = backend.valueTable("values");
        long opened = System.nanoTime();
        long threadOpened = THREADS.getCurrentThreadCpuTime();
        long processOpened = cpuNanos();
        completed(backend, 1, new FolderFiles(folder.resolve("store-after")));
        System.out.printf(
                Locale.ROOT,
                "open %.0f ms, thread %.0f ms, process %.0f ms; next checkpoint %.0f ms, process %.0f ms;",
                (opened - start) / 1e6,
                (threadOpened - thread) / 1e6,
                (processOpened - process) / 1e6,
                (System.nanoTime() - opened) / 1e6,
                (cpuNanos() - processOpened) / 1e6);
        long[] sums = new long[2];
        for (int group = GROUPS.first(); group <= GROUPS.last(); group++) {
            table.forEach(group, ValueTable.NO_PANE, (key, value) -> {
                long content = ByteBuffer.wrap(value.array(), value.offset(), value.length())
                        .getLong();
                sums[0]++;
                sums[1] += (EncodedKey.hash(1, key.array(), key.offset(), key.length()) | 1L) * content;
                return true;
            });
        }
        System.out.printf(Locale.ROOT, " %d entries, sum %016x%n", sums[0], sums[1]);
        backend.close();
        FileTrees.delete(folder.resolve("store-after"));
    }

    private static KeyedStateBackend backend(
            Path folder, RocksDbMemory memory, ExecutorService pool, long cacheBytes, List<StateHandle> handles)
            throws IOException {
        return new RocksDbStateBackendFactory(
                        RocksDbConfig.DEFAULT.withCacheBytes(cacheBytes),
                        memory,
                        pool,
                        System::nanoTime,
                        InstantSource.system())
                .open(
                        new Scope("measure", GROUPS, folder.resolve("state"), new FolderFiles(folder.resolve("store"))),
                        handles);
    }

    private static RocksDb completed(KeyedStateBackend backend, long id, StateFiles files) throws IOException {
        StateCapture capture = backend.capture(id);
        RocksDb handle = (RocksDb) capture.store(files).handles().getFirst();
        backend.completed(id);
        return handle;
    }

    private static void put(ValueTable table, int number, long content) {
        byte[] bytes = String.format(Locale.ROOT, "key-%020d", number * 1_000_003L % 1_000_000_007L)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        long hash = number * 0x9E3779B97F4A7C15L;
        Key key = new Key().set(bytes, 0, bytes.length, hash, (int) (hash >>> 57));
        table.put(
                key,
                ValueTable.NO_PANE,
                ByteBuffer.allocate(16).putLong(content).putLong(number).array(),
                0,
                16);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Objects as files, which are linked, as copies on the own disk are. */
    private record FolderFiles(Path folder) implements StateFiles {
        @Override
        public StoredObject store(Path file) throws IOException {
            Files.createDirectories(folder);
            Path target = Files.createTempFile(folder, "object", "");
            Files.delete(target);
            Files.copy(file, target);
            return new StoredObject(target.getFileName().toString(), Files.size(target), 0);
        }

        @Override
        public StoredObject store(byte[] content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream open(StoredObject object) throws IOException {
            return Files.newInputStream(folder.resolve(object.name()));
        }

        @Override
        public void fetch(StoredObject object, Path target) throws IOException {
            if (StateFiles.isFinal(target.getFileName().toString())) {
                Files.createLink(target, folder.resolve(object.name()));
            } else {
                Files.copy(folder.resolve(object.name()), target);
            }
        }
    }
}
