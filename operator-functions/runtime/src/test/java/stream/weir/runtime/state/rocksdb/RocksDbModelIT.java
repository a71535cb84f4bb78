package stream.weir.runtime.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFilesInMemory;
import stream.weir.runtime.state.ValueTable;
import stream.weir.runtime.state.rocksdb.RocksDbConfig.Uploads;
import stream.weir.runtime.state.rocksdb.TableModel.Place;

/** Random work on backends whose caches hold next to nothing, against plain maps. */
class RocksDbModelIT {
    private static final int GROUPS = 8;

    @RegisterExtension
    private static final RocksDbResources ROCKSDB = new RocksDbResources();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 1024, 256, 256, pool",
        "2, 2048, 512, 512, pool",
        "3, 4096, 256, 256, never",
        "4, 65536, 4096, 4096, pool",
        "5, 1024, 256, 256, inline",
        "6, 16384, 1024, 1024, never",
        "7, 1024, 256, 65536, pool",
        "9, 16384, 1024, 65536, never",
        "11, 1048576, 1024, 65536, pool",
        "13, 4096, 256, 16384, inline"
    })
    void when_tables_are_used_at_random_then_they_hold_what_plain_maps_hold(
            long seed, long cacheBytes, int pageBytes, long changeBytes, String threads) throws IOException {
        Executor executor =
                switch (threads) {
                    case "pool" -> ROCKSDB.pool();
                    case "inline" -> Runnable::run;
                    default -> task -> {};
                };
        Uploads uploads = seed % 2 == 0 ? Uploads.FULL : Uploads.INCREMENTAL;
        RocksDbConfig config =
                new RocksDbConfig(uploads, cacheBytes, pageBytes, 2, changeBytes, changeBytes == pageBytes ? 2 : 9);
        new Course(seed, ROCKSDB.factory(config, executor), folder).run(3000);
    }

    /** One random course of events. */
    private static final class Course {
        private static final String[] VALUES = {"counts", "windows"};
        private static final String[] ORDERED = {"timers", "lists"};

        private final Random random;
        private final RocksDbStateBackendFactory factory;
        private final Path folder;
        private final StateFilesInMemory files = new StateFilesInMemory();
        private final List<KeyedStateBackend> replicas = new ArrayList<>();
        private TableModel model = new TableModel();
        private TableModel savedModel = new TableModel();
        private List<StateHandle> saved = List.of();
        private List<StateCapture> captured = List.of();
        private TableModel capturedModel = new TableModel();
        private long checkpoint;
        private int opened;

        Course(long seed, RocksDbStateBackendFactory factory, Path folder) {
            this.random = new Random(seed);
            this.factory = factory;
            this.folder = folder;
        }

        void run(int steps) throws IOException {
            open(1);
            for (int i = 0; i < steps; i++) {
                step();
            }
            replicas.forEach(model::checkAll);
            replicas.forEach(KeyedStateBackend::close);
        }

        private void step() throws IOException {
            switch (random.nextInt(400)) {
                case 0, 1, 2 -> capture();
                case 3, 4 -> store();
                case 5 -> restore();
                case 6 -> replicas.forEach(model::checkAll);
                default -> change();
            }
        }

        private void change() {
            String table = VALUES[random.nextInt(VALUES.length)];
            String key = "k" + random.nextInt(random.nextInt(10) == 0 ? 10_000 : 60);
            long pane = table.equals("counts") ? ValueTable.NO_PANE : (random.nextInt(7) - 2) * 100_000L;
            int keyGroup = TableModel.keyGroup(key, GROUPS);
            KeyedStateBackend replica = replica(keyGroup);
            Place place = new Place(table, keyGroup, pane);
            TreeMap<String, String> map = model.values.computeIfAbsent(place, p -> new TreeMap<>());
            String value = value();
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> {
                    put(replica, table, key, pane, value);
                    map.put(key, value);
                }
                case 3, 4 -> {
                    String delta = value.substring(0, Math.min(5, value.length()));
                    replica.valueTable(table)
                            .merge(TableModel.key(key, GROUPS), pane, TableModel.slice(delta), TableModel.APPEND);
                    map.merge(key, delta, String::concat);
                }
                case 5 -> {
                    replica.valueTable(table).remove(TableModel.key(key, GROUPS), pane);
                    map.remove(key);
                }
                case 6 -> {
                    if (random.nextInt(4) == 0) {
                        replica.valueTable(table).removePane(keyGroup, pane);
                        map.clear();
                    }
                }
                case 7 -> model.checkPane(replica, place);
                case 8 -> model.checkFirstPane(replica, table, keyGroup, pane - 1);
                case 9, 10, 11 -> changeOrdered(replica, keyGroup, value);
                default -> model.checkValue(replica, table, key, pane, GROUPS);
            }
        }

        private void put(KeyedStateBackend replica, String table, String key, long pane, String value) {
            Slice content = TableModel.slice(value);
            replica.valueTable(table)
                    .put(TableModel.key(key, GROUPS), pane, content.array(), content.offset(), content.length());
        }

        private void changeOrdered(KeyedStateBackend replica, int keyGroup, String value) {
            Place place = new Place(ORDERED[random.nextInt(ORDERED.length)], keyGroup, 0);
            TreeMap<String, String> map = model.ordered.computeIfAbsent(place, p -> new TreeMap<>());
            String key = "" + (1000 + random.nextInt(120));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    replica.orderedTable(place.table()).put(keyGroup, TableModel.slice(key), TableModel.slice(value));
                    map.put(key, value);
                }
                case 3 -> {
                    replica.orderedTable(place.table()).remove(keyGroup, TableModel.slice(key));
                    map.remove(key);
                }
                case 4 -> fire(replica, place, map, key);
                case 5 -> model.checkScan(replica, place, key, "" + (1000 + random.nextInt(120)), 1000);
                case 6 -> model.checkScan(replica, place, random.nextBoolean() ? "" : key, "", random.nextInt(4) + 1);
                default -> model.checkOrdered(replica, place, key);
            }
        }

        /** As timers are used: all from the beginning up to a key are looked at, then removed. */
        private void fire(KeyedStateBackend replica, Place place, TreeMap<String, String> map, String to) {
            model.checkScan(replica, place, "", to, Integer.MAX_VALUE);
            for (String due : List.copyOf(map.headMap(to).keySet())) {
                replica.orderedTable(place.table()).remove(place.keyGroup(), TableModel.slice(due));
                map.remove(due);
            }
        }

        private String value() {
            int length = random.nextInt(100) == 0 ? random.nextInt(3000) : random.nextInt(40);
            return ("" + (char) ('a' + random.nextInt(26))).repeat(length);
        }

        private void capture() throws IOException {
            store();
            checkpoint++;
            captured = new ArrayList<>();
            for (KeyedStateBackend replica : replicas) {
                captured.add(replica.capture(checkpoint));
            }
            capturedModel = model.copy();
        }

        private void store() throws IOException {
            if (captured.isEmpty()) {
                return;
            }
            int fate = random.nextInt(5);
            if (fate == 0) {
                captured.forEach(StateCapture::discard);
                replicas.forEach(r -> r.aborted(checkpoint));
            } else {
                List<StateHandle> handles = new ArrayList<>();
                for (StateCapture capture : captured) {
                    handles.addAll(capture.store(files).handles());
                }
                if (fate == 1) {
                    replicas.forEach(r -> r.aborted(checkpoint));
                } else {
                    replicas.forEach(r -> r.completed(checkpoint));
                    saved = handles;
                    savedModel = capturedModel;
                }
            }
            captured = List.of();
        }

        private void restore() throws IOException {
            captured = List.of();
            replicas.forEach(KeyedStateBackend::close);
            int before = replicas.size();
            replicas.clear();
            model = savedModel.copy();
            open(random.nextInt(3) == 0 ? random.nextInt(3) + 1 : Math.max(1, before));
            replicas.forEach(model::checkAll);
            if (random.nextBoolean()) {
                capture();
            }
        }

        private void open(int parallelism) throws IOException {
            for (int i = 0; i < parallelism; i++) {
                KeyGroupRange range = KeyGroupRange.of(GROUPS, parallelism, i);
                Path own = folder.resolve("replica-" + i);
                KeyedStateBackend replica = factory.open(new Scope("model-" + opened++, range, own, files), saved);
                assertThat(replica.keyGroups()).isEqualTo(range);
                replicas.add(replica);
            }
        }

        private KeyedStateBackend replica(int keyGroup) {
            return replicas.stream()
                    .filter(r -> r.keyGroups().contains(keyGroup))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
