package stream.weir.runtime.stage;

import java.util.Optional;
import stream.weir.api.codec.Codec;
import stream.weir.runtime.function.ChainContext;
import stream.weir.runtime.function.Output;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;

/** The replica as its steps see it. */
record ReplicaChainContext(
        ReplicaSetup setup,
        ReplicaEnvironment environment,
        ReplicaMetrics metrics,
        ReplicaOutputs outputs,
        Output output,
        Key key,
        Codec<?> keyCodec,
        BackendSlot slot,
        DeclaredState states,
        Runnable drainSoon)
        implements ChainContext {
    @Override
    public KeyedStateBackend backend() {
        return slot.get();
    }

    @Override
    public String stage() {
        return setup.stage().name();
    }

    @Override
    public Output sideOutput(String name) {
        return outputs.output(name);
    }

    @Override
    public void declare(String table, String kind, String schema) {
        states.declare(table, kind, schema);
    }

    @Override
    public Optional<String> restoredSchema(String table) {
        return states.restoredSchema(table);
    }

    @Override
    public long processingTime() {
        return environment.millis().getAsLong();
    }

    @Override
    public int replica() {
        return setup.index();
    }

    @Override
    public void count(String step, String what) {
        metrics.count(step + "." + what);
    }

    @Override
    public void wakeUp() {
        drainSoon.run();
    }
}
