package stream.weir.runtime.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import stream.weir.api.codec.Codec;
import stream.weir.api.pipeline.Stage;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.runtime.function.Chain;
import stream.weir.runtime.function.CloseAll;
import stream.weir.runtime.function.Output;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.StateIncompatibleException;

/**
 * Finds out whether a stage could begin with a checkpoint, without reading its state: opens the stage's steps with an empty one, and
 * holds what they declare against the schemas in the manifest. Neither source nor sink is opened, nothing is sent.
 */
public final class StateCheck {
    private static final int NOBODY = 0;

    private final PipelineGraph graph;
    private final Stage stage;
    private final ReplicaEnvironment environment;
    private final StateBackendFactory backends;

    private StateCheck(PipelineGraph graph, Stage stage, ReplicaEnvironment environment, StateBackendFactory backends) {
        this.graph = graph;
        this.stage = stage;
        this.environment = environment;
        this.backends = backends;
    }

    /**
     * All problems, each in a sentence that says what to do; empty where the state fits.
     *
     * @param environment its folder is used for empty state
     * @throws Exception of a step that cannot be opened for another reason
     */
    public static List<String> problems(
            PipelineGraph graph, String stage, Manifest manifest, ReplicaEnvironment environment) throws Exception {
        return new StateCheck(graph, graph.pipeline().stage(stage), environment, environment.backends())
                .problems(manifest);
    }

    private List<String> problems(Manifest manifest) throws Exception {
        List<String> problems = new ArrayList<>();
        Optional<StageSchema> schema = manifest.stages().stream()
                .filter(each -> each.stage().equals(stage.name()))
                .findFirst();
        while (true) {
            RestoredStage restored = new RestoredStage(manifest.checkpoint(), schema, List.of(), Set.of(), Set.of());
            DeclaredState states = new DeclaredState(stage.name(), restored);
            try {
                open(states, restored);
            } catch (StateIncompatibleException e) {
                problems.add(e.getMessage());
                Optional<StageSchema> rest = schema.flatMap(before -> without(before, e.state()));
                if (rest.equals(schema)) {
                    return problems;
                }
                // Steps stop at the first state that does not fit: what else is wrong shows without it.
                schema = rest;
                continue;
            }
            List<String> unclaimed = states.unclaimed();
            if (!unclaimed.isEmpty()) {
                problems.add(new DroppedStateException(stage.name(), manifest.checkpoint(), unclaimed).getMessage());
            }
            return problems;
        }
    }

    private Optional<StageSchema> without(StageSchema schema, String state) {
        return Optional.of(new StageSchema(
                schema.stage(),
                schema.parallelism(),
                schema.states().stream()
                        .filter(each -> !state.equals(each.state()) && !state.equals(stage.name() + "/" + each.state()))
                        .toList()));
    }

    private void open(DeclaredState states, RestoredStage restored) throws Exception {
        ReplicaId id = new ReplicaId(stage.name(), NOBODY);
        ReplicaSetup setup =
                new ReplicaSetup(graph, id, new Fence(graph.pipeline().name(), NOBODY, NOBODY), restored, false);
        Codec<?> keyCodec = ReplicaOpener.keyCodec(stage);
        Output nowhere = (value, timestamp) -> {};
        StateBackendFactory.Scope scope = new StateBackendFactory.Scope(
                graph.pipeline().name() + "/check", setup.keyGroups(), environment.folder(), environment.files());
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            BackendSlot backend = new BackendSlot(backends, scope, List.of());
            opened.add(backend);
            Chain chain = Chain.of(
                    stage.steps(),
                    stage.inputs(),
                    new ReplicaChainContext(
                            setup,
                            environment,
                            new ReplicaMetrics(),
                            ReplicaOutputs.none(),
                            nowhere,
                            new Key(),
                            keyCodec,
                            backend,
                            states,
                            () -> {}));
            opened.addFirst(chain);
            chain.open(Long.MIN_VALUE);
            ReplicaOpener.declareKey(stage.name(), states, keyCodec);
        } finally {
            CloseAll.of(List.copyOf(opened));
        }
    }
}
