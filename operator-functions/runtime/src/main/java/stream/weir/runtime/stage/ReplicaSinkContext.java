package stream.weir.runtime.stage;

import java.util.List;
import stream.weir.api.codec.Bytes;
import stream.weir.api.sink.SinkContext;

/** The replica as its sink sees it. */
record ReplicaSinkContext(ReplicaSetup setup, List<Bytes> restored) implements SinkContext {
    @Override
    public String pipeline() {
        return setup.fence().pipeline();
    }

    @Override
    public String stage() {
        return setup.stage().name();
    }

    @Override
    public int replica() {
        return setup.index();
    }

    @Override
    public int replicas() {
        return setup.stage().replicas();
    }

    @Override
    public long run() {
        return setup.fence().run();
    }
}
