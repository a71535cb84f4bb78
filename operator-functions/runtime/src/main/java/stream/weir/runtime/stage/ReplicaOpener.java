package stream.weir.runtime.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.IncompatibleSchemaException;
import stream.weir.api.codec.SchemaText;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.pipeline.SourceStep;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.runtime.function.Chain;
import stream.weir.runtime.function.CloseAll;
import stream.weir.runtime.function.Output;
import stream.weir.runtime.sink.SinkDriver;
import stream.weir.runtime.source.SourceDriver;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.StateIncompatibleException;

/**
 * Makes a replica: opens state, steps, source and sink, restored from the checkpoint. What was opened before something fails is
 * closed again.
 */
public final class ReplicaOpener {
    /** The table under which the schema of a stage's keys is declared. */
    private static final String KEY = "key";

    private static final String SINK_FOLDER = "-sink";
    private static final RowType NO_FIELDS = new RowType(List.of());

    private final ReplicaSetup setup;
    private final ReplicaEnvironment environment;
    private final Wiring wiring;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /**
     * How the replica is joined to whoever drives it.
     *
     * @param creditWait waits for credit
     * @param wakeUp ends such a wait; any thread
     * @param drainSoon asks for {@link Replica#drain} soon; any thread
     * @param stopping whether the replica was told to end; any thread
     */
    public record Wiring(
            ReplicaMetrics metrics,
            CreditWait creditWait,
            Runnable wakeUp,
            Runnable drainSoon,
            BooleanSupplier stopping) {}

    private ReplicaOpener(ReplicaSetup setup, ReplicaEnvironment environment, Wiring wiring) {
        this.setup = setup;
        this.environment = environment;
        this.wiring = wiring;
    }

    /**
     * Opens a replica; to be called on the thread that will drive it.
     *
     * @throws StateIncompatibleException when the restored state does not fit the steps; nothing has been changed then
     */
    public static Replica open(ReplicaSetup setup, ReplicaEnvironment environment, Wiring wiring) throws Exception {
        ReplicaOpener opener = new ReplicaOpener(setup, environment, wiring);
        try {
            return new Replica(opener.parts(), environment, wiring.metrics());
        } catch (Exception | Error e) {
            opener.closeAgain(e);
            throw e;
        }
    }

    private ReplicaParts parts() throws Exception {
        Stage stage = setup.stage();
        RestoredStage restored = setup.restored();
        DeclaredState states = new DeclaredState(stage.name(), restored);
        BackendSlot backend = opened(new BackendSlot(environment.backends(), scope(), restored.keyed()));
        ReplicaOutputs outputs =
                opened(ReplicaOutputs.open(setup.graph(), setup.id(), origin(), environment.sinks(), wiring.metrics()));
        SinkDriver sink =
                stage.sink().isPresent() ? opened(openSink(stage.sink().get())) : null;
        Output end = sink == null ? outputs.output(Stage.MAIN) : endOf(stage, sink, outputs);
        Key key = new Key();
        Codec<?> keyCodec = keyCodec(stage);
        Chain chain = opened(Chain.of(
                stage.steps(),
                stage.inputs(),
                new ReplicaChainContext(
                        setup,
                        environment,
                        wiring.metrics(),
                        outputs,
                        end,
                        key,
                        keyCodec,
                        backend,
                        states,
                        wiring.drainSoon())));
        ReplicaInputs inputs = opened(ReplicaInputs.open(setup, environment, chain, key, backend));
        chain.open(
                stage.source().isPresent()
                        ? SourceDriver.restoredWatermark(restored.operator(SourceDriver.TIMESTAMPS))
                        : inputs.restoredWatermark());
        declareKey(stage.name(), states, keyCodec);
        refuseUnclaimed(states);
        SourceDriver<?> source =
                stage.source().isPresent() ? opened(openSource(stage.source().get(), chain, outputs, key)) : null;
        if (sink != null) {
            sink.finish(ownShare(restored.operator(SinkDriver.TRANSACTIONS)));
        }
        return new ReplicaParts(setup, source, inputs, chain, sink, outputs, backend, states);
    }

    /** A stage with a sink may still have outputs that other stages read. */
    private static Output endOf(Stage stage, SinkDriver sink, ReplicaOutputs outputs) {
        Output toSink = new SinkOutput(stage.name(), sink);
        if (!outputs.has(Stage.MAIN)) {
            return toSink;
        }
        Output toStages = outputs.output(Stage.MAIN);
        return (value, timestamp) -> {
            toSink.emit(value, timestamp);
            toStages.emit(value, timestamp);
        };
    }

