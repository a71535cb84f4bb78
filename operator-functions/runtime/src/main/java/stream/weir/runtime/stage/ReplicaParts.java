package stream.weir.runtime.stage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.runtime.function.Chain;
import stream.weir.runtime.function.CloseAll;
import stream.weir.runtime.sink.SinkDriver;
import stream.weir.runtime.source.SourceDriver;

/**
 * What a replica is made of, opened and restored.
 *
 * @param source in a stage that has one
 * @param inputs no links in a stage with a source
 * @param sink in a stage that has one
 */
record ReplicaParts(
        ReplicaSetup setup,
        @Nullable SourceDriver<?> source,
        ReplicaInputs inputs,
        Chain chain,
        @Nullable SinkDriver sink,
        ReplicaOutputs outputs,
        BackendSlot backend,
        DeclaredState states) {
    ReplicaId id() {
        return setup.id();
    }

    StageSchema schema() {
        return states.schema(setup.stage().replicas());
    }

    boolean restoredFinished() {
        return setup.restored().finished(setup.index());
    }

    /** Closes everything, whatever happens to some of it; the first error carries the others. */
    void close() throws Exception {
        List<AutoCloseable> all = new ArrayList<>();
        all.add(chain);
        if (source != null) {
            all.add(source);
        }
        if (sink != null) {
            all.add(sink);
        }
        all.add(inputs::close);
        all.add(outputs::close);
        all.add(backend);
        CloseAll.of(all);
    }
}
