package stream.weir.runtime.state;

import java.util.HashSet;
import java.util.Set;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.Aggregator;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.state.AggregatingState;
import stream.weir.api.state.ListState;
import stream.weir.api.state.MapState;
import stream.weir.api.state.ValueState;

/**
 * The states of one step, as tables of a backend named {@code step/state}. All of them show the values of the key that {@code
 * current} holds at the time of the call. Values are decoded from copies: none shares memory with a backend.
 */
public final class KeyedStates implements StateDeclarations {
    private final KeyedStateBackend backend;
    private final Key current;
    private final String step;
    private final StateEvolution evolution;
    private final Buffers buffers = new Buffers();
    private final Set<String> names = new HashSet<>();

    /**
     * @param current the key of the record or timer being processed; set by others
     * @param evolution takes the declarations and knows what was restored
     */
    public KeyedStates(KeyedStateBackend backend, Key current, String step, StateEvolution evolution) {
        this.backend = backend;
        this.current = current;
        this.step = step;
        this.evolution = evolution;
    }

    @Override
    public <T> ValueState<T> value(String name, Codec<T> codec) {
        return new TableValueState<>(evolution.values(table(name), "value", codec), current, codec, buffers);
    }

    @Override
    public <T> ListState<T> list(String name, Codec<T> codec) {
        OrderedTable table = evolution.entries(table(name), "list", codec, new TableShape.Listed());
        ListPositions positions = ListPositions.of(table, backend.keyGroups());
        return new TableListState<>(table, new ElementKeys(table, current), positions, codec, buffers);
    }

    @Override
    public <K, V> MapState<K, V> map(String name, Codec<K> keyCodec, Codec<V> valueCodec) {
        TableShape shape = new TableShape.Mapped(keyCodec.schema());
        OrderedTable table = evolution.entries(table(name), "map", valueCodec, shape);
        return new TableMapState<>(table, new ElementKeys(table, current), keyCodec, valueCodec, buffers);
    }

    @Override
    public <I, A, O> AggregatingState<I, O> aggregating(
            String name, Aggregator<I, A, O> aggregator, Codec<A> accumulatorCodec) {
        ValueTable table = evolution.values(table(name), "aggregating", accumulatorCodec);
        return new TableAggregatingState<>(table, current, aggregator, accumulatorCodec, buffers);
    }

    private String table(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("step " + step + " declares the state " + name
                    + " twice: the states of a step have different names");
        }
        return step + "/" + name;
    }
}
