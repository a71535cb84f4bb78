package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.rocksdb.RocksDB;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.FileTrees;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFilesInMemory;
import stream.weir.runtime.state.ValueTable;

/**
 * Not a test: what a get and a put of one key cost, through a table and in plain RocksDB with the same options and memory. 8-byte keys,
 * 64-byte values, one thread, each key loaded once before.
 *
 * <p>Arguments: {@code table|plain uniform|zipf <keys> <operations> <heap MiB> <native MiB> <seconds between captures, 0 for none>}.
 */
public final class ReadModifyWriteMeasure {
    private static final int GROUPS = 128;
    private static final int VALUE_BYTES = 64;

    private ReadModifyWriteMeasure() {}

    /** A store under measurement. */
    private interface Store extends AutoCloseable {
        /** Adds one to the first number of the key's value; where there is none, writes one. */
        void update(long key);

        default void second(long number) throws IOException {}

        default long bytes() {
            return 0;
        }

        @Override
        void close();
    }

    public static void main(String[] args) throws Exception {
        long keys = Long.parseLong(args[2]);
        long operations = Long.parseLong(args[3]);
        boolean zipf = args[1].equals("zipf");
        Path folder = Files.createTempDirectory("measure");
        try (RocksDbMemory memory = RocksDbMemory.of(Long.parseLong(args[5]) << 20);
                Store store = args[0].equals("plain")
                        ? new PlainStore(folder, memory)
                        : new TableStore(folder, memory, args)) {
            run(store, args, "load", keys, i -> i * 1_000_003L % keys);
            SplittableRandom random = new SplittableRandom(1);
            int octaves = 63 - Long.numberOfLeadingZeros(keys);
            run(store, args, args[1], operations, i -> zipf ? skewed(random, octaves) : random.nextLong(keys));
        } finally {
            FileTrees.delete(folder);
        }
    }

    /** Every octave of ranks is as likely as any other, as with Zipf's law of exponent 1. */
    private static long skewed(SplittableRandom random, int octaves) {
        int octave = random.nextInt(octaves);
        return (1L << octave) + random.nextLong(1L << octave) - 1;
    }

    private static void run(
            Store store, String[] args, String what, long operations, java.util.function.LongUnaryOperator rank)
            throws IOException {
        long start = System.nanoTime();
        long cpu = cpuNanos();
        long second = 0;
        for (long i = 0; i < operations; i++) {
            store.update(mix(rank.applyAsLong(i) + 1));
            if ((i & 0xFFF) == 0 && (System.nanoTime() - start) / 1_000_000_000L > second) {
                second++;
                store.second(second);
            }
        }
        double micros = (System.nanoTime() - start) / 1e3 / operations;
        double cpuMicros = (cpuNanos() - cpu) / 1e3 / operations;
        System.out.printf(
                Locale.ROOT,
                "%s %s keys=%s heap=%s native=%s: %.2f us, %.2f us of CPU for each of %d; size %d MB%n",
                args[0],
                what,
                args[2],
                args[4],
                args[5],
                micros,
                cpuMicros,
                operations,
                store.bytes() / 1_000_000);
    }

    private static long mix(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static byte[] filled(long key) {
        ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES);
        for (int i = 0; i < VALUE_BYTES / 8; i++) {
            value.putLong(mix(key + i));
        }
        return value.array();
    }

    private static final class TableStore implements Store {
        private final ExecutorService pool = Executors.newFixedThreadPool(3);
        private final StateFilesInMemory files = new StateFilesInMemory();
        private final KeyedStateBackend backend;
        private final ValueTable table;
        private final long interval;
        private final byte[] encoded = new byte[8];
        private final byte[] changed = new byte[VALUE_BYTES];
        private final Key key = new Key();
        private final Slice value = new Slice();
        private long checkpoint;

        TableStore(Path folder, RocksDbMemory memory, String[] args) throws IOException {
            RocksDbConfig config = RocksDbConfig.DEFAULT.withCacheBytes(Long.parseLong(args[4]) << 20);
            this.interval = Long.parseLong(args[6]);
            this.backend = new RocksDbStateBackendFactory(
                            config, memory, pool, System::nanoTime, InstantSource.system())
                    .open(new Scope("measure", new KeyGroupRange(0, GROUPS - 1), folder, files), List.of());
            this.table = backend.valueTable("values");
        }

        @Override
        public void update(long id) {
            ByteBuffer.wrap(encoded).putLong(id);
            key.set(encoded, 0, 8, id, (int) (id >>> 57));
            if (table.get(key, ValueTable.NO_PANE, value)) {
                System.arraycopy(value.array(), value.offset(), changed, 0, VALUE_BYTES);
                changed[0]++;
                table.put(key, ValueTable.NO_PANE, changed, 0, VALUE_BYTES);
            } else {
                table.put(key, ValueTable.NO_PANE, filled(id), 0, VALUE_BYTES);
            }
        }

        @Override
        public void second(long number) {
            if (interval > 0 && number % interval == 0) {
                long id = ++checkpoint;
                long start = System.nanoTime();
                StateCapture capture = backend.capture(id);
                long nanos = System.nanoTime() - start;
                pool.execute(() -> {
                    try {
                        StateCapture.Stored stored = capture.store(files);
                        backend.completed(id);
                        System.out.printf(
                                Locale.ROOT,
                                "  capture %d: %.3f ms on the thread, %d MB of %d MB stored in %d ms%n",
                                id,
                                nanos / 1e6,
                                stored.uploadedBytes() / 1_000_000,
                                stored.stateBytes() / 1_000_000,
                                (System.nanoTime() - start) / 1_000_000);
                    } catch (IOException e) {
                        e.printStackTrace();
                    }
                });
            }
        }

        @Override
        public long bytes() {
            return backend.sizeBytes();
        }

        @Override
        public void close() {
            backend.close();
            pool.shutdown();
        }
    }

    private static final class PlainStore implements Store {
        private final TableOptions options;
        private final Database database;
        private final Database.Family family;
        private final BatchBytes batch = new BatchBytes();
        private final byte[] encoded = new byte[11];
        private final byte[] value = new byte[VALUE_BYTES];

        PlainStore(Path folder, RocksDbMemory memory) throws IOException {
            this.options = TableOptions.of(memory);
            this.database = Database.open(folder, options, new RocksDbErrors("measure", folder));
            this.family = database.create("values".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        public void update(long id) {
            KeyCode.writePrefix(encoded, (int) (id >>> 57), 0);
            ByteBuffer.wrap(encoded).putLong(3, id);
            byte[] written = value;
            if (database.get(family, encoded, encoded.length, value) == RocksDB.NOT_FOUND) {
                written = filled(id);
            } else {
                value[0]++;
            }
            batch.clear();
            batch.put(family.id(), encoded, written);
            try {
                database.write(batch.toByteArray());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public long bytes() {
            return database.sizeBytes();
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
