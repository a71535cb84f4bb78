package stream.weir.runtime.stage;

import stream.weir.api.pipeline.Stage;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.keygroup.KeyGroupRange;

/**
 * Which replica of what, in which run, from which checkpoint.
 *
 * @param allowDroppedState whether restored state that no step claims may be left behind
 */
public record ReplicaSetup(
        PipelineGraph graph, ReplicaId id, Fence fence, RestoredStage restored, boolean allowDroppedState) {
    Stage stage() {
        return graph.pipeline().stage(id.stage());
    }

    int index() {
        return id.index();
    }

    KeyGroupRange keyGroups() {
        return KeyGroupRange.of(graph.pipeline().maxParallelism(), stage().replicas(), id.index());
    }
}
