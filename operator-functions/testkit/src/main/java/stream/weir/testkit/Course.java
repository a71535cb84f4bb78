package stream.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.Step;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.keygroup.KeyGroups;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.function.Chain;
import stream.weir.runtime.function.ChainContext;
import stream.weir.runtime.function.Output;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.memory.MemoryBackendFactory;

/** One function in a chain of its own, with all key groups. */
final class Course implements ChainContext {
    static final String STEP = "function";

    private static final int KEY_GROUPS = KeyGroups.DEFAULT_MAX_PARALLELISM;
    private static final StateBackendFactory BACKENDS = new MemoryBackendFactory(Integer.MAX_VALUE);
    private static final StateBackendFactory.Scope SCOPE = new StateBackendFactory.Scope(
            "testkit", new KeyGroupRange(0, KEY_GROUPS - 1), Path.of("unused"), new NoFiles());

    private final Step step;
    private final List<Input> inputs;
    private final Codec<?> keyCodec;
    private final Key key = new Key();
    private final ByteWriter keyBytes = new ByteWriter();
    private final List<Out> outs = new ArrayList<>();
    private final Map<String, String> declared = new HashMap<>();
    private Map<String, String> restoredSchemas = Map.of();
    private KeyedStateBackend backend;
    private Chain chain;
    private long watermark = Long.MIN_VALUE;
    private long now;

    private Course(Step step, List<Input> inputs, Codec<?> keyCodec) {
        this.step = step;
        this.inputs = inputs;
        this.keyCodec = keyCodec;
        this.backend = backend(List.of());
        this.chain = Chain.of(List.of(step), inputs, this);
    }

    /** @param side name of the side output; empty for the main one */
    record Out(Object value, long timestamp, String side) {
        @Override
        public String toString() {
            return value + " at " + timestamp + (side.isEmpty() ? "" : " to " + side);
        }
    }

    static Course of(Step step, List<Input> inputs, Codec<?> keyCodec) {
        Course course = new Course(step, inputs, keyCodec);
        course.open();
        return course;
    }

    @SuppressWarnings("unchecked")
    void record(int input, Object recordKey, Object value, long timestamp) {
        keyBytes.reset();
        ((Codec<Object>) keyCodec).encode(recordKey, keyBytes);
        long hash = KeyHash.of(keyBytes.buffer(), 0, keyBytes.size());
        key.set(keyBytes.buffer(), 0, keyBytes.size(), hash, KeyGroups.keyGroupOf(hash, KEY_GROUPS));
        chain.process(input, value, timestamp);
    }

    void watermark(long newWatermark) throws Exception {
        watermark = Math.max(watermark, newWatermark);
        chain.advanceWatermark(newWatermark);
    }

    void processingTime(long newNow) throws Exception {
        now = newNow;
        chain.advanceProcessingTime(newNow);
    }

    void endOfInput() throws Exception {
        watermark(Long.MAX_VALUE);
        chain.endOfInput();
    }

    /** Takes a snapshot, throws the function away and goes on with a new one from the snapshot. */
    void restore() throws Exception {
        chain.beforeSnapshot();
        List<StateHandle> handles = backend.capture(1).store(SCOPE.files()).handles();
        close();
        restoredSchemas = Map.copyOf(declared);
        backend = backend(handles);
        chain = Chain.of(List.of(step), inputs, this);
        open();
    }

    List<Out> taken() {
        List<Out> taken = List.copyOf(outs);
        outs.clear();
        return taken;
    }

    void close() throws Exception {
        chain.close();
        backend.close();
    }

    private void open() {
        try {
            chain.open(watermark);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the function could not be opened: " + e, e);
        }
    }

    private static KeyedStateBackend backend(List<StateHandle> handles) {
        try {
            return BACKENDS.open(SCOPE, handles);
        } catch (IOException e) {
            throw new UncheckedIOException("the snapshot could not be read back", e);
        }
    }

    @Override
    public String stage() {
        return "testkit";
    }

    @Override
    public Output output() {
        return sideOutput(Stage.MAIN);
    }

    @Override
    public Output sideOutput(String name) {
        return (value, timestamp) -> outs.add(new Out(value, timestamp, name));
    }

    @Override
    public Key key() {
        return key;
    }

    @Override
    public Codec<?> keyCodec() {
        return keyCodec;
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
    public void count(String countedStep, String what) {}

    @Override
    public void wakeUp() {}
}
