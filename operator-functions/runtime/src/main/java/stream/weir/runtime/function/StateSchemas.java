package stream.weir.runtime.function;

import stream.weir.api.codec.Codec;
import stream.weir.api.codec.SchemaText;

/** What a step's tables hold, told to the replica. */
final class StateSchemas {
    private StateSchemas() {}

    static void declare(OperatorContext context, String table, String kind, Codec<?> codec) {
        context.declare(table, kind, SchemaText.format(codec.schema()));
    }
}
