package stream.weir.runtime.stage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import stream.weir.api.codec.Bytes;
import stream.weir.api.source.SourceContext;
import stream.weir.protocol.keygroup.KeyHash;

/** The replica as its source sees it. Splits are spread by the stable hash of their names. */
record ReplicaSourceContext(ReplicaSetup setup, Map<String, Bytes> restored, ReplicaEnvironment environment)
        implements SourceContext {
    @Override
    public int replica() {
        return setup.index();
    }

    @Override
    public int replicas() {
        return setup.stage().replicas();
    }

    @Override
    public boolean owns(String split) {
        byte[] name = split.getBytes(StandardCharsets.UTF_8);
        return Math.floorMod(KeyHash.of(name, 0, name.length), (long) replicas()) == replica();
    }

    @Override
    public InstantSource clock() {
        return () -> Instant.ofEpochMilli(environment.millis().getAsLong());
    }

    @Override
    public Executor background() {
        return environment.background();
    }
}
