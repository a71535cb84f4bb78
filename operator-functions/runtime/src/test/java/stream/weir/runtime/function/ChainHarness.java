package stream.weir.runtime.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.Step;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.keygroup.KeyGroups;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;

/** A chain on its own, with string keys; in {@link Mode#RESTORING} it is thrown away and restored after every call. */
final class ChainHarness implements ChainContext {
    private static final int MAX_PARALLELISM = 8;

    private List<Step> steps;
    private final List<Input> inputs;
    private final Mode mode;
    private final Key key = new Key();
    private final List<Out> out = new ArrayList<>();
    private final Map<String, List<Out>> sides = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, String> declared = new TreeMap<>();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private Map<String, String> restoredSchemas = Map.of();
    private WatchedTables backend;
    private Chain chain;
    private long watermark = Long.MIN_VALUE;
    private long now;
    private int calls;

    enum Mode {
        PLAIN(TestBackends.TREE),
        MERGING(TestBackends.MERGING_TREE),
        MEMORY(TestBackends.MEMORY),
        ROCKSDB(TestBackends.ROCKSDB),
        RESTORING(TestBackends.TREE),
        RESTORING_MERGING(TestBackends.MERGING_TREE),
        RESTORING_MEMORY(TestBackends.MEMORY),
        RESTORING_ROCKSDB(TestBackends.ROCKSDB);

        /** Those that use neither files nor native code. */
        static final List<Mode> PURE = List.of(PLAIN, MERGING, MEMORY, RESTORING, RESTORING_MERGING, RESTORING_MEMORY);

        private final TestBackends backends;

        Mode(TestBackends backends) {
            this.backends = backends;
        }

        /** Files are slow: a restore after some calls has to do. */
        boolean restoresAfter(int call) {
            return ordinal() >= RESTORING.ordinal() && (this != RESTORING_ROCKSDB || call % 40 == 0);
        }
    }

    /** What came out. */
    record Out(Object value, long timestamp) {
        @Override
        public String toString() {
            return value + "@" + timestamp;
        }
    }

    private ChainHarness(List<Step> steps, List<Input> inputs, Mode mode) {
        this.steps = steps;
        this.inputs = inputs;
        this.mode = mode;
        this.backend = new WatchedTables(mode.backends.open(new KeyGroupRange(0, MAX_PARALLELISM - 1)));
        this.chain = Chain.of(steps, inputs, this);
    }

    static ChainHarness of(Step... steps) {
        return of(Mode.PLAIN, steps);
    }

    static ChainHarness of(Mode mode, Step... steps) {
        return opened(new ChainHarness(List.of(steps), List.of(), mode));
    }

    /** A stage with the inputs {@code left} and {@code right}. */
    static ChainHarness ofTwo(Mode mode, Step... steps) {
        List<Input> inputs = List.of(
                new Input("left", Stage.MAIN, new Partitioning.Rebalance()),
                new Input("right", Stage.MAIN, new Partitioning.Rebalance()));
        return opened(new ChainHarness(List.of(steps), inputs, mode));
    }

    /** On tables that may be made to fail. */
    static ChainHarness over(FailingTables tables, Step... steps) {
        ChainHarness harness = new ChainHarness(List.of(steps), List.of(), Mode.PLAIN);
        harness.backend = new WatchedTables(tables.over(harness.backend.backend()));
        harness.chain = Chain.of(harness.steps, harness.inputs, harness);
        return opened(harness);
    }

    private static ChainHarness opened(ChainHarness harness) {
        try {
            harness.chain.open(Long.MIN_VALUE);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return harness;
    }

    ChainHarness send(String recordKey, Object value, long timestamp) {
        return send(0, recordKey, value, timestamp);
    }

    ChainHarness send(int input, String recordKey, Object value, long timestamp) {
        ByteWriter bytes = new ByteWriter();
        Codecs.STRING.encode(recordKey, bytes);
        long hash = KeyHash.of(bytes.buffer(), 0, bytes.size());
        key.set(bytes.buffer(), 0, bytes.size(), hash, KeyGroups.keyGroupOf(hash, MAX_PARALLELISM));
        chain.process(input, value, timestamp);
        return restored();
    }

    ChainHarness watermark(long newWatermark) {
        watermark = newWatermark;
        return run(() -> chain.advanceWatermark(newWatermark));
    }

    ChainHarness time(long newNow) {
        now = newNow;
        return run(() -> chain.advanceProcessingTime(newNow));
    }

    ChainHarness end() {
        watermark(Long.MAX_VALUE);
        return run(chain::endOfInput);
    }

    private interface Action {
        void run() throws Exception;
    }

    private ChainHarness run(Action action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return restored();
    }

    private ChainHarness restored() {
        if (mode.restoresAfter(++calls)) {
            restore();
        }
        return this;
    }

    /** Goes on with other steps, from a snapshot. */
    ChainHarness restore(Step... newSteps) {
        restoredSchemas = Map.copyOf(declared);
        steps = List.of(newSteps);
        restore();
        return this;
    }

    /** Goes on in a new chain, from a snapshot. */
    void restore() {
        try {
            chain.beforeSnapshot();
            chain.close();
            backend = new WatchedTables(mode.backends.restored(backend.backend()));
            key.set(new byte[0], 0, 0, 0, -1);
            chain = Chain.of(steps, inputs, this);
            chain.open(watermark);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What came out since the last call. */
    List<Out> taken() {
        List<Out> taken = List.copyOf(out);
        out.clear();
        return taken;
    }

    /** As text, sorted. */
    List<String> takenTexts() {
        return taken().stream().map(Out::toString).sorted().toList();
    }

    List<Out> side(String name) {
        return sides.getOrDefault(name, List.of());
    }

    int counted(String what) {
        return counts.getOrDefault(what, 0);
    }

    int stateSize() {
        return backend.entries();
    }

    int wakeUps() {
        return wakeUps.get();
    }

    void close() {
        backend.close();
    }

    Chain chain() {
        return chain;
    }

    @Override
    public String stage() {
        return "stage";
    }

    @Override
    public Output output() {
        return (value, timestamp) -> out.add(new Out(value, timestamp));
    }

    @Override
    public Output sideOutput(String name) {
        return (value, timestamp) ->
                sides.computeIfAbsent(name, each -> new ArrayList<>()).add(new Out(value, timestamp));
    }

    @Override
    public Key key() {
        return key;
    }

    @Override
    public Codec<?> keyCodec() {
        return Codecs.STRING;
    }

    @Override
    public KeyedStateBackend backend() {
        return backend;
    }

    @Override
    public void declare(String table, String kind, String schema) {
        declared.put(table, schema);
    }

    @Override
    public Optional<String> restoredSchema(String table) {
        return Optional.ofNullable(restoredSchemas.get(table));
    }

    @Override
    public long processingTime() {
        return now;
    }

    @Override
    public int replica() {
        return 0;
    }

    @Override
    public void count(String step, String what) {
        counts.merge(what, 1, Integer::sum);
    }

    @Override
    public void wakeUp() {
        wakeUps.incrementAndGet();
    }
}
