package stream.weir.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.runtime.stage.ReplicaBench.manifest;
import static stream.weir.runtime.stage.ReplicaBench.snapshot;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Codecs;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.InputBuilder;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.PipelineBuilder;
import stream.weir.api.pipeline.StageFlow;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;

class FinishedReplicasTest {
    /** All but read-0, which goes back to the barrier. */
    private static final Manifest READ_0_GOES_BACK = checkpoint(snapshot("read", 0, false), snapshot("read", 1, true));

    @Test
    void when_all_upstream_have_finished_then_finished() {
        Manifest all = checkpoint(snapshot("read", 0, true), snapshot("read", 1, true));

        assertThat(finished(all, spread()))
                .containsExactlyInAnyOrder("read-0", "read-1", "pass-0", "pass-1", "write-0", "write-1");
    }

    @Test
    void when_one_upstream_of_a_spread_edge_sends_again_then_none_below_it_has_finished() {
        assertThat(finished(READ_0_GOES_BACK, spread())).containsExactly("read-1");
    }

    @Test
    void when_edges_are_forward_then_only_those_in_line_have_not_finished() {
        assertThat(finished(READ_0_GOES_BACK, pipeline(InputBuilder::forward, InputBuilder::forward)))
                .containsExactlyInAnyOrder("read-1", "pass-1", "write-1");
    }

    @Test
    void when_what_comes_again_comes_to_where_it_was_then_finished() {
        assertThat(finished(READ_0_GOES_BACK, pipeline(FinishedReplicasTest::keyed, InputBuilder::broadcast)))
                .containsExactlyInAnyOrder("read-1", "pass-0", "pass-1", "write-0", "write-1");
    }

    @Test
    void when_the_number_of_replicas_has_changed_then_a_stage_has_finished_as_a_whole_or_not_at_all() {
        Manifest three = checkpoint(snapshot("read", 0, true), snapshot("read", 1, true), snapshot("read", 2, false));
        Manifest one = checkpoint(snapshot("read", 0, true));

        assertThat(finished(three, spread())).isEmpty();
        assertThat(finished(one, spread())).hasSize(6);
    }

    @Test
    void when_a_stage_upstream_is_new_then_not_finished() {
        assertThat(finished(checkpoint(), spread())).isEmpty();
        assertThat(finished(checkpoint(), pipeline(FinishedReplicasTest::keyed, FinishedReplicasTest::keyed)))
                .containsExactlyInAnyOrder("write-0", "write-1");
    }

    private static Set<String> finished(Manifest manifest, Pipeline pipeline) {
        return FinishedReplicas.of(manifest, PipelineGraph.of(pipeline)).stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    /** The stages below the source had finished. */
    private static Manifest checkpoint(ReplicaSnapshot... sources) {
        ReplicaSnapshot[] all = new ReplicaSnapshot[sources.length + 4];
        System.arraycopy(sources, 0, all, 0, sources.length);
        all[sources.length] = snapshot("pass", 0, true);
        all[sources.length + 1] = snapshot("pass", 1, true);
        all[sources.length + 2] = snapshot("write", 0, true);
        all[sources.length + 3] = snapshot("write", 1, true);
        return manifest(all);
    }

    private interface Edge {
        StageFlow<?, Long> of(InputBuilder<Long> input);
    }

    private static StageFlow<?, Long> keyed(InputBuilder<Long> input) {
        return input.keyBy(value -> value, Codecs.LONG);
    }

    private static Pipeline spread() {
        return pipeline(InputBuilder::rebalance, InputBuilder::rebalance);
    }

    private static Pipeline pipeline(Edge toPass, Edge toWrite) {
        PipelineBuilder builder = PipelineBuilder.named("bench")
                .maxParallelism(8)
                .checkpoints(CheckpointConfig.defaults(CheckpointConfig.Snapshots.at("file:bench")))
                .state(new StateConfig(StateConfig.Backend.MEMORY, false));
        builder.stage("read")
                .replicas(2)
                .source(new ReplicaBench.Longs(List.of()))
                .output();
        toPass.of(builder.stage("pass").replicas(2).from("read", Codecs.LONG))
                .map(Codecs.LONG, value -> value)
                .output();
        return toWrite.of(builder.stage("write").replicas(2).from("pass", Codecs.LONG))
                .sink(context -> new ReplicaBench.Nowhere())
                .build();
    }
}
