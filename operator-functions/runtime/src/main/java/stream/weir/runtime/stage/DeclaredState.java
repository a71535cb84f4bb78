package stream.weir.runtime.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.codec.IncompatibleSchemaException;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StageSchema.StateSchema;
import stream.weir.runtime.state.StateIncompatibleException;

/** What the steps of a stage keep, held against what the restored checkpoint has. */
final class DeclaredState {
    private final String stage;
    private final RestoredStage restored;
    private final Map<String, StateSchema> declared = new LinkedHashMap<>();

    DeclaredState(String stage, RestoredStage restored) {
        this.stage = stage;
        this.restored = restored;
    }

    /**
     * @throws StateIncompatibleException when the checkpoint has another kind of state under that name
     */
    void declare(String table, String kind, String schema) {
        restoredState(table).ifPresent(before -> {
            if (!before.kind().equals(kind)) {
                throw new StateIncompatibleException(
                        stage + "/" + table,
                        before.kind(),
                        kind,
                        new IncompatibleSchemaException(
                                "",
                                "a " + before.kind() + " state of checkpoint " + restored.checkpoint()
                                        + " does not become a " + kind + " state"));
            }
        });
        declared.put(table, new StateSchema(table, kind, schema));
    }

    Optional<String> restoredSchema(String table) {
        return restoredState(table).map(StateSchema::schema);
    }

    /** Whether no step keeps anything. */
    boolean isEmpty() {
        return declared.isEmpty();
    }

    /** States of the restored checkpoint that no step has declared. */
    List<String> unclaimed() {
        List<String> unclaimed = new ArrayList<>();
        restored.schema().ifPresent(schema -> schema.states().stream()
                .map(StateSchema::state)
                .filter(state -> !declared.containsKey(state))
                .forEach(unclaimed::add));
        return unclaimed;
    }

    /** For the manifest. */
    StageSchema schema(int parallelism) {
        return new StageSchema(stage, parallelism, List.copyOf(declared.values()));
    }

    private Optional<StateSchema> restoredState(String table) {
        return restored.schema().stream()
                .flatMap(schema -> schema.states().stream())
                .filter(state -> state.state().equals(table))
                .findFirst();
    }
}
