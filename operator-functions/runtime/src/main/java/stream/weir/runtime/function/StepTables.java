package stream.weir.runtime.function;

import stream.weir.api.codec.Codec;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.StateEvolution;
import stream.weir.runtime.state.TableShape;
import stream.weir.runtime.state.Timers;
import stream.weir.runtime.state.ValueTable;

/** A step's tables: declared, held against what was restored, and opened. */
final class StepTables {
    /** What tables without values of the pipeline's own declare as their schema. */
    private static final String NO_SCHEMA = "";

    private StepTables() {}

    static ValueTable values(String step, String state, String kind, Codec<?> codec, OperatorContext context) {
        return evolution(context).values(step + "/" + state, kind, codec);
    }

    static OrderedTable entries(String step, String state, String kind, Codec<?> codec, OperatorContext context) {
        return evolution(context).entries(step + "/" + state, kind, codec, new TableShape.Plain());
    }

    static Timers timers(String step, String state, OperatorContext context) {
        return timers(step, state, context.backend(), context);
    }

    static Timers timers(String step, String state, KeyedStateBackend backend, OperatorContext context) {
        String table = step + "/" + state;
        context.declare(table, "timers", NO_SCHEMA);
        return Timers.open(backend, table, context.key());
    }

    static Sequence sequence(String step, OperatorContext context) {
        String table = step + "/count";
        context.declare(table, "count", NO_SCHEMA);
        return new Sequence(
                context.backend().valueTable(table), context.backend().keyGroups());
    }

    private static StateEvolution evolution(OperatorContext context) {
        return evolution(context.backend(), context);
    }

    static StateEvolution evolution(KeyedStateBackend backend, OperatorContext context) {
        return new StateEvolution(backend, context::declare, context::restoredSchema);
    }
}
