package stream.weir.benchmarks.micro;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import stream.weir.api.codec.Codecs;
import stream.weir.api.state.ValueState;
import stream.weir.benchmarks.workload.Numbers;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.keygroup.KeyGroups;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.KeyedStates;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.StateEvolution;
import stream.weir.runtime.state.StateFiles;

/** A value state of one number for each of many keys, in one backend that holds all key groups. */
final class KeyedUpdates implements AutoCloseable {
    private static final int MAX_PARALLELISM = 128;

    private final KeyedStateBackend backend;
    private final Key current;
    private final ValueState<Long> values;
    private final long keys;
    private final byte[] keyBytes = new byte[Long.BYTES];
    private final ByteBuffer keyBuffer = ByteBuffer.wrap(keyBytes);
    private long record;

    private KeyedUpdates(KeyedStateBackend backend, Key current, ValueState<Long> values, long keys) {
        this.backend = backend;
        this.current = current;
        this.values = values;
        this.keys = keys;
    }

    /** Opens the backend and gives each key a value. */
    static KeyedUpdates over(StateBackendFactory factory, Path folder, long keys) throws IOException {
        KeyGroupRange range = KeyGroupRange.of(MAX_PARALLELISM, 1, 0);
        KeyedStateBackend backend =
                factory.open(new StateBackendFactory.Scope("benchmark", range, folder, new NoFiles()), List.of());
        Key current = new Key();
        StateEvolution evolution = new StateEvolution(backend, (table, kind, schema) -> {}, table -> Optional.empty());
        ValueState<Long> values = new KeyedStates(backend, current, "step", evolution).value("sum", Codecs.LONG);
        KeyedUpdates updates = new KeyedUpdates(backend, current, values, keys);
        for (long rank = 0; rank < keys; rank++) {
            updates.at(rank);
            values.update(rank);
        }
        return updates;
    }

    /** Adds to the value of a random key. */
    long next() {
        record++;
        at(Numbers.bounded(Numbers.random(record, 0), keys));
        long sum = values.orElse(0L) + record;
        values.update(sum);
        return sum;
    }

    @Override
    public void close() {
        backend.close();
    }

    private void at(long rank) {
        keyBuffer.putLong(0, Numbers.mix(rank + 1));
        long hash = KeyHash.of(keyBytes, 0, keyBytes.length);
        current.set(keyBytes, 0, keyBytes.length, hash, KeyGroups.keyGroupOf(hash, MAX_PARALLELISM));
    }

    /** There are no checkpoints here. */
    private record NoFiles() implements StateFiles {
        @Override
        public StoredObject store(Path file) {
            throw new UnsupportedOperationException("nothing is stored");
        }

        @Override
        public StoredObject store(byte[] content) {
            throw new UnsupportedOperationException("nothing is stored");
        }

        @Override
        public InputStream open(StoredObject object) {
            throw new UnsupportedOperationException("nothing is restored");
        }

        @Override
        public void fetch(StoredObject object, Path target) {
            throw new UnsupportedOperationException("nothing is restored");
        }
    }
}