    private StateBackendFactory.Scope scope() {
        return new StateBackendFactory.Scope(
                setup.graph().pipeline().name() + "/" + setup.id(),
                setup.keyGroups(),
                environment.folder(),
                environment.files());
    }

    private LinkOutput.Origin origin() {
        return new LinkOutput.Origin(
                setup.fence().pipeline(),
                setup.fence().run(),
                wiring.creditWait(),
                wiring.wakeUp(),
                environment.tuning().frameBytes(),
                wiring.metrics()::sentBytes);
    }

    private SinkDriver openSink(Sink<?> sink) throws Exception {
        List<Bytes> restored = setup.restored().operator(SinkDriver.TRANSACTIONS).stream()
                .map(entry -> Bytes.of(entry.value()))
                .toList();
        // Beside the folder of the state, which a backend empties when it opens.
        Path folder = environment.folder().resolveSibling(environment.folder().getFileName() + SINK_FOLDER);
        Files.createDirectories(folder);
        return SinkDriver.over(
                sink.open(new ReplicaSinkContext(setup, restored, environment, folder, wiring.stopping())),
                file -> environment.files().store(file));
    }

    /** Each restored transaction is finished by one replica; any will do, as commits can be repeated. */
    private List<Bytes> ownShare(List<OperatorState.Entry> transactions) {
        int replicas = setup.stage().replicas();
        return IntStream.range(0, transactions.size())
                .filter(i -> i % replicas == setup.index())
                .mapToObj(i -> Bytes.of(transactions.get(i).value()))
                .toList();
    }

    private <T> SourceDriver<T> openSource(SourceStep<T> step, Chain chain, ReplicaOutputs outputs, Key key)
            throws Exception {
        Map<String, Bytes> positions = new HashMap<>();
        for (OperatorState.Entry entry : setup.restored().operator(SourceDriver.POSITIONS)) {
            positions.put(entry.key(), Bytes.of(entry.value()));
        }
        RecordKeys.setConstant(key, setup.graph().pipeline().maxParallelism());
        return SourceDriver.over(
                step.source().open(new ReplicaSourceContext(setup, positions, environment)),
                new SourceDriver.Settings<>(step, setup.stage().replicas(), environment.millis(), environment.nanos()),
                setup.restored().operator(SourceDriver.TIMESTAMPS),
                (value, timestamp) -> chain.process(0, value, timestamp),
                new SourceTrouble(
                        setup.stage().name(), step.onError(), outputs.output(Stage.DEAD_LETTERS), wiring.metrics()));
    }

    static Codec<?> keyCodec(Stage stage) {
        return stage.inputs().stream()
                .<Codec<?>>mapMulti((input, found) -> {
                    if (input.partitioning() instanceof Partitioning.ByKey<?, ?> byKey) {
                        found.accept(byKey.codec());
                    }
                })
                .findFirst()
                .orElseGet(() -> RowCodec.of(NO_FIELDS));
    }

    /**
     * The bytes of keys decide where state is, so another type of key does not find it. A stage without state may change its key.
     *
     * @throws StateIncompatibleException when restored state has keys of another type
     */
    static void declareKey(String stage, DeclaredState states, Codec<?> keyCodec) {
        if (states.isEmpty()) {
            return;
        }
        String declared = SchemaText.format(keyCodec.schema());
        states.declare(KEY, KEY, declared);
        states.restoredSchema(KEY).filter(written -> !written.equals(declared)).ifPresent(written -> {
            throw new StateIncompatibleException(
                    stage + "/" + KEY,
                    written,
                    declared,
                    new IncompatibleSchemaException(
                            "", "keys cannot change their type, as their bytes tell where state is"));
        });
    }

    private void refuseUnclaimed(DeclaredState states) throws DroppedStateException {
        List<String> unclaimed = states.unclaimed();
        if (!unclaimed.isEmpty() && !setup.allowDroppedState()) {
            throw new DroppedStateException(
                    setup.stage().name(), setup.restored().checkpoint(), unclaimed);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    private void closeAgain(Throwable cause) {
        try {
            CloseAll.of(List.copyOf(opened));
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }
}
