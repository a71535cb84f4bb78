package stream.weir.runtime.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import stream.weir.api.codec.Bytes;
import stream.weir.api.sink.SinkContext;
import stream.weir.protocol.checkpoint.OperatorState;

/** The replica as its sink sees it. */
record ReplicaSinkContext(
        ReplicaSetup setup,
        List<Bytes> restored,
        ReplicaEnvironment environment,
        Path folder,
        BooleanSupplier toldToEnd)
        implements SinkContext {
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

    @Override
    public InputStream restoredFile(String name) throws IOException {
        for (OperatorState.Entry entry : setup.restored().operator(OperatorState.FILES)) {
            if (entry.key().equals(name)) {
                return environment.files().open(entry.object());
            }
        }
        throw new IOException(
                "checkpoint " + setup.restored().checkpoint() + " has no file " + name + " of the sink of " + stage());
    }

    @Override
    public boolean stopping() {
        return toldToEnd.getAsBoolean();
    }

    @Override
    public InstantSource clock() {
        return () -> Instant.ofEpochMilli(environment.millis().getAsLong());
    }
}
