package stream.weir.runtime.function;

import java.util.Optional;
import stream.weir.api.codec.Codec;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;

/** The chain's surroundings as one of its operators sees them. */
final class OperatorScope implements OperatorContext {
    private final String step;
    private final ChainContext chain;
    private final Output output;
    private long watermark = Long.MIN_VALUE;

    OperatorScope(String step, ChainContext chain, Output output) {
        this.step = step;
        this.chain = chain;
        this.output = output;
    }

    void tell(long newWatermark) {
        this.watermark = newWatermark;
    }

    @Override
    public String stage() {
        return chain.stage();
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Output sideOutput(String name) {
        return chain.sideOutput(name);
    }

    @Override
    public Key key() {
        return chain.key();
    }

    @Override
    public Codec<?> keyCodec() {
        return chain.keyCodec();
    }

    @Override
    public KeyedStateBackend backend() {
        return chain.backend();
    }

    @Override
    public void declare(String table, String kind, String schema) {
        chain.declare(table, kind, schema);
    }

    @Override
    public Optional<String> restoredSchema(String table) {
        return chain.restoredSchema(table);
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    public long processingTime() {
        return chain.processingTime();
    }

    @Override
    public int replica() {
        return chain.replica();
    }

    @Override
    public void count(String what) {
        chain.count(step, what);
    }

    @Override
    public void wakeUp() {
        chain.wakeUp();
    }
}
